"""A worker that works in the test's own process, until nothing is ready, and a cache that hears what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from claims.models import BackgroundTask
from claims.tasks.queue import carry_out, take_next
from claims.workflow.webhooks import SetUp
from tests import factories
from tests.tasks.listening import Listener, listening
from tests.tasks.receiving import Receiver, receiving


@pytest.fixture
def work(db: None) -> Callable[[], list[BackgroundTask]]:
    """Return a way to carry out what is ready; it returns the tasks as they then are."""

    def carry_out_all() -> list[BackgroundTask]:
        done = []
        while (row := take_next("the test")) is not None:
            carry_out(row)
            row.refresh_from_db()
            done.append(row)
        return done

    return carry_out_all


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Return a server that notes what it is told."""
    with listening() as noted:
        yield noted


@pytest.fixture
def cache(listener: Listener, settings: Settings) -> Listener:
    """Return the cache in front of the register."""
    settings.FACTCHECK_PURGE_URL = listener.url
    settings.FACTCHECK_PURGE_TOKEN = "open sesame"
    return listener


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    """Return a receiver of webhooks on this machine, which they may lead to here."""
    settings.FACTCHECK_WEBHOOK_LOOPBACK = True
    with receiving() as noted:
        yield noted


@pytest.fixture
def hook(db: None, receiver: Receiver) -> SetUp:
    """Return a webhook that leads there and is told of all that happens after it was asked for."""
    return factories.webhook(receiver.url)
