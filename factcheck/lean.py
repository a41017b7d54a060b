"""Loads the API's framework without the packages it would only use if they are there."""

from __future__ import annotations

import sys

# For its tests, coloured code in a browsable API, and fields of PostgreSQL's own in serializers made from models. The
# register has none of these; loaded, they take a fifth of what a server's process does.
UNUSED = ("django.contrib.postgres.fields", "pygments", "requests")


def load_framework() -> None:
    """Load what the framework looks for, once, while these look as if they were not installed."""
    hidden = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "there is no such package"
    try:
        import rest_framework.compat  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]
