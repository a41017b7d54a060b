"""Named reads by keys whose SQL is written once: what every act asks on its way, under its claim's lock.

As `compiled.Compiled`, but by any number of keys, and of whole rows as well as of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import models, router, transaction
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql import DeleteQuery
from django.db.models.sql.compiler import SQLCompiler

from claims.models.compiled import Raw, Row, changed, fetched, of_driver

M = TypeVar("M", bound=models.Model)
STANDIN = 2_147_480_000  # and the numbers after it: keys that stand in for those to come


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where in a row that was read its model's own columns stand, and what was fetched along."""

    model: type[models.Model]
    names: Sequence[str]
    start: int
    end: int
    along: Sequence[RelatedPopulator]


@dataclass(frozen=True, slots=True)
class _Written:
    """A read as it is sent to one database: which key each of its values is, or else the value; and what it finds."""

    sql: str
    sql_of_driver: str
    values: Sequence[tuple[int | None, Any]]
    compiler: SQLCompiler
    converters: dict[int, tuple[list[Any], Any]]
    made: _Shape | None

    @property
    def shape(self) -> _Shape:
        """How rows are made of what is found; only of a read of whole rows."""
        return cast(_Shape, self.made)

    def find(self, using: str, keys: Sequence[int]) -> Iterable[Sequence[Any]]:
        """Return the rows for these keys, one query."""
        values = [value if at is None else keys[at] for at, value in self.values]
        rows: Iterable[Raw] = fetched(using, self.sql, self.sql_of_driver, values)
        if not self.converters:
            return rows
        found: Iterable[list[Any]] = self.compiler.apply_converters(rows, self.converters)
        return found


class _Read:
    """A read of rows of `model` by keys, each of which stands in its SQL."""

    def __init__(
        self,
        model: type[models.Model],
        read: Callable[..., models.QuerySet[Any, Any]],
        *,
        keys: int = 1,
    ) -> None:
        self._model, self._read, self._keys = model, read, keys
        self._known: dict[str, _Written] = {}

    def _found(self, keys: Sequence[int]) -> tuple[str, _Written, Iterable[Sequence[Any]]]:
        using = router.db_for_read(self._model)
        written = self._known.get(using) or self._write(using)
        return using, written, written.find(using, keys)

    def _write(self, using: str) -> _Written:
        standins = range(STANDIN, STANDIN + self._keys)
        compiler = self._read(*standins).query.get_compiler(using)
        sql, values = compiler.as_sql()
        if not set(standins) <= set(values):
            raise ValueError(f"This read cannot be compiled: {sql}")
        places = [(value - STANDIN if value in standins else None, value) for value in values]
        converters = compiler.get_converters(expression for expression, *_ in compiler.select or ())
        shape = _shape_of(compiler, using) if compiler.klass_info else None
        written = _Written(sql, of_driver(using, sql), places, compiler, converters, shape)
        return self._known.setdefault(using, written)


class CompiledValues(_Read, Generic[Row]):
    """A read made of values_list."""

    def rows(self, *keys: int) -> list[Row]:
        """Return what the read finds for `keys`; one query."""
        return [cast(Row, tuple(row)) for row in self._found(keys)[2]]

    def any(self, *keys: int) -> bool:
        """Return whether the read finds anything."""
        return bool(self.rows(*keys))


class CompiledDelete:
    """The deletion of the rows of `model` with one key, to which no others belong."""

    def __init__(
        self, model: type[models.Model], read: Callable[[int], models.QuerySet[Any, Any]]
    ) -> None:
        self._model, self._read = model, read
        self._known: dict[str, tuple[str, str]] = {}

    def delete(self, key: int) -> int:
        """Delete what has this key and return how many that were; one query."""
        using = router.db_for_write(self._model)
        sql = self._known.get(using) or self._write(using)
        with transaction.mark_for_rollback_on_error(using=using):
            return changed(using, *sql, [key])

    def _write(self, using: str) -> tuple[str, str]:
        query = self._read(STANDIN).query.chain(klass=DeleteQuery)
        sql, values = query.get_compiler(using).as_sql()
        if tuple(values) != (STANDIN,):
            raise ValueError(f"This deletion cannot be compiled: {sql}")
        return self._known.setdefault(using, (sql, of_driver(using, sql)))


class CompiledRows(_Read, Generic[M]):
    """A read of whole rows, and of others that are fetched along."""

    def rows(self, *keys: int) -> list[M]:
        """Return what the read finds for `keys`; one query."""
        using, written, found = self._found(keys)
        shape = written.shape
        rows: list[M] = []
        for row in found:
            one = _as_read(
                cast(type[M], shape.model), shape.names, row[shape.start : shape.end], using
            )
            for populator in shape.along:
                _fetch_along(populator, row, one)
            rows.append(one)
        return rows

    def first(self, *keys: int) -> M | None:
        """Return the first row that the read finds, if there is one."""
        rows = self.rows(*keys)
        return rows[0] if rows else None

    def get(self, *keys: int) -> M:
        """Return the one row that the read finds. Raises the DoesNotExist of its model."""
        one = self.first(*keys)
        if one is None:
            raise self._model.DoesNotExist(f"{self._model.__name__} of {keys}")  # type: ignore[attr-defined]
        return one

    def refresh(self, one: M) -> None:
        """Read a row anew that the read finds by its key: what `refresh_from_db` does, relations forgotten as well."""
        fresh = vars(self.get(one.pk))
        one._state.fields_cache.clear()
        one.__dict__.update({name: value for name, value in fresh.items() if name != "_state"})
        one.__dict__["_prefetched_objects_cache"] = {}


def _shape_of(compiler: SQLCompiler, using: str) -> _Shape:
    made_of, select = cast(dict[str, Any], compiler.klass_info), cast(list[Any], compiler.select)
    start, end = made_of["select_fields"][0], made_of["select_fields"][-1] + 1
    names = [select[at][0].target.attname for at in range(start, end)]
    along = get_related_populators(made_of, select, using)  # type: ignore[call-arg]
    return _Shape(made_of["model"], names, start, end, along)


def _as_read(model: type[M], names: Sequence[str], values: Sequence[Any], using: str) -> M:
    """Return a row as `from_db` does, without asking each column how it wants to be set: none of these cares."""
    one = model.__new__(model)
    one.__dict__.update(zip(names, values, strict=True))
    state = ModelState()
    state.adding, state.db = False, using
    one._state = state
    return one


def _fetch_along(populator: RelatedPopulator, row: Sequence[Any], one: models.Model) -> None:
    """Set what `select_related` has fetched along, as Django's own `populate` does."""
    if populator.reorder_for_init:
        values = populator.reorder_for_init(row)
    else:
        values = row[populator.cols_start : populator.cols_end]
    if values[populator.pk_idx] is None:
        populator.local_setter(one, None)
        return
    other = _as_read(populator.model_cls, populator.init_list, values, populator.db)
    for further in populator.related_populators:
        _fetch_along(further, row, other)
    populator.local_setter(one, other)
    populator.remote_setter(other, one)
