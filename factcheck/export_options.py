"""Where the exports for readers lie, how many are kept, and which program they say made them."""

from __future__ import annotations

from pathlib import Path

from environs import FileAwareEnv, validate

from factcheck import __version__


def export_options(env: FileAwareEnv, var: Path) -> dict[str, object]:
    """Return the settings of exports; `var` is the folder of everything that changes."""
    return {
        "FACTCHECK_VERSION": __version__,
        "FACTCHECK_EXPORTS_DIR": env.path("FACTCHECK_EXPORTS_DIR", var / "exports"),
        "FACTCHECK_EXPORTS_KEPT": env.int(
            "FACTCHECK_EXPORTS_KEPT", 7, validate=validate.Range(min=1)
        ),
    }
