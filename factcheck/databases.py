"""What each database engine must be told so that an acknowledged act of the register is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

KEPT_SECONDS = 60


def refuse_options(options: dict[str, Any], *names: str) -> None:
    """Raise ImproperlyConfigured where DATABASE_URL would undo what keeps acknowledged acts safe."""
    for name in names:
        if name in options or name in options.get("options", ""):
            raise ImproperlyConfigured(f"DATABASE_URL may not set {name}: the register does.")


def sqlite(config: dict[str, Any], statement_timeout_ms: int) -> dict[str, Any]:
    """Writers queue instead of failing, and an acknowledged act survives a power cut."""
    refuse_options(config.get("OPTIONS", {}), "init_command", "transaction_mode")
    Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        " PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        " PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000",
    }
    options |= config.get("OPTIONS", {})
    return {**config, "CONN_MAX_AGE": KEPT_SECONDS, "OPTIONS": options}


def postgresql(config: dict[str, Any], statement_timeout_ms: int) -> dict[str, Any]:
    """Connections are kept and checked; only the servers bound how long a statement may take."""
    options = dict(config.get("OPTIONS", {}))
    refuse_options(options, "synchronous_commit", "session_replication_role")
    # Compiling the statement of a list of the past takes seconds, running it milliseconds. DATABASE_URL can say jit=on
    chosen = f"-c jit=off {options.get('options', '')}".strip()
    if statement_timeout_ms:
        chosen += f" -c statement_timeout={statement_timeout_ms}"
    options["options"] = chosen
    return {
        **config,
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


ENGINES = {"django.db.backends.sqlite3": sqlite, "django.db.backends.postgresql": postgresql}
