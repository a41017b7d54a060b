"""How the log of public acts is kept and followed."""

from __future__ import annotations

from environs import FileAwareEnv, validate

SEALERS = ("inline", "loop")


def log_options(env: FileAwareEnv) -> tuple[str, int]:
    """Return who gives public acts their places, and how many requests of a process may wait for the next act."""
    return (
        env.str("FACTCHECK_SEALING", "inline", validate=validate.OneOf(SEALERS)),
        env.int("FACTCHECK_API_WAITERS", 1, validate=validate.Range(min=0)),
    )
