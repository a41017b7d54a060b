"""How the log of public acts is kept, followed and exported; and what is answered from memory."""

from __future__ import annotations

from pathlib import Path

from environs import FileAwareEnv, validate

from factcheck import __version__

SEALERS = ("inline", "loop")


def log_options(env: FileAwareEnv) -> tuple[str, int]:
    """Return who gives public acts their places, and how many requests of a process may wait for the next act."""
    return (
        env.str("FACTCHECK_SEALING", "inline", validate=validate.OneOf(SEALERS)),
        env.int("FACTCHECK_API_WAITERS", 1, validate=validate.Range(min=0)),
    )


def export_options(env: FileAwareEnv, var: Path) -> tuple[str, Path, int]:
    """Return which program exports say made them, where those for readers lie, and how many of them are kept.

    `var` is the folder of everything that changes.
    """
    return (
        __version__,
        env.path("FACTCHECK_EXPORTS_DIR", var / "exports"),
        env.int("FACTCHECK_EXPORTS_KEPT", 7, validate=validate.Range(min=1)),
    )


def memory_options(env: FileAwareEnv, mode: str) -> int:
    """Return how many megabytes of answers a server process keeps; none where templates are being worked on."""
    default = 0 if mode == "development" else 32
    return env.int("FACTCHECK_AHEAD_MB", default, validate=validate.Range(min=0, max=100_000))
