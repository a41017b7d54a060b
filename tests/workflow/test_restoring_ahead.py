"""What is proven ahead of the process that writes: fetched a little early, and nothing of it is left behind."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import Any

from claims.exports.reading import BadExport
from claims.workflow.restoring_ahead import AHEAD, Fetched, Proven, fetched_from

SECONDS = 20


def without_end(pipe: Any) -> None:
    with suppress(BrokenPipeError):
        while True:
            pipe.send(Proven(None))


def two(pipe: Any) -> None:
    pipe.send(Proven(None))
    pipe.send(Proven(None, last=True))


@contextmanager
def proving(task: Callable[[Any], None]) -> Iterator[tuple[Fetched, Any]]:
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=task, args=(there,), daemon=True)
    process.start()
    there.close()
    with fetched_from(here, process) as fetched:
        yield fetched, process


def test_a_few_batches_are_fetched_before_they_are_asked_for_and_no_more() -> None:
    with proving(without_end) as (fetched, _):
        until = time.monotonic() + SECONDS
        while not fetched.full() and time.monotonic() < until:
            time.sleep(0.01)
        assert fetched.qsize() == AHEAD


def test_whoever_leaves_early_leaves_no_process_and_no_thread() -> None:
    before = set(threading.enumerate())
    with proving(without_end) as (fetched, process):
        first = fetched.get(timeout=SECONDS)
        assert isinstance(first, Proven)
        assert set(threading.enumerate()) > before
    assert set(threading.enumerate()) <= before
    assert not process.is_alive()


def test_nothing_is_fetched_behind_the_last() -> None:
    with proving(two) as (fetched, _):
        told = [fetched.get(timeout=SECONDS) for _ in range(2)]
    assert [isinstance(one, Proven) and one.last for one in told] == [False, True]
    assert fetched.empty()


def test_a_process_that_was_killed_is_told_of_behind_what_it_had_sent() -> None:
    with proving(without_end) as (fetched, process):
        os.kill(process.pid, signal.SIGKILL)
        told: list[Any] = [fetched.get(timeout=SECONDS)]
        while isinstance(told[-1], Proven):
            told.append(fetched.get(timeout=SECONDS))
    assert isinstance(told[-1], BadExport)
    assert "was killed" in str(told[-1])
