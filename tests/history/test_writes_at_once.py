"""Two requests under one name at one moment: one act, and each of them is given its answer or asked to come again."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from claims.models import ApiWrite, Claim
from claims.vocabulary import Role
from claims.workflow import api_writes
from tests import factories
from tests.api.conftest import Api
from tests.api.writer import EVIDENCE, Writer

AT_ONCE = 6


@pytest.fixture
def writer(committing_database: None) -> Writer:
    """Somebody's program, in a database that other threads see."""
    return Writer(Api(), factories.person(Role.CONTRIBUTOR))


def all_at_once(work: Any) -> list[Any]:
    """Call `work` in several threads that begin together."""
    barrier = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_one_name_is_one_act(writer: Writer) -> None:
    body = {"wording": "The bridge is safe."}
    answers = all_at_once(lambda number: writer.post("claims/", body, name="one"))
    codes = Counter(answer.status_code for answer in answers)
    assert Claim.objects.count() == ApiWrite.objects.count() == 1
    assert set(codes) <= ({201, 409} if connection.vendor == "postgresql" else {201})
    taken = {answer.content for answer in answers if answer.status_code == 201}
    assert len(taken) == 1
    late = [answer for answer in answers if answer.status_code == 409]
    assert all(answer["Retry-After"] == "1" for answer in late)
    assert writer.post("claims/", body, name="one").content in taken


def test_one_version_is_added_to_once(writer: Writer) -> None:
    claim = factories.published_claim()
    tag, path = writer.seen(claim), f"claims/{claim.public_id}/evidence/"
    answers = all_at_once(
        lambda number: writer.post(
            path,
            {**EVIDENCE, "url": f"https://source.example/{number}"},
            name=f"n{number}",
            if_match=tag,
        )
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 412: AT_ONCE - 1}


def test_whoever_comes_while_it_is_done_is_told_or_waits(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first act is held up until a second request under its name has been answered, where that can be."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: the second waits")
    body: dict[str, Any] = {"wording": "The bridge is safe."}
    first, seen = api_writes._row, []

    def second() -> Any:
        try:
            return writer.post("claims/", body, name="one")
        finally:
            connections.close_all()

    def meanwhile(done: Any) -> Any:
        monkeypatch.setattr(api_writes, "_row", first)
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(second).result())
        return first(done)

    monkeypatch.setattr(api_writes, "_row", meanwhile)
    assert writer.post("claims/", body, name="one").status_code == 201
    assert (seen[0].status_code, seen[0].json()["type"].rsplit("/", 2)[1]) == (409, "being-written")
    assert Claim.objects.count() == 1


def test_an_act_whose_answer_cannot_be_kept_is_not_done(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(done: Any) -> Any:
        raise RuntimeError("the power is gone")

    body = {"wording": "The bridge is safe."}
    writer.api.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(api_writes, "_row", breaks)
        assert writer.post("claims/", body, name="one").status_code == 500
    assert not Claim.objects.exists()
    assert writer.post("claims/", body, name="one").status_code == 201
