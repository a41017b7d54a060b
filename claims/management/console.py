"""What commands owe the person at the console: trouble from outside is one clear line, never a traceback."""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError

INTERRUPTED = 130
NOT_MIGRATED = ("no such table", "no such column")
NOT_MIGRATED_STATES = ("42P01", "42703")  # PostgreSQL's undefined_table, undefined_column


class OperatorCommand(BaseCommand):
    """A command of ours. `--traceback` still shows where trouble came from."""

    def run_from_argv(self, argv: list[str]) -> None:
        """Run as the command line asks. A reader who has read enough, as `head` does, is no trouble."""
        if sys.stdout is None:  # closed before the start
            sys.stderr.write("Standard output is closed.\n")
            sys.exit(1)
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors=ESCAPES)
        try:
            try:
                super().run_from_argv(argv)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            sys.stderr.write("Interrupted.\n")
            sys.exit(INTERRUPTED)
        except OSError as error:
            _end_without_output(error)
        except DatabaseError as error:
            told = trouble_with_database(error)
            if told is None or "--traceback" in argv:
                raise
            self.stderr.write(f"{CommandError.__name__}: {told}")
            sys.exit(1)


def _end_without_output(error: OSError) -> None:
    """Exit when nothing more can be written to standard output; any other error is raised again."""
    if error.errno not in (errno.EPIPE, errno.ENOSPC):
        raise error
    # The interpreter writes out at its end what is still held back, and would complain once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.ENOSPC:
        sys.stderr.write(f"Cannot write the output: {error.strerror}.\n")
    sys.exit(1)


def trouble_with_database(error: DatabaseError) -> str | None:
    """Return what an operator can do something about, or None for a mistake of ours."""
    told = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    state = getattr(error.__cause__, "sqlstate", None)
    if told.startswith(NOT_MIGRATED) or state in NOT_MIGRATED_STATES:
        return f"The database is not migrated ({told}). Run: manage.py migrate"
    if isinstance(error, OperationalError) or type(error) is DatabaseError:
        return f"The database cannot be used: {told}."
    return None


def escaped(error: UnicodeError) -> tuple[str, int]:
    """Write what the console's encoding does not have as an escape that JSON knows."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


ESCAPES = "factcheck.escapes"
codecs.register_error(ESCAPES, escaped)


def a_day(written: str) -> date:
    """Read a date given as an argument."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"{written!r} is not a date such as 2024-11-04") from None


def seconds(written: str) -> int:
    """Read a span of time given as an argument, in whole seconds."""
    if not (written.isascii() and written.isdigit() and int(written)):
        raise ArgumentTypeError(f"{written!r} is not a number of seconds above 0")
    return int(written)
