"""What a shared cache raises where it does not answer, whatever cache that is."""

from __future__ import annotations

import sys


def silence() -> tuple[type[Exception], ...]:
    """Return what to catch. Redis' client is large: where nobody has loaded it, nobody can have been let down by it."""
    client = sys.modules.get("redis.exceptions")
    return (client.RedisError,) if client else ()
