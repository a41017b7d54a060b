"""What each database engine must be told so that an acknowledged act of the register is never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import FileAwareEnv, validate

KEPT_SECONDS = 60
# PostgreSQL keeps the plan of a statement that was sent this often, of those that ask by keys alone.
PREPARED_FROM = 5
# So many kB of SQLite's pages each connection keeps. A server has one for each thread, and asks as quickly with few:
# the system holds the file in memory once for all. A command that walks the whole register has one.
CACHE_OF_SERVERS, CACHE_OF_COMMANDS = 4_000, 32_000


def refuse_options(options: dict[str, Any], *names: str) -> None:
    """Raise ImproperlyConfigured where DATABASE_URL would undo what keeps acknowledged acts safe."""
    for name in names:
        if name in options or name in options.get("options", ""):
            raise ImproperlyConfigured(f"DATABASE_URL may not set {name}: the register does.")


def sqlite(config: dict[str, Any], statement_timeout_ms: int) -> dict[str, Any]:
    """Writers queue instead of failing, and an acknowledged act survives a power cut."""
    refuse_options(config.get("OPTIONS", {}), "init_command", "transaction_mode")
    Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    cache = CACHE_OF_SERVERS if statement_timeout_ms else CACHE_OF_COMMANDS  # only servers bound it
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        " PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        f" PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{cache}",
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
    options.setdefault("prepare_threshold", PREPARED_FROM)
    return {
        **config,
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


ENGINES = {"django.db.backends.sqlite3": sqlite, "django.db.backends.postgresql": postgresql}
POSTGRESQL = ("django.db.backends.postgresql",)
POOLERS = ("none", "transaction")


def databases(env: FileAwareEnv, var: Path, statement_timeout_ms: int) -> dict[str, Any]:
    """Return Django's DATABASES: the register's own, and a replica of it where FACTCHECK_REPLICA_URL names one.

    Raises ImproperlyConfigured for other engines, and for a replica or a pooler of anything but PostgreSQL.
    """
    primary = _configured(
        env.dj_db_url("DATABASE_URL", f"sqlite:///{var / 'factcheck.sqlite3'}"),
        "DATABASE_URL",
        statement_timeout_ms,
    )
    found = {"default": primary}
    if env.str("FACTCHECK_REPLICA_URL", ""):
        config = env.dj_db_url("FACTCHECK_REPLICA_URL")
        found["replica"] = _configured(config, "FACTCHECK_REPLICA_URL", statement_timeout_ms)
        found["replica"]["TEST"] = {"MIRROR": "default"}
    pooler = env.str("FACTCHECK_POOLER", "none", validate=validate.OneOf(POOLERS))
    on_sqlite = primary["ENGINE"] not in POSTGRESQL
    if on_sqlite and ("replica" in found or pooler != "none"):
        raise ImproperlyConfigured("Only PostgreSQL has replicas and poolers.")
    if pooler == "transaction":
        found = {alias: _pooled(config) for alias, config in found.items()}
    return found


def replica_lag(env: FileAwareEnv) -> float:
    """Return how many seconds what readers are shown may be behind."""
    return env.float("FACTCHECK_REPLICA_LAG", 2.0, validate=validate.Range(min=0, max=3600))


def _configured(config: Any, variable: str, statement_timeout_ms: int) -> dict[str, Any]:
    if config["ENGINE"] not in (ENGINES if variable == "DATABASE_URL" else POSTGRESQL):
        schemes = "sqlite:// or postgres://" if variable == "DATABASE_URL" else "postgres://"
        raise ImproperlyConfigured(f"{variable} must begin with {schemes}.")
    return ENGINES[config["ENGINE"]](dict(config), statement_timeout_ms)


def _pooled(config: dict[str, Any]) -> dict[str, Any]:
    """Each transaction may be another session: nothing of a session is kept, and none is told anything at its start."""
    of_sessions = ("options", "prepare_threshold")
    options = {name: one for name, one in config["OPTIONS"].items() if name not in of_sessions}
    return {**config, "OPTIONS": options, "DISABLE_SERVER_SIDE_CURSORS": True}
