"""New rows in fewer steps than a model's own `__init__` takes: an act makes several, an import thousands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class _Blank:
    """What a new row of a model holds before anything is said, what makes the rest, and the column of each relation."""

    values: Mapping[str, Any]
    makers: tuple[tuple[str, Callable[[], Any]], ...]
    relations: Mapping[str, str]


def made(model: type[M], **said: Any) -> M:
    """Return a new row, unsaved, as `model(**said)` does; no signal tells of it.

    Raises TypeError for what the model has no column for.
    """
    blank = _blank(model)
    held = dict(blank.values)
    for name, make in blank.makers:
        if name not in said:
            held[name] = make()
    state, related = ModelState(), {}
    for name, value in said.items():
        if column := blank.relations.get(name):
            related[name] = value
            held[column] = None if value is None else value.pk
        elif name in held:
            held[name] = value
        else:
            raise TypeError(f"{model.__name__} has no column {name}")
    state.fields_cache = related
    one = model.__new__(model)
    one.__dict__ = {"_state": state, **held}
    return one


@cache
def _blank(model: type[models.Model]) -> _Blank:
    fields = model._meta.concrete_fields
    drawn = [one for one in fields if one.has_default() and callable(one.default)]
    makers = {one.attname: one.get_default for one in drawn}
    values = {one.attname: None if one.attname in makers else one.get_default() for one in fields}
    relations = {one.name: one.attname for one in fields if one.is_relation}
    return _Blank(values, tuple(makers.items()), relations)
