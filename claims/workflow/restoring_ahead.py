"""Proving the claims of an export ahead of the one process that writes, in processes of their own.

Each of them reads the file itself and takes every n-th batch, so that the one that writes does nothing else. A few
batches are fetched before they are asked for, so that they go on while a commit waits for the disk. A pipe holds less
than a batch: whoever is further ahead waits, and memory stays the same whatever the size of the export.
"""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, Queue
from threading import Thread

from django.db import connections

from claims.exports.reading import BadExport, Opened
from claims.exports.shape import CLAIMS
from claims.history.exported import Unsound
from claims.workflow.restoring_claims import Line, Parties, Ready, Terms, made_ready

AT_ONCE = 50
# As it stands in a leaf that stands in a line.
NAMES_ANOTHER = b'\\"other_claim\\":'
SELDOM = 100_000
AHEAD = 4  # batches of each process
LOOK_AGAIN = 0.05  # seconds


@dataclass(slots=True)
class Proven:
    """One batch: what is ready to be written, and the lines that name other claims, which must be there before."""

    ready: Ready | None
    naming: list[Line] = field(default_factory=list)
    last: bool = False


Pipe = Connection  # of what is proven, one way
Fetched = Queue[Proven | Exception]


@contextmanager
def proven(
    export: Opened, done: int, terms: Terms, processes: int
) -> Generator[Iterator[Proven], None, None]:
    """Yield what gives the claims of an export after line `done`, batch by batch in order.

    Lines up to `done` come again where they name others. With one process all is done in this one; with more, the
    caller is in no transaction yet. What is given may raise BadExport and Unsound.
    """
    with ExitStack() as stack:
        stack.enter_context(_collecting_seldom())
        if processes < 2:
            yield _batches(export, done, terms, 0, 1)
            return
        started = _started(export, done, terms, processes - 1, stack)
        yield _in_turn([stack.enter_context(fetched_from(*one)) for one in started])


@contextmanager
def _collecting_seldom() -> Generator[None, None, None]:
    """Look for garbage in cycles a hundredth as often: rows hold none, and looking took a quarter of the proving.

    What is there before is left out of it, so that processes that are forked off do not copy the pages all share.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _in_turn(fetched: list[Fetched]) -> Iterator[Proven]:
    for one_of in cycle(fetched):
        one = one_of.get()
        if isinstance(one, Exception):
            raise one
        if one.last:
            return
        yield one


@contextmanager
def fetched_from(pipe: Pipe, process: BaseProcess) -> Iterator[Fetched]:
    """Yield what a thread has fetched from a pipe; at the end the process is stopped, and then the thread ends too."""
    fetched: Fetched = Queue(AHEAD)
    thread = Thread(target=_fetch, args=(pipe, fetched), daemon=True)
    thread.start()
    try:
        yield fetched
    finally:
        _ended(process)
        while thread.is_alive():
            with suppress(Empty):
                fetched.get(timeout=LOOK_AGAIN)
        pipe.close()


def _fetch(pipe: Pipe, fetched: Fetched) -> None:
    """Fetch until there is no more."""
    ended = False
    while not ended:
        one = _received(pipe)
        fetched.put(one)
        ended = isinstance(one, Exception) or one.last


def _batches(export: Opened, done: int, terms: Terms, own: int, of: int) -> Iterator[Proven]:
    """Yield the `own` of every `of` batches, counted from 0."""
    lines = export.lines(CLAIMS)
    parties, number = Parties(), 0
    while batch := list(islice(lines, AT_ONCE)):
        if number % of == own:
            naming = [line for line in batch if NAMES_ANOTHER in line[1]]
            plain = [line for line in batch if line[0] > done and NAMES_ANOTHER not in line[1]]
            yield Proven(made_ready(plain, terms, parties) if plain else None, naming)
        number += 1


def _started(
    export: Opened, done: int, terms: Terms, number: int, stack: ExitStack
) -> list[tuple[Pipe, BaseProcess]]:
    """Start all processes, of which none may be forked off once there are threads."""
    connections.close_all()  # a connection must not be shared with a process that is forked off
    context = get_context("fork")
    started: list[tuple[Pipe, BaseProcess]] = []
    for own in range(number):
        here, there = context.Pipe(duplex=False)
        inherited = [*(pipe for pipe, _ in started), here]
        task = (export, done, terms, own, number, there, inherited)
        process = context.Process(target=_prove, args=task, daemon=True)
        process.start()
        there.close()
        started.append((here, process))
        stack.callback(_ended, process)
    return started


def _ended(process: BaseProcess) -> None:
    process.terminate()
    process.join()


def _prove(
    export: Opened,
    done: int,
    terms: Terms,
    own: int,
    of: int,
    pipe: Pipe,
    inherited: list[Pipe],
) -> None:
    """Send one's batches, at the end that there are no more, or what does not hold; the writer may be gone by then."""
    for one in inherited:
        one.close()  # else this process would wait for ever for a writer that was killed
    with suppress(BrokenPipeError):
        try:
            for batch in _batches(export, done, terms, own, of):
                pipe.send(batch)
            pipe.send(Proven(None, last=True))
        except (BadExport, Unsound) as error:
            pipe.send(error)


def _received(pipe: Pipe) -> Proven | Exception:
    try:
        one: Proven | Exception = pipe.recv()
    except (EOFError, OSError):
        return BadExport("A process that proves claims was killed. The same command goes on.")
    return one
