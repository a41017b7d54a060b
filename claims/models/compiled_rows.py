"""Whole rows, and deletions, by SQL that is written once: what every act asks on its way, under its claim's lock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connections, models, router, transaction
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql import DeleteQuery
from django.db.models.sql.compiler import SQLCompiler

from claims.models.compiled import STANDINS, Read, Written
from claims.models.compiled_sending import Statement

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where in a row that was read its model's own columns stand, what was fetched along and what was added."""

    model: type[models.Model]
    names: Sequence[str]
    start: int
    end: int
    along: Sequence[RelatedPopulator]
    added: Mapping[str, int]


class CompiledDelete:
    """The deletion of the rows of `model` with one key, to which no others belong."""

    def __init__(
        self, model: type[models.Model], read: Callable[[int], models.QuerySet[Any, Any]]
    ) -> None:
        self._model, self._read = model, read
        self._known: dict[str, Statement] = {}

    def delete(self, key: int) -> int:
        """Delete what has this key and return how many that were; one query."""
        using = router.db_for_write(self._model)
        statement = self._known.get(using) or self._write(using)
        with transaction.mark_for_rollback_on_error(using=using):
            return statement.changed(connections[using], [key])

    def _write(self, using: str) -> Statement:
        standin = STANDINS[int](0)
        query = self._read(standin).query.chain(klass=DeleteQuery)
        sql, values = query.get_compiler(using).as_sql()
        if tuple(values) != (standin,):
            raise ValueError(f"This deletion cannot be compiled: {sql}")
        return self._known.setdefault(using, Statement.on(connections[using], sql))


class CompiledRows(Read, Generic[M]):
    """A read of whole rows by keys, or by values of other `kinds`, and of others that are fetched along."""

    def __init__(
        self,
        model: type[M],
        read: Callable[..., models.QuerySet[M, Any]],
        *,
        keys: int = 1,
        kinds: Sequence[type] = (),
    ) -> None:
        super().__init__(model, read, kinds=kinds or (int,) * keys)
        self._shapes: dict[str, _Shape] = {}

    def rows(self, *keys: Any) -> list[M]:
        """Return what the read finds for `keys`; one query."""
        written, found = self._asked(keys)
        shape = self._shapes.get(written.using) or self._shape(written)
        model, using = cast(type[M], shape.model), written.using
        rows: list[M] = []
        for row in written.converted(found):
            one = _as_read(model, shape.names, row[shape.start : shape.end], using)
            for populator in shape.along:
                _fetch_along(populator, row, one)
            one.__dict__.update({name: row[at] for name, at in shape.added.items()})
            rows.append(one)
        return rows

    def _shape(self, written: Written) -> _Shape:
        shape = _shape_of(written.compiler, written.using)
        return self._shapes.setdefault(written.using, shape)

    def first(self, *keys: Any) -> M | None:
        """Return the first row that the read finds, if there is one."""
        rows = self.rows(*keys)
        return rows[0] if rows else None

    def get(self, *keys: Any) -> M:
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
    added = compiler.annotation_col_map or {}
    return _Shape(made_of["model"], names, start, end, along, added)


def _as_read(model: type[M], names: Sequence[str], values: Sequence[Any], using: str) -> M:
    """Return a row as `from_db` does, without asking each column how it wants to be set: none of these cares."""
    one, state = model.__new__(model), ModelState()
    state.adding, state.db = False, using
    one.__dict__ = dict(zip(names, values, strict=True), _state=state)
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
