#!/usr/bin/env python
"""The command line of the register; in development mode unless FACTCHECK_MODE says otherwise."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("FACTCHECK_MODE", "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.BASE_DIR  # noqa: B018  (reads all settings)
    except (ImproperlyConfigured, OSError, ValueError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
