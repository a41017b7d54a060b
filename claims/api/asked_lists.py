"""Pages of claims as they are asked of the database: SQL is written once for each shape of question (`Compiled`).

Two questions have one shape where only moments, days and words differ in them. Where it takes a look into the database
to put a question, such as who a claimant is, it is put as Django does, each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Field, QuerySet, TextField
from django.db.models.functions import Cast

from claims.api import few
from claims.api.choosing import Choice
from claims.api.pages import Order, Page, Pager
from claims.api.then import Then
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.models.compiled import STANDINS, Compiled
from claims.search.public import Matching, matching

RANGES, TEXTS = ("said", "published", "changed"), ("language",)
KEY = ("place", "public_id")
SHAPES = 500  # that many are remembered
Row = tuple[Any, ...]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Question:
    """Which claims, which columns of each, and which page: of today, or of what was known at a moment.

    Before these stand what they are in order of, as text, which no driver takes time to read, and their public id.
    """

    choice: Choice
    columns: tuple[str, ...]
    order: Order
    limit: int
    key: tuple[Any, ...] | None
    back: bool
    words: Matching | None = None
    known_at: datetime | None = None

    @classmethod
    def of(
        cls, pager: Pager, choice: Choice, *columns: str, at: datetime | None = None
    ) -> Question:
        """Return the question of a request; one query where there are words to look for."""
        words = matching(choice.q) if choice.q else None
        key = _read(pager.order, pager.cursor.key) if pager.cursor else None
        return cls(choice, columns, pager.order, pager.limit, key, pager.back, words, at)

    @property
    def is_plain(self) -> bool:
        """Whether it can be put without a look into the database."""
        choice = self.choice
        unknown = choice.q and self.words is None
        looked_up = any((choice.claimant, choice.publisher, choice.topic, unknown))
        hints = few.then(choice) if self.known_at else few.now(choice)
        return not looked_up and next(hints, None) is None

    def rows(self) -> QuerySet[Any, Row]:
        """Return what is asked for."""
        if self.known_at:
            claims = self.choice.then(Then(self.known_at))
            # Where they are put in order once they are found, SQLite would carry the documents of all of them along.
            columns = self.columns if self.is_plain else self.columns[:-1]
            rows = self._in_place(claims).past_parts(self.known_at, *KEY, *columns)
        else:
            rows = self._in_place(self.choice.now(self.words)).stored_parts(*KEY, *self.columns)
        return self.order.page(rows, self.limit, self.key, back=self.back)

    def _in_place(self, claims: ClaimQuerySet) -> ClaimQuerySet:
        placed: ClaimQuerySet = claims.annotate(place=Cast(self.order.columns[0], TextField()))
        return placed

    def key_of(self, row: Row) -> tuple[Any, ...]:
        """Return what a cursor knows a row by."""
        return _read(self.order, row[: len(KEY)])

    def shape(self) -> tuple[Question, list[Any]]:
        """Return the question with a stand-in for each of its values, and these."""
        values: list[Any] = []

        def opened(value: Value) -> Value:
            if value is None:
                return value
            values.append(value)
            standin: Value = STANDINS[_kind_of(value)](len(values) - 1)
            return standin

        words, choice = self.words, self.choice
        parts: dict[str, Any] = {name: opened(getattr(choice, name)) for name in TEXTS}
        parts |= {name: tuple(map(opened, getattr(choice, name))) for name in RANGES}
        shape = replace(
            self,
            # that there are words to look for, which stand in `words`
            choice=replace(choice, q="words" if words else None, **parts),
            words=words and words._replace(sought=tuple(map(opened, words.sought))),
            known_at=opened(self.known_at),
            key=self.key and tuple(map(opened, self.key)),
        )
        return shape, values


def page_of(pager: Pager, question: Question) -> Page[Row]:
    """Return the page that is asked for, as the driver has its rows where the question is plain; one query."""
    if not question.is_plain:
        return pager.page_of(list(question.rows()), question.key_of)
    shape, values = question.shape()
    compiled = _compiled(shape, tuple(map(_kind_of, values)))
    return pager.page_of(list(compiled.unconverted(*values)), question.key_of)


@lru_cache(SHAPES)
def _compiled(shape: Question, kinds: tuple[type, ...]) -> Compiled[Row]:
    return Compiled(Claim, lambda *_: shape.rows(), kinds=kinds)


def _kind_of(value: object) -> type:
    return next(kind for kind in STANDINS if isinstance(value, kind))


def _read(order: Order, key: Sequence[Any]) -> tuple[Any, ...]:
    """Return a key whose first part is text, that part read as the moment or the day it is."""
    text, *rest = key
    column: Field[Any, Any] = Claim._meta.get_field(order.columns[0])  # type: ignore[assignment]  # no relation
    value = column.to_python(text)
    if isinstance(value, datetime) and value.tzinfo is None:  # as SQLite keeps moments
        value = value.replace(tzinfo=UTC)
    return value, *rest
