"""The rows beside the claims, taken in before them: each cleaned as its model asks, each refusal with its line."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.utils import timezone

from claims.exports.reading import BadExport, Opened
from claims.exports.shape import name_of
from claims.history import many
from claims.history.exported import MALFORMED
from claims.models import (
    Affiliation,
    Article,
    ArticleOriginal,
    ArticleSketch,
    ChecklistItem,
    Claim,
    Claimant,
    ClaimantAlias,
    ClaimantMerger,
    ClaimRelation,
    MethodVersion,
    Publisher,
    Topic,
    User,
)
from claims.reading.sketches import sketch

AT_ONCE = 200
MAY_BE_MISSING = {"id", "text"}  # the text of an article that may not be shown
TEXTS = {"CharField", "TextField", "SlugField"}
UNTOLD = "Rebuilt from an export that does not tell it."
Row = dict[str, Any]
Taker = Callable[[int, Row], list[Model]]


def take_in_parties(export: Opened, *, by: User) -> None:
    """Write everything that claims name. Raises BadExport. The caller is inside a transaction."""
    ChecklistItem.objects.all().delete()  # with the method that every new register comes with
    MethodVersion.objects.all().delete()
    claimants = _Claimants(by)
    takers: dict[str, Taker] = {
        "publishers": _publisher,
        "claimants": claimants.take,
        "topics": _topic,
        "methods": _method,
        "articles": _Articles(by).take,
    }
    for table, take in takers.items():
        _take_all(export, table, take)
    claimants.merge()


def take_in_relations(export: Opened, *, by: User) -> None:
    """Write how claims stand to one another; both must be there. Raises BadExport."""

    def relation(number: int, row: Row) -> list[Model]:
        ends = {name: Claim.objects.get(public_id=row[name]) for name in ("claim", "other")}
        reason = row.get("reason", UNTOLD)
        return [ClaimRelation(**ends, kind=row["kind"], reason=reason, **_stated(row, by))]

    _take_all(export, "relations", relation)


def _take_all(export: Opened, table: str, take: Taker) -> None:
    rows = export.rows(table)
    while some := list(islice(_taken(rows, table, take), AT_ONCE)):
        by_model: dict[type[Model], list[Model]] = {}
        for made in some:
            for one in made:
                by_model.setdefault(type(one), []).append(one)
        for model, made in by_model.items():
            keyed = made[0].pk is not None
            many.write(model, many.values_of(made, keyed=keyed), keyed=keyed)


def _taken(rows: Iterator[tuple[int, Row]], table: str, take: Taker) -> Iterator[list[Model]]:
    for number, row in rows:
        try:
            made = take(number, row)
            for one in made:
                _check(one)
        except (ValidationError, ObjectDoesNotExist, *MALFORMED) as error:
            reason = "; ".join(error.messages) if isinstance(error, ValidationError) else error
            where = f"{name_of(table)}, line {number}"
            raise BadExport(f"{where}: {type(error).__name__}: {reason}") from error
        yield made


def _check(one: Model) -> None:
    """Raise ValidationError, or TypeError for what is no text where one belongs."""
    for column in one._meta.concrete_fields:
        value = getattr(one, column.attname)
        written = value is not None and column.get_internal_type() in TEXTS
        if written and (type(value) is not str or "\0" in value):
            raise TypeError(f"{column.name} is no text")
    related = {column.name for column in one._meta.concrete_fields if column.is_relation}
    one.clean_fields(exclude=related | MAY_BE_MISSING)


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told is not None else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told is not None else None


def _stated(row: Row, by: User) -> Row:
    """Return who stated something and who withdrew it, of rows that say when, and of those that do not."""
    withdrawn = _moment(row.get("withdrawn_at"))
    return {
        "added_by": by,
        "added_at": _moment(row.get("added_at")) or timezone.now(),
        "withdrawn_at": withdrawn,
        "withdrawn_by": by if withdrawn else None,
        "withdrawal_reason": row.get("withdrawal_reason", ""),
    }


def _publisher(number: int, row: Row) -> list[Model]:
    """A publisher that the export only names by its id goes by that."""
    name = row["name"] if row["name"] is not None else row["id"]
    values = {"public_id": row["id"], "domain": row["domain"], "kind": row["kind"]}
    return [Publisher(pk=number, name=name, **values)]


def _topic(number: int, row: Row) -> list[Model]:
    days = row.get("recheck_days")
    return [Topic(pk=number, slug=row["slug"], name=row["name"], recheck_days=days)]


def _method(number: int, row: Row) -> list[Model]:
    version = MethodVersion(
        pk=number,
        number=row["number"],
        body=row["body"],
        reason=row["reason"],
        at=datetime.fromisoformat(row["at"]),
    )
    items = enumerate(row["items"], start=1)
    return [version, *(ChecklistItem(method=version, position=at, text=one) for at, one in items)]


class _Claimants:
    """Takes claimants in; who was merged into whom is said when all are there."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.merged: list[tuple[int, str]] = []
        self.mergers: list[tuple[int, Row]] = []
        self._names: set[int] = set()

    def take(self, number: int, row: Row) -> list[Model]:
        """Return the rows of one claimant."""
        one = Claimant(
            pk=number,
            public_id=row["id"],
            kind=row["kind"],
            name=self._name(row),
            role=row["role"],
            wikidata=row["wikidata"],
        )
        if row["merged_into"] is not None:
            self.merged.append((number, row["merged_into"]))
        if row["merger"] is not None:
            self.mergers.append((number, row["merger"]))
        held = [self._affiliation(one, told) for told in row["affiliations"]]
        aliases = [self._alias(one, told) for told in row.get("aliases", [])]
        return [one, *held, *aliases]

    def _name(self, row: Row) -> str:
        """Return a name that nobody else of that role has; readers see the names that claims show."""
        name = row["name"] if row["name"] is not None else row["id"]
        known = hash((name.lower(), row["role"]))
        if known in self._names:
            return f"{name} ({row['id']})"
        self._names.add(known)
        return str(name)

    def _alias(self, one: Claimant, row: Row) -> Model:
        return ClaimantAlias(claimant=one, name=row["name"], **_stated(row, self.by))

    def _affiliation(self, one: Claimant, row: Row) -> Model:
        ended = _moment(row.get("ended_at"))
        return Affiliation(
            claimant=one,
            role=row["role"],
            body=row["body"],
            since=_day(row["since"]),
            until=_day(row["until"]),
            ended_at=ended,
            ended_by=self.by if ended else None,
            **_stated(row, self.by),
        )

    def merge(self) -> None:
        """Write who was found to be whom. Raises BadExport where it names nobody."""
        for number, public_id in self.merged:
            self._into(number, public_id)
        for number, row in self.mergers:
            try:
                into = Claimant.objects.get(public_id=row["into"])
                at, reason = datetime.fromisoformat(row["at"]), row.get("reason", UNTOLD)
            except (Claimant.DoesNotExist, *MALFORMED) as error:
                raise BadExport(f"{name_of('claimants')}, line {number}: {error}") from error
            ClaimantMerger.objects.create(
                claimant_id=number, into=into, reason=reason, by=self.by, at=at
            )

    def _into(self, number: int, public_id: str) -> None:
        survivor = Claimant.objects.filter(public_id=public_id).exclude(pk=number).first()
        if survivor is None:
            told = f"{name_of('claimants')}, line {number}: nobody is called {public_id!r}"
            raise BadExport(told)
        Claimant.objects.filter(pk=number).update(merged_into=survivor)


class _Articles:
    """Takes articles in, with the original where the export holds it."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._last: dict[str, int] = {}  # of those that may not be written yet

    def take(self, number: int, row: Row) -> list[Model]:
        """Return the rows of one article."""
        text, original = row["text"] or "", row.get("original")
        one = Article(
            pk=number,
            public_id=row["id"],
            publisher_id=self._key(Publisher, row["publisher"]),
            published_on=_day(row["published_on"]),
            replaces_id=self._last.get(row["replaces"]) or self._key(Article, row["replaces"]),
            recorded_by=self.by,
            recorded_at=datetime.fromisoformat(row["recorded_at"]),
            text=text,
            standfirst=row["standfirst"] or "",
            sha256=row["sha256"] or f"withheld {row['id']}",
            **{name: row[name] for name in AS_TOLD},
        )
        if text and hashlib.sha256(text.encode()).hexdigest() != one.sha256:
            raise ValueError("sha256 is not that of the text")
        self._last = dict([*self._last.items(), (one.public_id, number)][-AT_ONCE:])
        sketches = [ArticleSketch(article=one, value=value) for value in sketch(text)]
        return [one, *([_original(number, original)] if original else []), *sketches]

    @staticmethod
    def _key(model: type[Publisher | Article], public_id: str | None) -> int | None:
        if public_id is None:
            return None
        return int(model._default_manager.values_list("pk", flat=True).get(public_id=public_id))


AS_TOLD = (
    "publisher_name",
    "title",
    "authors",
    "dateline",
    "language",
    "url",
    "canonical_url",
    "licence",
)


def _original(number: int, row: Row) -> ArticleOriginal:
    data = base64.b64decode(row["data"], validate=True)
    digest = hashlib.sha256(data).hexdigest()
    return ArticleOriginal(pk=number, media_type=row["media_type"], data=data, sha256=digest)
