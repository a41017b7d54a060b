"""The Django app that holds the register, and its one use of signals: guards and index follow every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_migrate


class ClaimsConfig(AppConfig):
    """The register of public claims."""

    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the guards taken down while tables are rebuilt, and put up again after."""
        from claims import tasks  # noqa: F401  (declares what workers carry out)
        from claims.history import startup  # noqa: F401  (registers the check of the guards)
        from claims.search import index  # noqa: F401  (registers the check of the index)

        pre_migrate.connect(take_guards_down, sender=self)
        post_migrate.connect(put_guards_up, sender=self)
        post_migrate.connect(bring_index_in_step, sender=self)


def take_guards_down(*, using: str, plan: list[Any], **kwargs: Any) -> None:
    """Before a migrate that changes this app's tables: SQLite rebuilds them, which guards would stop.

    Migrations of other apps change none of them, so servers may go on writing behind their guards meanwhile.
    """
    from claims.history import triggers

    if any(migration.app_label == "claims" for migration, _ in plan):
        triggers.drop_for_migration(connections[using])


def put_guards_up(*, using: str, **kwargs: Any) -> None:
    """After every migrate: all anew, in one step, unless all of them stand as they should."""
    from claims.history import triggers

    connection = connections[using]
    if triggers.tables_exist(connection) and not triggers.in_place(connection):
        with transaction.atomic(using=using):
            triggers.install(connection)


def bring_index_in_step(*, using: str, **kwargs: Any) -> None:
    """After every migrate, and after a flush, which knows nothing of the index: it has as many claims as stand."""
    from claims.search import index

    index.follow_migrations(connections[using])
