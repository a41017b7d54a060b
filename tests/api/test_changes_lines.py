"""/api/v1/changes/ as lines, and for those who wait: bounded, so that everybody else is answered meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import LazySettings

from claims.api import changes
from claims.api.waiting import room
from claims.history.sealing import seal
from claims.models import Claim
from tests import factories
from tests.api.conftest import Api
from tests.api.test_changes import Part, walk

LINES = "application/x-ndjson"


def lines_of(response: Any) -> list[Part]:
    """Return what each line of a stream says."""
    return [json.loads(line) for line in b"".join(response).splitlines()]


def test_as_lines_the_whole_log_is_one_answer(api: Api) -> None:
    for _ in range(3):
        factories.published_claim()
    acts = walk(api)
    response = api.fetch("changes/", limit=4, headers={"Accept": LINES})
    assert (response.status_code, response["Content-Type"]) == (200, LINES)
    told = lines_of(response)
    assert [line for line in told if "leaf" in line] == acts
    places = [at for at, line in enumerate(told) if line.keys() == {"next"}]
    assert places == [4, 9, 14]
    assert len(told) == len(acts) + 3
    assert walk(api, told[9]["next"]) == acts[8:]
    assert room._taken == 0


def test_a_stream_has_an_end(
    api: Api, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    for _ in range(2):
        factories.published_claim()
    seal()
    monkeypatch.setattr(changes, "PAGES_OF_A_STREAM", 2)
    told = lines_of(api.fetch("changes/", limit=2, headers={"Accept": LINES}))
    assert len(told) == 6
    settings.FACTCHECK_API_WAITERS = 0
    told = lines_of(api.fetch("changes/", limit=2, headers={"Accept": LINES}))
    assert len(told) == 3
    assert api.get(told[-1]["next"])["results"][0]["log_index"] == 2


def test_a_stream_that_is_left_gives_its_place_back(api: Api, published: Claim) -> None:
    seal()
    response: Any = api.fetch("changes/", limit=1, headers={"Accept": LINES})
    next(iter(response))
    assert room._taken == 1
    response.close()
    assert room._taken == 0


def test_whoever_waits_is_answered_when_something_happens(
    api: Api, published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()
    end = api.get("changes/")["next"]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            factories.EvidenceFactory(claim=published)
            seal()

    monkeypatch.setattr("claims.api.waiting.time.sleep", sleep)
    assert len(api.get(f"{end}&wait=30")["results"]) == 1
    assert len(slept) == 3
    assert room._taken == 0


def test_nobody_waits_longer_than_asked_or_where_there_is_no_room(
    api: Api, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    now = [0.0]
    monkeypatch.setattr("claims.api.waiting.time.monotonic", lambda: now[0])
    monkeypatch.setattr(
        "claims.api.waiting.time.sleep", lambda seconds: now.append(now.pop() + seconds)
    )
    assert api.get("changes/", wait=7)["results"] == []
    assert now == [7.0]
    settings.FACTCHECK_API_WAITERS = 0
    assert api.get("changes/", wait=7)["results"] == []
    assert now == [7.0]
