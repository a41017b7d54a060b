"""What `import_claims --format` may name, and who brings each in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from claims.desk_vocabulary import ImportFormat
from claims.management.console import OperatorCommand
from claims.management.importing import bring_checks_in

Importer = Callable[[OperatorCommand, dict[str, Any]], None]
IMPORTERS: dict[str, Importer] = {
    **{form.value: bring_checks_in for form in ImportFormat},
}
