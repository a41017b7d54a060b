"""Rows as earlier versions of the program wrote them, to see that the present one still reads and proves them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import models, transaction

RECORDS = sorted((Path(__file__).parents[1] / "fixtures" / "records").glob("*.json"))


@transaction.atomic  # keys are checked at its end, whatever the order of the tables
def restore(path: Path, apps: Apps) -> None:
    """Put the rows of a file back into the tables of `apps`; binary values are written in base64 there."""
    for name, rows in json.loads(path.read_text(encoding="utf-8")).items():
        model = apps.get_model("claims", name)
        model._default_manager.bulk_create(_row(model, values) for values in rows)


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items()})
