"""What `import_claims --format` may name, and who brings each in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError

from claims.desk_vocabulary import ImportFormat
from claims.management.console import OperatorCommand
from claims.management.importing import bring_checks_in
from claims.management.restoring import rebuild

OF_OTHERS = ("as_own", "mapping", "report")
Importer = Callable[[OperatorCommand, dict[str, Any]], None]


def rebuild_register(command: OperatorCommand, options: dict[str, Any]) -> None:
    """Rebuild an empty register from its own export. Raises CommandError, also for what is meant for other formats."""
    needless = [f"--{name.replace('_', '-')}" for name in OF_OTHERS if options[name]]
    if needless or len(options["paths"]) > 1:
        told = " and ".join(needless) or "more than one path"
        raise CommandError(f"--format factcheck takes one export, whole: {told} cannot be used.")
    chosen = {name: options[name] for name in ("dry_run", "processes")}
    rebuild(options["paths"][0], out=command.stdout, **chosen)


IMPORTERS: dict[str, Importer] = {
    **{form.value: bring_checks_in for form in ImportFormat},
    "factcheck": rebuild_register,
}
