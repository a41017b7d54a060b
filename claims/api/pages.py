"""Keyset pages: a list is walked from row to row, so deep pages cost what the first one does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet, Subquery
from rest_framework.request import Request

from claims.api import cursors
from claims.api.bases import base_of
from claims.api.cursors import Cursor
from claims.api.parameters import Parameters

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is ordered by: columns, the last of them unique, all in one direction."""

    columns: tuple[str, ...]
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list and the addresses of its neighbours."""

    rows: Sequence[Row]
    following: str | None
    previous: str | None


class Pager:
    """Reads one request's page of a list and knows its neighbours."""

    def __init__(self, request: Request, asked: Parameters, order: Order) -> None:
        self.limit = asked.limit()
        asked.check()
        self.order = order
        self.path = request.path
        self.base = base_of(request)
        self.kept = {name: value for name, value in asked.given.items() if name != "cursor"}
        filters = sorted((name, value) for name, value in self.kept.items() if name != "limit")
        self.bound_to = f"{self.path}?{urlencode(filters)}"
        text = asked.given.get("cursor")
        self.cursor = cursors.read(text, bound_to=self.bound_to) if text else None

    def page(self, rows: QuerySet[Any, Row], key_of: Callable[[Row], Sequence[Any]]) -> Page[Row]:
        """Return the page of `rows` that was asked for, in one query."""
        back = bool(self.cursor and self.cursor.backwards)
        descending = self.order.descending != back
        if self.cursor:
            rows = rows.filter(_beyond(self._place(self.cursor, rows.model), descending=descending))
        marks = [f"-{name}" if descending else name for name in self.order.columns]
        found = list(rows.order_by(*marks)[: self.limit + 1])
        more, found = len(found) > self.limit, found[: self.limit]
        found = found[::-1] if back else found
        return self._with_neighbours(found, key_of, more=more, back=back)

    def _place(self, cursor: Cursor, model: type[Model]) -> list[tuple[str, Any]]:
        """A row's own key never leaves the server: the cursor names the row by its public id."""
        values = list(cursor.key)
        if self.order.columns[-1] == "pk":
            row = model._default_manager.filter(public_id=values[-1])
            values[-1] = Subquery(row.values("pk"))
        return list(zip(self.order.columns, values, strict=True))

    def _with_neighbours(
        self, found: list[Row], key_of: Callable[[Row], Sequence[Any]], *, more: bool, back: bool
    ) -> Page[Row]:
        if not found:
            return Page(found, None, None)
        last, first = (
            Cursor(_plain(key_of(found[-1]))),
            Cursor(_plain(key_of(found[0])), backwards=True),
        )
        return Page(
            found,
            following=self._address(last) if back or more else None,
            previous=self._address(first) if (more if back else self.cursor) else None,
        )

    def _address(self, cursor: Cursor) -> str:
        text = cursors.write(cursor, bound_to=self.bound_to)
        return f"{self.base}{self.path}?{urlencode({**self.kept, 'cursor': text})}"


def _plain(key: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(part.isoformat() if isinstance(part, datetime) else part for part in key)


def _beyond(place: list[tuple[str, Any]], *, descending: bool) -> Q:
    """Everything past a place. The first condition alone lets the database seek in its index."""
    (column, value), *rest = place
    past = Q(**{f"{column}__{'lt' if descending else 'gt'}": value})
    if not rest:
        return past
    reach = Q(**{f"{column}__{'lte' if descending else 'gte'}": value})
    return reach & (past | _beyond(rest, descending=descending))
