"""Brings the readers' catalogue in step with what pages say, and compiles it. Needs GNU gettext.

The desk's own sentences are an operator's to translate (docs/configuration.md); of its verbs, only what readers are
told by their forms is taken in.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOLD_TO_READERS = {"reports.py", "inputs.py", "following.py", "__init__.py"}
NOT_FOR_READERS = (
    "claims/admin/*",
    "claims/desk_vocabulary.py",
    "claims/models/*",
    "claims/tasks/*",
    "templates/admin/*",
    "templates/mail/digest.*",
    "templates/mail/notice.*",
    "tests/*",
    "benchmarks/*",
    ".ci/*",
    "var/*",
    ".venv",
    ".venv/*",
)


def main() -> None:
    """Extract, then compile; what is no longer said is dropped."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ.setdefault("FACTCHECK_MODE", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    django.setup()
    settings.LOCALE_PATHS = [ROOT / "claims/locale"]
    # Where a module's own `_` is taken, it says `say`.
    Command.xgettext_options = [*Command.xgettext_options, "--keyword=say"]
    (ROOT / "claims/locale").mkdir(exist_ok=True)
    verbs = sorted((ROOT / "claims/workflow").glob("*.py"))
    left_out = [f"claims/workflow/{one.name}" for one in verbs if one.name not in TOLD_TO_READERS]
    left_out += NOT_FOR_READERS
    call_command(
        Command(),
        locale=["de"],
        extensions=["html", "py", "txt"],
        add_location="file",
        no_obsolete=True,
        ignore_patterns=left_out,
    )
    call_command("compilemessages", locale=["de"], ignore_patterns=[".venv", ".venv/*"])


if __name__ == "__main__":
    main()
