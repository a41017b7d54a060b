"""How a task is declared and asked for: its bounds of time and attempts, whatever system carries it out."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any, ParamSpec, cast, get_type_hints

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend

Ids = ParamSpec("Ids")
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=10), timedelta(hours=1)
SIMPLE = (int, str)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long one attempt of a task may take, and how many follow the first where attempts fail."""

    retries: int
    limit: timedelta


# Of a task that the package or another app declared, and that says nothing of its own.
UNDECLARED = Bounds(retries=0, limit=timedelta(hours=1))
_bounds: dict[str, Bounds] = {}


def background(
    *, retries: int = 5, limit: timedelta = timedelta(minutes=1)
) -> Callable[[Callable[Ids, None]], Task[Ids, None]]:
    """Declare a function of ids as a task.

    An attempt that raises is made again after 10, 20, 40 … seconds, at most an hour apart and at most `retries`
    times; then the task counts as failed. `limit` ends an attempt that takes longer. Raises TypeError for a
    function that takes or returns anything else: what a queue keeps must be small, and true whenever it is read.
    """

    def declare(function: Callable[Ids, None]) -> Task[Ids, None]:
        _refuse_more_than_ids(function)
        bounds = Bounds(retries, limit)
        declared: Task[Ids, None] = task(_carried_out_anywhere(function, bounds))
        _bounds[declared.module_path] = bounds
        return declared

    return declare


def bounds_of(path: str) -> Bounds:
    """Return the bounds of the task at `path`, which need not have been imported yet."""
    with suppress(ImportError):
        import_string(path)
    return _bounds.get(path, UNDECLARED)


def delay_after(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts, at least one."""
    doublings: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_DELAY * doublings, LONGEST_DELAY)


def enqueue(task: Task[Ids, None], *args: Ids.args, **kwargs: Ids.kwargs) -> None:
    """Ask for a task as part of the transaction at hand: rolled back with it, never begun before it is done.

    Raises TypeError for arguments that the task does not take.
    """
    inspect.signature(task.func).bind(*args, **kwargs)
    ask = partial(task.enqueue, *args, **kwargs)
    if _is_ours(task):
        ask()
    else:
        transaction.on_commit(ask)


def enqueue_later(task: Task[[], None], *, at: datetime) -> None:
    """Ask for a task to be done from a moment on; where the queue knows no moments, nothing is asked for."""
    if task.get_backend().supports_defer:
        enqueue(task.using(run_after=at))


def _is_ours(task: Task[..., None]) -> bool:
    """Whether the queue stands in the register's own database, and shares its transactions."""
    return isinstance(task.get_backend(), DatabaseBackend)


def _refuse_more_than_ids(function: Callable[..., None]) -> None:
    hints = get_type_hints(function)
    if hints.pop("return", None) is not type(None):
        raise TypeError(f"{function.__qualname__} must return None.")
    for name in inspect.signature(function).parameters:
        if hints.get(name) not in SIMPLE:
            raise TypeError(f"{function.__qualname__} must take ids (int or str); {name} is none.")


def _carried_out_anywhere(function: Callable[Ids, None], bounds: Bounds) -> Callable[Ids, None]:
    """Return `function` with retries of its own where the queue is not ours: our worker keeps count itself."""

    @wraps(function)
    def run(*args: Any, attempt: int = 1, **kwargs: Any) -> None:
        try:
            function(*args, **kwargs)
        except Exception:
            if attempt <= bounds.retries:
                _ask_again(function, attempt, *args, **kwargs)
            raise

    return cast("Callable[Ids, None]", run)


def _ask_again(function: Callable[..., None], attempt: int, *args: Any, **kwargs: Any) -> None:
    declared: Task[..., None] = getattr(inspect.getmodule(function), function.__name__)
    if declared.get_backend().supports_defer and not _is_ours(declared):
        later = declared.using(run_after=timezone.now() + delay_after(attempt))
        later.enqueue(*args, attempt=attempt + 1, **kwargs)
