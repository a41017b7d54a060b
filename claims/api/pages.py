"""Keyset pages: a list is walked from row to row, so deep pages cost what the first one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
    """What a list is ordered by: columns, the last of them unique, all in one direction.

    A row's own key never leaves the server: where it is the last column, cursors name the row by the columns of
    `known_by`.
    """

    columns: tuple[str, ...]
    descending: bool = True
    known_by: tuple[str, ...] = ("public_id",)

    def page(
        self, rows: QuerySet[Any, Row], limit: int, key: Sequence[Any] | None, *, back: bool
    ) -> QuerySet[Any, Row]:
        """Return the page of `rows` behind the place of that key, or before it, and one row more if there is one."""
        descending = self.descending != back
        if key is not None:
            rows = rows.filter(_beyond(self._place(key, rows.model), descending=descending))
        marks = [f"-{name}" if descending else name for name in self.columns]
        return rows.order_by(*marks)[: limit + 1]

    def _place(self, key: Sequence[Any], model: type[Model]) -> list[tuple[str, Any]]:
        values, columns = list(key), self.columns
        if columns[-1] != "pk":
            return list(zip(columns, values, strict=True))
        before = len(columns) - 1
        name = dict(zip(self.known_by, values[before:], strict=True))
        row = model._default_manager.filter(**name).order_by()
        return [*zip(columns, values[:before], strict=False), ("pk", Subquery(row.values("pk")))]


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
        key = self.cursor.key if self.cursor else None
        return self.page_of(list(self.order.page(rows, self.limit, key, back=self.back)), key_of)

    @property
    def back(self) -> bool:
        """Whether the page before a place is asked for."""
        return bool(self.cursor and self.cursor.backwards)

    def page_of(self, found: list[Row], key_of: Callable[[Row], Sequence[Any]]) -> Page[Row]:
        """Return the page of the rows that `Order.page` found."""
        more, found = len(found) > self.limit, found[: self.limit]
        found = found[::-1] if self.back else found
        return self._with_neighbours(found, key_of, more=more, back=self.back)

    def ranked(
        self,
        keys: Sequence[int],
        rows_of: Callable[[Sequence[int]], Mapping[int, Row]],
        place_of: Callable[[str], int | None],
        name_of: Callable[[Row], str],
    ) -> Page[Row]:
        """Return the page of the rows with these keys, which are in their order, that was asked for.

        The order is made anew for each request. So a cursor names the row it stands behind, and its rank for when
        the row has left the list. `place_of` finds a row's key by its name; `rows_of` reads rows by their keys.
        """
        first, last = self._between(keys, place_of)
        found = rows_of(keys[first:last])
        rows = [found[key] for key in keys[first:last] if key in found]
        if not rows:
            return Page(rows, None, None)
        following = Cursor((last, name_of(rows[-1])))
        previous = Cursor((first, name_of(rows[0])), backwards=True)
        return Page(
            rows,
            following=self._address(following) if last < len(keys) else None,
            previous=self._address(previous) if first > 0 else None,
        )

    def _between(
        self, keys: Sequence[int], place_of: Callable[[str], int | None]
    ) -> tuple[int, int]:
        if self.cursor is None:
            return 0, min(self.limit, len(keys))
        rank, name = self.cursor.key
        key = place_of(name)
        if key in keys:
            rank = keys.index(key) + (0 if self.cursor.backwards else 1)
        if self.cursor.backwards:
            return max(rank - self.limit, 0), min(rank, len(keys))
        return min(rank, len(keys)), min(rank + self.limit, len(keys))

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
    return tuple(part.isoformat() if isinstance(part, date) else part for part in key)


def _beyond(place: list[tuple[str, Any]], *, descending: bool) -> Q:
    """Everything past a place. The first condition alone lets the database seek in its index."""
    (column, value), *rest = place
    past = Q(**{f"{column}__{'lt' if descending else 'gt'}": value})
    if not rest:
        return past
    reach = Q(**{f"{column}__{'lte' if descending else 'gte'}": value})
    return reach & (past | _beyond(rest, descending=descending))
