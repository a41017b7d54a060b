"""The Django app that holds the register, and its one use of signals: the guards follow every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class ClaimsConfig(AppConfig):
    """The register of public claims."""

    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the guards taken down while tables are rebuilt, and put up again after."""
        from claims.history import startup  # noqa: F401  (registers the check of the guards)

        pre_migrate.connect(take_guards_down, sender=self)
        post_migrate.connect(put_guards_up, sender=self)


def take_guards_down(*, using: str, plan: list[Any], **kwargs: Any) -> None:
    """Before a migrate that changes something: SQLite rebuilds tables, which guards would stop."""
    from claims.history import triggers

    if plan:
        triggers.drop_for_migration(connections[using])


def put_guards_up(*, using: str, **kwargs: Any) -> None:
    """After every migrate, whether or not it changed anything."""
    from claims.history import triggers

    if triggers.tables_exist(connections[using]):
        triggers.install(connections[using])
