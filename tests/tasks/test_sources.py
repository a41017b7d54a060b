"""Pages that people want to cite are read outside of requests; whatever a site does, a person is told plainly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.fetching import Fetcher
from claims.models import BackgroundTask, Claim, SourceReading, User
from claims.tasks import enqueue, sources
from claims.tasks.periodic import jobs
from claims.tasks.sources import read_source_page, tend_readings
from tests.misbehaving_server import Handler, Server
from tests.workflow.fetching_of import ADDRESS, read_reading

Work = Callable[[], list[BackgroundTask]]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server that behaves badly, on loopback."""
    with Server(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.fixture
def impatient(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fetcher that may reach loopback, and waits for nothing long."""
    port = urlsplit(server).port or 0
    fetcher = Fetcher(
        max_bytes=200_000,
        total_seconds=1.0,
        read_seconds=0.5,
        connect_seconds=0.5,
        ports=frozenset({80, 443, port}),
        permits=lambda address: True,
    )
    monkeypatch.setattr(sources, "fetcher", lambda: fetcher)
    monkeypatch.setattr("claims.workflow.readings.PORTS", (80, 443, port))


def asked(claim: Claim, by: User, url: str) -> SourceReading:
    """Return a reading that a worker is to do."""
    reading = workflow.start_reading(claim, url=url, by=by)
    enqueue(read_source_page, reading.pk)
    return reading


@pytest.mark.usefixtures("impatient")
def test_a_page_is_fetched_and_read(
    claim: Claim, contributor: User, server: str, work: Work
) -> None:
    reading = asked(claim, contributor, f"{server}/page")
    [task] = work()
    assert task.status == "SUCCESSFUL"
    reading.refresh_from_db()
    assert reading.state == ReadingState.READY
    assert reading.snapshot is not None
    assert "It snowed in the night." in reading.snapshot.text


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "path",
    [
        *("/bomb", "/bomb-z", "/large", "/announced", "/damaged", "/cut", "/brotli", "/twice"),
        *("/svg", "/program", "/typeless", "/gone", "/loop", "/4", "/to-private", "/to-file"),
        *("/nonsense", "/no-status", "/long-header", "/negative-chunk", "/hung-up", "/empty"),
        *("/dripping", "/headers_dripping", "/silent", "/endless", "/all_at_once"),
        *("/endless_trailer", "/continuing"),
    ],
)
def test_whatever_a_site_does_a_person_is_told_and_the_worker_lives(
    claim: Claim, contributor: User, server: str, work: Work, path: str
) -> None:
    reading = asked(claim, contributor, f"{server}{path}")
    [task] = work()
    assert task.status == "SUCCESSFUL", task.traceback
    reading.refresh_from_db()
    assert reading.state == ReadingState.FAILED
    assert reading.get_trouble_display()
    assert reading.trouble_detail.endswith((".", "”"))
    good = asked(claim, contributor, f"{server}/page")
    work()
    good.refresh_from_db()
    assert good.state == ReadingState.READY


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "[::1]"])
def test_what_is_not_public_is_never_reached(
    claim: Claim, contributor: User, work: Work, host: str
) -> None:
    reading = asked(claim, contributor, f"http://{host}/")
    work()
    reading.refresh_from_db()
    assert (reading.state, reading.trouble) == (ReadingState.FAILED, FetchTrouble.PRIVATE)


def test_a_reading_that_is_done_is_not_fetched_again(
    claim: Claim, contributor: User, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "fetcher", lambda: pytest.fail("fetched"))
    reading = read_reading(claim, contributor)
    enqueue(read_source_page, reading.pk)
    enqueue(read_source_page, reading.pk + 1_000)
    assert {task.status for task in work()} == {"SUCCESSFUL"}


def test_for_somebody_who_left_the_desk_nothing_is_fetched(
    claim: Claim, contributor: User, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "fetcher", lambda: pytest.fail("fetched"))
    asked(claim, contributor, ADDRESS)
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    assert [task.status for task in work()] == ["SUCCESSFUL"]


def test_stuck_and_outlived_readings_are_tended(claim: Claim, contributor: User) -> None:
    stuck = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    outlived = read_reading(claim, contributor)
    now = timezone.now()
    SourceReading.objects.filter(pk=stuck.pk).update(at=now - timedelta(hours=1))
    SourceReading.objects.filter(pk=outlived.pk).update(expires_at=now)
    tend_readings.func()
    stuck.refresh_from_db()
    assert stuck.trouble == FetchTrouble.FORGOTTEN
    assert list(SourceReading.objects.all()) == [stuck]
    assert tend_readings in [job.task for job in jobs()]
