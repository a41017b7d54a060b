"""Eight writers and one reader who follows the log meanwhile: nothing is lost, nothing comes twice, on both engines."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client

from claims.history.sealing import seal
from claims.models import HistoryEntry, Unsealed
from claims.workflow.checking import check_register
from tests.history.following import actors

pytestmark = pytest.mark.usefixtures("committing_database")
WRITERS, ACTS = 8, 25


class Follower:
    """Follows changes/ from page to page while others write."""

    def __init__(self, limit: int) -> None:
        self.client = Client()
        self.address = f"/api/v1/changes/?limit={limit}"
        self.met: list[dict[str, Any]] = []

    def read_on(self) -> bool:
        """Read the next page; return whether there was anything on it."""
        cache.clear()  # nobody is refused for reading this fast
        answer = self.client.get(self.address).json()
        self.met += answer["results"]
        self.address = answer["next"].removeprefix("http://testserver")
        return bool(answer["results"])

    def until(self, over: threading.Event) -> None:
        """Follow until others have stopped and nothing is left to read."""
        try:
            while not over.is_set():
                self.read_on()
            while self.read_on():
                continue
        finally:
            connection.close()


def written() -> set[tuple[str, int]]:
    """Return every act that readers may know: claim and number."""
    entries = HistoryEntry.objects.filter(claim__published_at__isnull=False)
    return set(entries.values_list("claim__public_id", "number"))


@pytest.mark.parametrize(("sealing", "limit"), [("inline", 3), ("loop", 500)])
def test_a_follower_misses_nothing_and_meets_nothing_twice(
    settings: LazySettings, sealing: str, limit: int
) -> None:
    settings.FACTCHECK_SEALING = sealing
    people, follower, over = actors(WRITERS), Follower(limit), threading.Event()
    sealed_all = threading.Event()

    def act(number: int) -> None:
        try:
            people[number].act(ACTS)
        finally:
            connection.close()

    def seal_again_and_again() -> None:
        while not over.wait(0.01):
            seal()
        seal()
        sealed_all.set()
        connection.close()

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        reading = pool.submit(follower.until, sealed_all)
        sealer = pool.submit(seal_again_and_again) if sealing == "loop" else None
        for one in [pool.submit(act, number) for number in range(WRITERS)]:
            one.result()
        over.set()
        if sealer:
            sealer.result()
        sealed_all.set()
        reading.result()
    met = [(act["claim"]["id"], act["number"]) for act in follower.met]
    assert [act["log_index"] for act in follower.met] == list(range(len(met)))
    assert len(met) == len(set(met)) > WRITERS * 5
    assert set(met) == written()
    for claim in {claim for claim, _ in met}:
        numbers = [number for name, number in met if name == claim]
        assert numbers == list(range(1, len(numbers) + 1))
    assert not Unsealed.objects.exists()
    assert list(check_register()) == []
