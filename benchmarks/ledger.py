"""Measures the record with all its promises kept: acts a second by one and by eight writers, imports, the check.

Usage: python benchmarks/ledger.py [--seconds N] [--claims N] [--postgres URL]. Writers are processes of their own.
SQLite runs in a temporary directory; PostgreSQL in a database made for the run and dropped after it, and is skipped
where no server answers. An act is add_evidence on a published claim: lock, replay, entry, row, cached columns,
stored document, commit. Guards, chain, synchronous writes: nothing is switched off.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
WRITERS, CLAIMS_EACH, BATCH = 8, 10, 100
Figures = dict[str, float]


def main() -> None:
    """Measure one engine after the other, or play one of the parts of a measurement."""
    options = arguments()
    if options.part:
        print(json.dumps(PARTS[options.part](options)))
        return
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        measure("SQLite", f"sqlite:///{folder}/ledger.sqlite3", folder, options)
        with scratch_database(options.postgres) as address:
            if address:
                measure("PostgreSQL", address, folder, options)


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement")
    parser.add_argument("--claims", type=int, default=1000, help="to import")
    parser.add_argument("--postgres", default=os.environ.get("DATABASE_URL_PG", SERVER))
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--writer", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--start", type=float, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    """Yield the address of a new database, or "" where no server answers."""
    import psycopg
    from psycopg import sql

    name = f"factcheck_bench_{uuid4().hex[:8]}"
    try:
        admin = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        print(f"PostgreSQL: skipped, {str(error).splitlines()[0]}")
        yield ""
        return
    with admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            admin.execute(drop)


def measure(engine: str, database: str, folder: str, options: argparse.Namespace) -> None:
    """Print the figures of one engine."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "FACTCHECK_MODE": "development",
        "FACTCHECK_DEBUG": "false",
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }
    play(["prepare"], options, environment)
    for label, part, writers in (
        ("1 writer", "write", 1),
        (f"{WRITERS} writers, claims of their own", "write", WRITERS),
        (f"{WRITERS} writers, one claim", "crowd", WRITERS),
    ):
        results = play([part] * writers, options, environment)
        acts = sum(one["acts"] for one in results) / options.seconds
        worst = max(one["worst"] for one in results)
        errors = sum(one["errors"] for one in results)
        print(f"{engine}: {label}: {acts:.0f} acts/s, worst {worst:.2f} s, {errors:.0f} errors")
    (imported,) = play(["bring"], options, environment)
    (checked,) = play(["check"], options, environment)
    print(
        f"{engine}: import: {imported['claims']:.0f} claims/s ({imported['entries']:.0f} entries/s),"
        f" peak memory {imported['memory']:.0f} MB"
    )
    print(
        f"{engine}: check of {checked['entries']:.0f} entries: {checked['speed']:.0f} entries/s,"
        f" {checked['findings']:.0f} findings"
    )


def play(
    parts: list[str], options: argparse.Namespace, environment: dict[str, str]
) -> list[Figures]:
    """Run the parts side by side, each in a process of its own; return what each found."""
    start = time.time() + 2 + len(parts) * 0.5
    common = [
        "--start",
        str(start),
        "--seconds",
        str(options.seconds),
        "--claims",
        str(options.claims),
    ]
    processes = [
        subprocess.Popen(
            [sys.executable, __file__, "--part", part, "--writer", str(number), *common],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for number, part in enumerate(parts)
    ]
    outputs = [process.communicate()[0] for process in processes]
    assert not any(process.returncode for process in processes), "a part of the run failed"
    return [json.loads(output) for output in outputs]


def set_up() -> None:
    """Make Django ready in a part's process."""
    import django

    django.setup()


def prepare(options: argparse.Namespace) -> Figures:
    """Migrate, and bring in the people and claims that the writers work on."""
    set_up()
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from claims.models import User

    call_command("migrate", verbosity=0)
    for role in ("Reviewer", "Importer"):
        User.objects.create(username=role).groups.add(Group.objects.get(name=role))
    bring_in("writers", (WRITERS + 1) * CLAIMS_EACH, evidence=0)
    return {}


def bring_in(source: str, claims: int, *, evidence: int = 3) -> None:
    """Import published claims through the verb, batch by batch."""
    from claims.models import User
    from claims.vocabulary import EvidenceKind, Stance, VerificationStatus
    from claims.workflow import (
        ClaimDraft,
        EvidenceDraft,
        ImportedClaim,
        ImportedVerdict,
        VerdictDraft,
        import_claims,
    )

    verdict = VerdictDraft(status=VerificationStatus.DISPUTED, rationale="What they found.")
    rows = [
        ImportedClaim(
            key=str(number),
            claim=ClaimDraft(wording=f"Statement {number} of a source."),
            evidence=[
                EvidenceDraft(
                    stance=Stance.REFUTES,
                    kind=EvidenceKind.DOCUMENT,
                    url=f"https://source{piece}.example/{number}",
                    excerpt="A sentence or two of what the source says about it. " * 4,
                )
                for piece in range(evidence)
            ],
            verdicts=[ImportedVerdict(draft=verdict)],
        )
        for number in range(claims)
    ]
    by = User.objects.get(username="Importer")
    for at in range(0, claims, BATCH):
        import_claims(rows[at : at + BATCH], source=source, origin="The source", by=by)


def write(options: argparse.Namespace, *, crowd: bool = False) -> Figures:
    """Add evidence until the time is up: on claims of one's own by turns, or all on one."""
    set_up()
    from django.db import connection

    from claims.models import Claim, User
    from claims.vocabulary import EvidenceKind, Stance
    from claims.workflow import EvidenceDraft, add_evidence

    by = User.objects.get(username="Reviewer")
    first = WRITERS * CLAIMS_EACH if crowd else options.writer * CLAIMS_EACH
    mine = list(Claim.objects.order_by("pk")[first : first + (1 if crowd else CLAIMS_EACH)])
    connection.ensure_connection()
    time.sleep(max(0, options.start - time.time()))
    acts, worst, errors, end = 0, 0.0, 0, time.monotonic() + options.seconds
    while (began := time.monotonic()) < end:
        url = f"https://source{options.writer}.example/{acts}"
        draft = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.DOCUMENT, url=url)
        try:
            add_evidence(mine[acts % len(mine)], draft, by=by)
            acts += 1
        except Exception as error:  # noqa: BLE001  (whatever goes wrong is counted and shown)
            errors += 1
            print(f"writer {options.writer}: {error!r}", file=sys.stderr)
        worst = max(worst, time.monotonic() - began)
    return {"acts": acts, "worst": worst, "errors": errors}


def crowd(options: argparse.Namespace) -> Figures:
    """Write beside all others on one claim."""
    return write(options, crowd=True)


def bring(options: argparse.Namespace) -> Figures:
    """Import claims with three pieces of evidence and a verdict each."""
    set_up()
    began = time.monotonic()
    bring_in("import", options.claims)
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    speed = options.claims / seconds
    return {"claims": speed, "entries": speed * 5, "memory": memory}


def check(options: argparse.Namespace) -> Figures:
    """Check the whole register that the other parts left behind."""
    set_up()
    from claims.models import HistoryEntry
    from claims.workflow.checking import check_register

    entries, began = HistoryEntry.objects.count(), time.monotonic()
    findings = sum(1 for _ in check_register())
    seconds = time.monotonic() - began
    return {"entries": entries, "speed": entries / seconds, "findings": findings}


PARTS = {"prepare": prepare, "write": write, "crowd": crowd, "bring": bring, "check": check}

if __name__ == "__main__":
    main()
