"""Whatever anybody may keep is told from memory while nothing is written: as Django tells it, and not for longer."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from claims.api.throttles import ReaderThrottle
from claims.models import Claim
from factcheck import ahead, database_version, kept_answers, plain_questions
from factcheck.ahead import Ahead
from tests.ahead.conftest import BROWSER, ROOM, Django, api_path, ask, ask_again, told
from tests.public.pages import path_of

LISTS = "/api/v1/claims/?status=disputed&limit=5"
PATHS = (
    LISTS,
    "/api/v1/claims/?q=bridges",
    "/api/v1/claims/?as_of=2026-11-01",
    "/api/v1/claims/{id}/?as_of={head}",
    "/api/v1/claims/{id}/?fields=id,status",
    "/api/v1/claims/{id}/history/",
    "/api/v1/claims/{id}/evidence/",
    "/api/v1/claims/{id}/verdicts/",
    "/api/v1/claims/{id}/appearances/",
    "/api/v1/claims/{id}/bundle/",
    "/api/v1/evidence/",
    "/api/v1/verdicts/",
    "/api/v1/claimants/",
    "/api/v1/publishers/",
    "/api/v1/topics/",
    "/api/v1/corrections/",
    "/api/v1/changes/?limit=3",
    "/api/v1/log/",
    "/api/v1/statuses/",
    "/v1alpha1/claims:search?query=bridges",
    "/claims/{id}.json",
    "/claims/{id}.jsonld",
    "/",
    "/de/",
    "/claims/",
    "/claims/?status=confirmed",
    "/feeds/claims.atom",
)
NOT_KEPT: tuple[tuple[str, dict[str, str]], ...] = (
    ("/api/v1/claims/?status=nonsense", {}),
    ("/api/v1/claims/0000000000/", {}),
    ("/api/v1/changes/?wait=0", {}),
    ("/api/v1/changes/", {"accept": "application/x-ndjson"}),
    (LISTS, {"authorization": "Bearer fc_nothing"}),
    (LISTS, {"cookie": "sessionid=abc"}),
    (LISTS, {"range": "bytes=0-9"}),
    ("/api/v1/claims/?limit=5&q=" + "x" * plain_questions.LONGEST, {}),
    ("/v1alpha1/claims:search?query=bridges", {"x_goog_api_key": "anything"}),
    ("/report/", {}),
    ("/admin/login/", {}),
)


class Database:
    """The state that the database says it is in."""

    def __init__(self) -> None:
        self.state: object = 0

    def now(self) -> tuple[object] | None:
        return None if self.state is None else (self.state,)


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch) -> Database:
    """A test's transaction is no state of the database (tests/test_database_version.py sees to these)."""
    database = Database()
    monkeypatch.setattr(database_version, "now", database.now)
    return database


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moment on the monotonic clock."""
    moment = [1000.0]
    monkeypatch.setattr(ahead, "monotonic", lambda: moment[0])
    return moment


@pytest.mark.parametrize("path", PATHS)
def test_it_is_told_as_django_tells_it(
    app: Ahead, django: Django, published: Claim, path: str
) -> None:
    path = path.format(id=published.public_id, head=published.head_number)
    for headers in ({}, {"accept_encoding": "gzip"}):
        for _ in range(2):
            ask(app, path, **headers)
        before = django.asked
        for method in ("GET", "HEAD"):
            answer = ask(app, path, method, **headers)
            assert answer.status == "200 OK"
            assert django.asked == before
            assert answer == ask(django, path, method, **headers)
            before = django.asked


@pytest.mark.parametrize("path", PATHS)
def test_whoever_has_it_is_told_so(app: Ahead, django: Django, published: Claim, path: str) -> None:
    path = path.format(id=published.public_id, head=published.head_number)
    tag = {"if_none_match": told(ask(app, path), "ETag")}
    for _ in range(2):
        ask(app, path, **tag)
    before = django.asked
    answer = ask(app, path, **tag)
    assert (answer.status, django.asked) == ("304 Not Modified", before)
    assert answer == ask(django, path, **tag)
    other = {"if_none_match": '"x"'}
    assert ask(app, path, **other) == ask(django, path, **other)


@pytest.mark.parametrize(("path", "headers"), NOT_KEPT)
def test_what_is_not_for_everybody_is_not_kept(
    app: Ahead, django: Django, published: Claim, path: str, headers: dict[str, str]
) -> None:
    for number in range(1, 4):
        ask(app, path, **headers)
        assert django.asked == number


@pytest.mark.parametrize("state", [1, None])
def test_once_anything_is_written_django_is_asked(
    app: Ahead, django: Django, published: Claim, database: Database, state: object
) -> None:
    for _ in range(3):
        ask(app, LISTS)
    database.state = state
    for _ in range(2):
        ask(app, LISTS)
    assert django.asked == (3 if state else 4)


def test_what_is_written_while_django_answers_is_not_missed(
    app: Ahead, django: Django, published: Claim, database: Database
) -> None:
    def once() -> None:
        database.state = "written"

    ask(app, LISTS)
    django.before = once
    for _ in range(3):
        ask(app, LISTS)
    assert django.asked == 3


def test_it_is_not_told_for_longer_than_a_moment(
    app: Ahead, django: Django, published: Claim, clock: list[float]
) -> None:
    for _ in range(3):
        ask(app, LISTS)
    clock[0] += ahead.LASTING - 0.1
    ask(app, LISTS)
    assert django.asked == 2
    clock[0] += 0.2
    ask(app, LISTS)
    assert django.asked == 3


def test_a_claims_own_answers_outlive_what_is_written_about_others(
    app: Ahead, django: Django, published: Claim, database: Database, clock: list[float]
) -> None:
    for path in (api_path(published), path_of(published)):
        ask(app, path)
        before = django.asked
        for state in ("one", "two", None):
            database.state = state
            clock[0] += 100
            assert ask(app, path) == ask(django, path)
        assert django.asked == before + 3


def test_while_nothing_is_written_a_claims_marks_are_not_read(
    app: Ahead, published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    found = ahead.marks_now

    def counting(*asked: object) -> object:
        read.append("marks")
        return found(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(ahead, "marks_now", counting)
    for _ in range(4):
        ask(app, api_path(published))
    assert read == ["marks"]


def test_what_is_asked_once_is_not_kept(app: Ahead, django: Django, published: Claim) -> None:
    for number in range(1, 4):
        ask(app, f"/api/v1/changes/?limit={number}")
    ask(app, "/api/v1/changes/?limit=1")
    assert django.asked == 4
    ask(app, "/api/v1/changes/?limit=1")
    assert django.asked == 4


def test_only_the_last_questions_are_remembered(
    app: Ahead, django: Django, published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "REMEMBERED", 2)
    for number in (1, 2, 3, 1, 1):
        ask(app, f"/api/v1/changes/?limit={number}")
    assert django.asked == 5


def test_each_form_is_kept_by_itself(app: Ahead, django: Django, published: Claim) -> None:
    path = f"/claims/{published.public_id}/"
    for accept in ("application/json", "application/ld+json", BROWSER, "text/nothing"):
        for _ in range(3):
            assert ask(app, path, accept=accept) == ask(django, path, accept=accept)


def test_requests_count_as_ever(
    monkeypatch: pytest.MonkeyPatch, django: Django, published: Claim
) -> None:
    monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": "4/day"})
    app = Ahead(django, ROOM)
    cache.clear()
    answers = [ask_again(app, LISTS) for _ in range(5)]
    assert django.asked == 3
    assert [one.status[:3] for one in answers] == ["200"] * 4 + ["429"]
    left = [told(one, "X-RateLimit-Remaining") for one in answers]
    assert left == ["3", "2", "1", "0", "0"]
