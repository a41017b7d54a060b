"""Files on their way in, and statements as formats give them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from claims.desk_vocabulary import ImportFormat
from claims.interop.statements import Row
from claims.models import ImportRun, User
from claims.workflow import carry_out_import, confirm_import, preview_import, start_import
from claims.workflow.bringing_in import BringingIn, Line
from tests.interop.checks import answer, read


def rows_of(*answers: dict[str, Any], as_own: bool = False) -> list[Row]:
    return read(ImportFormat.GOOGLE, list(answers), as_own=as_own)


def brought(rows: Iterable[Row], by: User, *, dry_run: bool = False) -> list[Line]:
    """Bring rows in; return what became of them."""
    return [line for lines in BringingIn(by=by, dry_run=dry_run).run(rows) for line in lines]


def told(lines: Iterable[Line]) -> list[str]:
    return [f"{line.place.removeprefix('file0 ')}: {line.outcome.value}" for line in lines]


def sent(by: User, *answers: dict[str, Any], **options: Any) -> ImportRun:
    """A file that waits to be read."""
    data = json.dumps(list(answers or [answer()])).encode()
    return start_import(ImportFormat.GOOGLE, data, file_name="answers.json", by=by, **options)


def shown(by: User, *answers: dict[str, Any], **options: Any) -> ImportRun:
    """A file that was read and waits for a decision."""
    return preview_import(sent(by, *answers, **options), by=by)


def ended(by: User, *answers: dict[str, Any], **options: Any) -> ImportRun:
    """A file that was brought in."""
    run = confirm_import(shown(by, *answers, **options), by=by)
    return carry_out_import(run, by=by)
