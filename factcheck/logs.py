"""Where the server's words go: one plain line each, to standard error, for whatever collects them."""

from __future__ import annotations

from typing import Any


def logging_of(level: str) -> dict[str, Any]:
    """Return Django's LOGGING for everything at `level` and above."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"handlers": [], "level": level}},
    }
