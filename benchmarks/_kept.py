"""Registers that benchmarks share: generated, rebuilt and filled once, kept, and used again while they still fit.

A folder holds one register of one engine: what was written down about its making, documents that are asked for, and on
SQLite the databases themselves. At most `distinct` claims are generated and rebuilt through the register's own door;
a larger one is made of copies of them (`_grown.py`). VERSION changes with what the generator makes, PLAIN_VERSION with
the plain register alone, which is then made anew beside a register that is kept.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _served import ROOT, environment

VERSION = 1
PLAIN_VERSION = 2
KEPT = ROOT / "var/benchmarks"
MIGRATIONS = sorted(path.name for path in (ROOT / "claims/migrations").glob("0*.py"))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which register is wanted: how large, on what engine, whether with the plain one beside it, and where."""

    engine: str
    claims: int
    distinct: int
    server: str  # of PostgreSQL
    root: Path
    plain: bool

    @property
    def folder(self) -> Path:
        """Return where it is kept."""
        return self.root / f"{self.engine}-{self.claims}"

    def wanted(self) -> dict[str, Any]:
        """Return what must have been written down for a kept one to do."""
        own = min(self.claims, self.distinct)
        return {"version": VERSION, "distinct": own, "migration": MIGRATIONS[-1]}


@dataclass(frozen=True, slots=True)
class Register:
    """A register that is ready, and what was measured while it was made."""

    folder: Path
    ours: str
    plain: str
    made: Mapping[str, Any]

    @property
    def sample(self) -> Path:
        """Return the file of the documents that are asked for."""
        return self.folder / "sample.ndjson"

    def variables(self, port: int) -> dict[str, str]:
        """Return the environment in which it is served."""
        return environment(self.folder, self.ours, port) | {"PLAIN_DATABASE_URL": self.plain}

    def collect(self) -> None:
        """Gather the static files that pages name, as every server in production has them."""
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=self.variables(1), check=True)


def kept(asked: Asked) -> Register:
    """Return the register, made now unless one is kept that does."""
    marker, folder = asked.folder / "made.json", asked.folder
    made = json.loads(marker.read_text()) if marker.is_file() else {}
    if any(made.get(name) != value for name, value in asked.wanted().items()):
        forget(asked)
        made = asked.wanted()
    if made.get("plain_version") != PLAIN_VERSION:
        made = {name: value for name, value in made.items() if name != "plain"}
        made["plain_version"] = PLAIN_VERSION
    folder.mkdir(parents=True, exist_ok=True)
    register = Register(folder, *_addresses(asked), made=made)
    for part, make in PARTS.items():
        if part not in made and (asked.plain or part != "plain"):
            made[part] = make(asked, register)
            marker.write_text(json.dumps(made))
    return register


def forget(asked: Asked) -> None:
    """Throw a kept register away."""
    shutil.rmtree(asked.folder, ignore_errors=True)
    if asked.engine == "postgresql":
        for name in _names(asked.claims):
            _administer(asked.server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def copied(asked: Asked, register: Register, to: Path) -> tuple[str, str]:
    """Return the addresses of copies of both databases, for what writes; the caller drops them with `drop_copies`."""
    if asked.engine == "sqlite":
        for name in ("ours", "plain"):
            shutil.copyfile(asked.folder / f"{name}.sqlite3", to / f"{name}.sqlite3")
        return f"sqlite:///{to}/ours.sqlite3", f"sqlite:///{to}/plain.sqlite3"
    copies = []
    for name in _names(asked.claims):
        _administer(asked.server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", f"{name}_copy")
        _administer(asked.server, "CREATE DATABASE {} TEMPLATE {}", f"{name}_copy", name)
        copies.append(f"{_base(asked.server)}/{name}_copy")
    return copies[0], copies[1]


def drop_copies(asked: Asked) -> None:
    """Drop what `copied` made on PostgreSQL; on SQLite it goes with its folder."""
    for name in _names(asked.claims) if asked.engine == "postgresql" else ():
        _administer(asked.server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", f"{name}_copy")


def run(
    script: str, *given: str, variables: Mapping[str, str] | None = None, more: str = ""
) -> str:
    """Run another program of this folder and return what it printed, which is shown as well."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *given]
    done = subprocess.run(
        command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True, input=more
    )
    return done.stdout


def answers(server: str) -> bool:
    """Return whether the PostgreSQL server answers."""
    import psycopg

    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        print(f"PostgreSQL: skipped, {str(error).splitlines()[0]}")
        return False
    return True


def _rebuilt(asked: Asked, register: Register) -> dict[str, float]:
    """Fill the register from a generated file; return the rate and the memory of its processes (MiB)."""
    own = min(asked.claims, asked.distinct)
    generated = asked.root / f"generated-{VERSION}-{own}"
    if not (generated / "whole").is_file():
        shutil.rmtree(generated, ignore_errors=True)
        run("load.py", "--generate", str(generated / "export"), "--claims", str(own))
        (generated / "whole").touch()
    if asked.engine == "postgresql":
        for name in _names(asked.claims):
            _administer(asked.server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            _administer(asked.server, "CREATE DATABASE {}", name)
    else:
        for path in asked.folder.glob("*.sqlite3*"):
            path.unlink()
    export = str(generated / "export")
    told = run("load.py", "--file", export, "--into", register.ours, "--claims", str(own))
    found = re.search(r"rebuilt: [\d.]+ s, (\d+) claims/s;.*at most (\d+) MiB", told)
    assert found, told
    print(f"{asked.engine}: {own:,} claims rebuilt, {found[1]} a second", flush=True)
    return {"rate": float(found[1]), "rss": float(found[2])}


def _grown(asked: Asked, register: Register) -> bool:
    if asked.claims > asked.distinct:
        run("_grown.py", str(asked.claims), variables=register.variables(1))
    return True


def _documents(asked: Asked, register: Register) -> int:
    return int(run("_documents.py", str(asked.folder), variables=register.variables(1)))


def _plain(asked: Asked, register: Register) -> Any:
    for path in asked.folder.glob("plain.sqlite3*"):
        path.unlink()
    if asked.engine == "postgresql":
        name = _names(asked.claims)[1]
        _administer(asked.server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        _administer(asked.server, "CREATE DATABASE {}", name)
    run("_documents.py", str(asked.folder), "all", variables=register.variables(1))
    every = asked.folder / "all.ndjson"
    try:
        return json.loads(run("_plain_fill.py", str(every), variables=register.variables(1)))
    finally:
        every.unlink()


def _names(claims: int) -> tuple[str, str]:
    return f"fc_bench_{claims}", f"fc_bench_{claims}_plain"


def _addresses(asked: Asked) -> tuple[str, str]:
    if asked.engine == "sqlite":
        folder = asked.folder.resolve()
        return f"sqlite:///{folder}/ours.sqlite3", f"sqlite:///{folder}/plain.sqlite3"
    ours, plain = _names(asked.claims)
    return f"{_base(asked.server)}/{ours}", f"{_base(asked.server)}/{plain}"


def _base(server: str) -> str:
    return server.rsplit("/", 1)[0]


def _administer(server: str, statement: str, *names: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


PARTS = {"rebuilt": _rebuilt, "grown": _grown, "documents": _documents, "plain": _plain}
