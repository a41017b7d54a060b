"""Reads from a replica: who is answered from it, that one answer comes from one database, and what lag does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from claims import replicas
from claims.tasks import announcing
from factcheck.replica import from_the_replica, may_lag
from tests.factories import published_claim

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def replica(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A second connection named as the replica is, which sees what the first one has not committed."""
    primary = connections["default"]
    primary.ensure_connection()
    mirror = primary.copy(alias="replica")
    mirror.connection, mirror.autocommit = primary.connection, primary.autocommit
    mirror.in_atomic_block = True
    monkeypatch.setitem(connections.settings, "replica", primary.settings_dict)
    connections["replica"] = mirror
    monkeypatch.setattr(replicas, "watch", Steady(caught_up=True))
    yield mirror
    mirror.connection = None
    del connections["replica"]


class Steady:
    """A watch that says what the test wants."""

    def __init__(self, *, caught_up: bool) -> None:
        self.answer, self.doubted = caught_up, 0

    def caught_up(self) -> bool:
        return self.answer

    def doubt(self) -> None:
        self.doubted += 1


@pytest.fixture
def reader(replica: Any) -> Client:
    """A reader of a register that has a replica."""
    return Client()


def asked(client: Client, path: str, **headers: str) -> tuple[int, int]:
    """Return how many queries the primary and the replica were asked for an answer that is well."""
    primary, replica = connections["default"], connections["replica"]
    with CaptureQueriesContext(primary) as first, CaptureQueriesContext(replica) as second:
        response = client.get(path, headers=headers)
        assert response.status_code == 200
    assert connections["default"] is primary
    return len(first), len(second)


PATHS = (
    "/api/v1/claims/{id}/",
    "/api/v1/claims/?status=disputed",
    "/api/v1/claims/?q=bridge",
    "/api/v1/changes/",
    "/claims/",
    "/changes/",
    "/statistics/",
    "/feeds/changes.atom",
)


@pytest.mark.parametrize("path", PATHS)
def test_what_anybody_reads_comes_from_the_replica_alone(reader: Client, path: str) -> None:
    claim = published_claim()
    primary, replica = asked(reader, path.format(id=claim.public_id))
    assert (primary, replica > 0) == (0, True)


@pytest.mark.parametrize("path", PATHS[:3])
def test_a_replica_that_is_behind_is_left_alone(
    reader: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = published_claim()
    monkeypatch.setattr(replicas, "watch", Steady(caught_up=False))
    primary, replica = asked(reader, path.format(id=claim.public_id))
    assert (primary > 0, replica) == (True, 0)


@pytest.mark.parametrize(
    ("method", "path", "more"),
    [
        ("POST", "/api/v1/claims/", {}),
        ("GET", "/admin/", {}),
        ("GET", "/reports/token/", {}),
        ("GET", "/de/reports/token/", {}),
        ("GET", "/following/token/", {}),
        ("GET", "/preview/token/", {}),
        ("GET", "/claims/0123456789/report/", {}),
        ("GET", "/claims/0123456789/follow/sent/", {}),
        ("GET", "/api/v1/claims/", {"HTTP_AUTHORIZATION": "Bearer fc_x"}),
        ("GET", "/api/v1/claims/0123456789/", {"HTTP_IF_MATCH": '"a"'}),
        ("GET", "/api/v1/changes/", {"HTTP_ACCEPT": "application/x-ndjson"}),
        ("GET", "/claims/", {"HTTP_COOKIE": "sessionid=one"}),
    ],
)
def test_what_must_be_fresh_comes_from_the_primary(
    method: str, path: str, more: dict[str, Any]
) -> None:
    assert not may_lag(RequestFactory().generic(method, path, **more))


def test_a_read_of_anybody_may_lag() -> None:
    assert may_lag(RequestFactory().get("/claims/", headers={"If-None-Match": '"a"'}))


def test_without_a_replica_there_is_no_middleware() -> None:
    from django.core.exceptions import MiddlewareNotUsed

    with pytest.raises(MiddlewareNotUsed):
        from_the_replica(lambda request: None)  # type: ignore[arg-type,return-value]


def test_what_the_replica_fails_to_answer_the_primary_does(replica: Any) -> None:
    claim = published_claim()

    def cancelled(execute: Any, *given: Any) -> Any:
        raise OperationalError("canceling statement due to conflict with recovery")

    with replica.execute_wrapper(cancelled), CaptureQueriesContext(connections["default"]) as first:
        response = Client().get(f"/api/v1/claims/{claim.public_id}/")
    assert response.status_code == 200
    assert len(first) > 0
    assert replicas.watch.doubted == 1  # type: ignore[attr-defined]


class Positions:
    """Positions in the log of two servers, as a test moves them; None: the server does not answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written: int | None = 100
        self.followed: int | None = 100
        self.now = 1000.0
        monkeypatch.setattr(replicas, "position", self.position)
        monkeypatch.setattr("claims.replicas.time.monotonic", lambda: self.now)
        monkeypatch.setattr("claims.replicas.time.sleep", self.sleep)

    def position(self, alias: str, function: str) -> int:
        found = self.written if alias == "default" else self.followed
        if found is None:
            raise OperationalError("no answer")
        return found

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def positions(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Positions:
    """Both servers at the same position; two seconds of lag are borne."""
    settings.FACTCHECK_REPLICA_LAG = 2.0
    return Positions(monkeypatch)


def test_lag_is_borne_for_some_seconds_and_no_longer(positions: Positions) -> None:
    watch = replicas.Watch()
    assert watch.caught_up()
    positions.written = 200
    found = []
    for _ in range(6):
        positions.now += 1
        found.append(watch.caught_up())
    assert found == [True, True, False, False, False, False]
    positions.followed = 200
    positions.now += 1
    assert watch.caught_up()


def test_what_was_written_while_nobody_looked_is_waited_for(positions: Positions) -> None:
    watch = replicas.Watch()
    assert watch.caught_up()
    positions.written, positions.now = 200, positions.now + 60
    assert not watch.caught_up()


def test_a_silent_replica_has_not_caught_up(positions: Positions) -> None:
    watch = replicas.Watch()
    positions.followed = None
    assert not watch.caught_up()


def test_while_the_primary_is_silent_the_replica_goes_on(positions: Positions) -> None:
    watch = replicas.Watch()
    assert watch.caught_up()
    positions.written, positions.now = None, positions.now + 1
    assert watch.caught_up()


def test_a_doubted_replica_is_looked_at_again(positions: Positions) -> None:
    watch = replicas.Watch()
    assert watch.caught_up()
    watch.doubt()
    assert not watch.caught_up()
    positions.now += 1
    assert watch.caught_up()


def test_whoever_tells_a_cache_waits_for_the_replica(
    positions: Positions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "exists", lambda: True)
    positions.followed = 50
    began = positions.now
    replicas.wait_until_followed()
    assert positions.now - began == pytest.approx(4, abs=0.2)  # every server has turned away
    positions.followed, began = 100, positions.now
    replicas.wait_until_followed()
    assert positions.now == began


def test_a_cache_is_told_after_the_replica_has_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(replicas, "wait_until_followed", lambda: done.append("followed"))
    monkeypatch.setattr(announcing, "_post", lambda address, **message: done.append("told"))
    announcing._purge(["/claims/"], ["lists"])
    assert done == ["followed", "told"]


def test_without_a_replica_nobody_waits(positions: Positions) -> None:
    positions.written = None
    replicas.wait_until_followed()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_a_server_that_follows_nobody_has_no_position(db: None) -> None:
    assert replicas.position("default", replicas.WRITTEN) > 0
    assert replicas.position("default", replicas.FOLLOWED) == -1


def configured(**variables: str) -> Any:
    """Return the databases that these variables make, or what is said against them."""
    code = (
        "import json; from factcheck import settings as s;"
        "print(json.dumps([{k: [d['NAME'], d.get('DISABLE_SERVER_SIDE_CURSORS', False), d['OPTIONS']]"
        " for k, d in s.DATABASES.items()}, s.FACTCHECK_REPLICA_LAG]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"FACTCHECK_MODE": "development", "FACTCHECK_ENV_FILE": "", **variables},
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr


def test_replica_and_pooler_are_settings() -> None:
    told = configured(
        DATABASE_URL="postgres://one/register",
        FACTCHECK_REPLICA_URL="postgres://two/copy",
        FACTCHECK_REPLICA_LAG="5",
        FACTCHECK_POOLER="transaction",
        FACTCHECK_STATEMENT_TIMEOUT_MS="5000",
    )
    assert told == [{"default": ["register", True, {}], "replica": ["copy", True, {}]}, 5.0]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"FACTCHECK_REPLICA_URL": "postgres://two/copy"}, "Only PostgreSQL has replicas"),
        ({"FACTCHECK_POOLER": "transaction"}, "Only PostgreSQL has replicas and poolers"),
        (
            {"DATABASE_URL": "postgres://one/a", "FACTCHECK_REPLICA_URL": "sqlite:///copy"},
            "FACTCHECK_REPLICA_URL must begin with postgres://",
        ),
        ({"FACTCHECK_POOLER": "session"}, "FACTCHECK_POOLER"),
    ],
)
def test_what_cannot_be_is_refused(variables: dict[str, str], said: str) -> None:
    assert said in configured(**variables)
