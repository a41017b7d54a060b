"""Ways to see that a refused verb wrote nothing, and that an accepted one left no stale instance behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from claims.models import Claim, HistoryEntry
from claims.workflow import RuleBroken


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the register."""
    tables = apps.get_app_config("claims").get_models(include_auto_created=True)
    return {
        model._meta.label: [
            _plain(row) for row in model._default_manager.order_by("pk").values_list()
        ]
        for model in tables
    }


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


@contextmanager
def refused(
    match: str, *, field: str | None = None, error: type[Exception] = RuleBroken
) -> Iterator[None]:
    """Expect the block to be refused with `error`, naming `field` where given, and nothing written."""
    before = everything()
    with pytest.raises(error) as caught:
        yield
    assert everything() == before
    refusal = caught.value
    if field is not None:
        assert isinstance(refusal, ValidationError)
        assert list(refusal.message_dict) == [field]
    message = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
    assert match in message


def last_entry(claim: Claim) -> HistoryEntry:
    """Return the last entry on `claim`, read from the database."""
    return HistoryEntry.objects.filter(claim=claim).latest("number")


def stale_columns(instance: models.Model) -> list[str]:
    """Return the columns in which the caller's instance differs from its row."""
    row = type(instance)._default_manager.get(pk=instance.pk)
    return [
        field.name
        for field in instance._meta.concrete_fields
        if _comparable(getattr(instance, field.attname)) != _comparable(getattr(row, field.attname))
    ]


def _comparable(value: Any) -> Any:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else value
