"""A worker that works in the test's own process, until nothing is ready."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claims.models import BackgroundTask
from claims.tasks.queue import carry_out, take_next


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
