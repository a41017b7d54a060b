"""What migrations of the roles share: giving the groups further permissions, and taking them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVERYBODY = ("Contributor", "Reviewer", "Editor", "Importer")
DESK = ("Contributor", "Reviewer", "Editor")


def grant(permissions: Mapping[tuple[str, str], Iterable[str]]) -> migrations.RunPython:
    """Return the operation that gives each permission, named by model and codename, to groups; reversible.

    Such as `grant({("claim", "merge_claimants"): ["Editor"]})`.
    """

    def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        groups = _groups(apps, schema_editor)
        for (model, codename), names in permissions.items():
            permission = _permission(apps, schema_editor, model, codename)
            for name in names:
                groups.get(name=name).permissions.add(permission)

    def take(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        groups = _groups(apps, schema_editor)
        for (model, codename), names in permissions.items():
            permission = _permission(apps, schema_editor, model, codename)
            for group in groups.filter(name__in=list(names)):
                group.permissions.remove(permission)

    return migrations.RunPython(give, take)


def viewing(models: Iterable[str], groups: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the permissions to look at rows of `models`, for `groups`."""
    return {(model, f"view_{model}"): tuple(groups) for model in models}


def _groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> Any:
    return apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)


def _permission(
    apps: Apps, schema_editor: BaseDatabaseSchemaEditor, model: str, codename: str
) -> Any:
    alias = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    content_type, _ = types.get_or_create(app_label="claims", model=model)
    found, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": codename.replace("_", " ").capitalize()},
        )
    )
    return found
