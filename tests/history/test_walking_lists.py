"""Lists of the API walked while others write: nothing that stood still is left out, and nothing comes twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from claims.models import Claim
from claims.vocabulary import VerificationStatus
from tests import factories

pytestmark = pytest.mark.usefixtures("committing_database")
STILL, MOVING = 24, 6
ORDERS = ("-changed", "changed", "-published", "published", "-said", "said")
WALKED = (
    *(f"claims/?order={order}&limit=3" for order in ORDERS),
    "claims/?status=confirmed&limit=3",
    "claims/?has_evidence=supports&limit=3",
    "claims/?q=standing&limit=3",
    "evidence/?limit=5",
    "verdicts/?limit=3",
)


def read(address: str) -> Any:
    cache.clear()  # a walk is longer than a reader's rate allows
    answer = Client().get(address if "://" in address else f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def walk(path: str) -> list[str]:
    page = read(path)
    seen = [one["id"] for one in page["results"]]
    while page["next"]:
        page = read(page["next"])
        seen += [one["id"] for one in page["results"]]
    return seen


def write(moving: list[Claim], done: Event) -> int:
    """Publish new claims and change the status of some, until told to stop; return how many acts were done."""
    statuses = [VerificationStatus.DISPUTED, VerificationStatus.CONFIRMED]
    acts = 0
    try:
        while not done.is_set():
            factories.published_claim(wording=f"A standing thing, new {acts}.")
            claim = Claim.objects.get(pk=moving[acts % len(moving)].pk)
            factories.give_verdict(claim, statuses[acts // len(moving) % 2])
            acts += 1
    finally:
        connection.close()
    return acts


def test_what_stands_still_is_seen_once_by_whoever_walks() -> None:
    still = [
        factories.published_claim(
            wording=f"A standing thing {number}.", said_on=date(2020, 1, number + 1)
        )
        for number in range(STILL)
    ]
    moving = [factories.published_claim(wording="A standing thing.") for _ in range(MOVING)]
    names = {claim.public_id for claim in still}
    done = Event()
    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(write, moving, done)
        try:
            walks = {path: walk(path) for path in WALKED}
        finally:
            done.set()
        assert writer.result() > 1
    for path, seen in walks.items():
        owners = [one.split("-")[0] for one in seen]
        once = [one for one, owner in zip(seen, owners, strict=True) if owner in names]
        assert len(once) == len(set(once)), path
        assert names == names & set(owners), path
