"""Measures the way of a whole register: generated, rebuilt from the file, found by its words, exported again, compared.

Usage: python benchmarks/load.py [--claims N] [--postgres URL] [--generate FOLDER | --into DATABASE_URL]. With
`--generate` it only writes the file, with `--into` it fills one database that other benchmarks go on with.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _register import SERVER, scratch_database, set_up

EXPORT = "generated"


def main() -> None:
    """Measure SQLite, and PostgreSQL where one answers."""
    options = arguments()
    if options.part:
        PARTS[options.part](options)
        return
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-", dir=options.folder) as folder:
        kept = options.generate or options.file or f"{folder}/{EXPORT}"
        if not options.file:
            run("generate", f"sqlite:///{folder}/none.sqlite3", folder, kept, options)
        if options.generate:
            return
        if options.into:
            run("rebuild", options.into, folder, kept, options)
            return
        for engine in (f"sqlite:///{folder}/load.sqlite3", ""):
            with scratch_database(options.postgres) as postgres:
                if database := engine or postgres:
                    for part in ("rebuild", "find", "export", "check"):
                        run(part, database, folder, kept, options)


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--folder", help="for what is thrown away; otherwise that of the system")
    parser.add_argument("--generate", help="only write the file, beneath this folder")
    parser.add_argument("--file", help="a folder with one generated before")
    parser.add_argument("--into", help="the address of an empty database to fill and keep")
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    parser.add_argument("--var", help=argparse.SUPPRESS)
    return parser.parse_args()


def run(part: str, database: str, folder: str, kept: str, options: argparse.Namespace) -> None:
    """Run one part in a process of its own, so that its memory is its own."""
    told = {
        "part": part,
        "database": database,
        "var": folder,
        "file": kept,
        "claims": options.claims,
        "seed": options.seed,
        "processes": options.processes,
    }
    command = [sys.executable, __file__, *(f"--{name}={value}" for name, value in told.items())]
    subprocess.run(command, check=True)


def said(what: str, begun: tuple[float, float], number: int, unit: str) -> None:
    """Print how long something took, how quick that is, and the most memory that any process of it had."""
    taken, spent = (now - then for now, then in zip(clocks(), begun, strict=True))
    own, others = (
        resource.getrusage(who).ru_maxrss // 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{what}: {taken:.1f} s, {number / taken:.0f} {unit}/s; {spent:.1f} s of processors,"
        f" {1000 * spent / number:.2f} ms each; at most {own} MiB, its helpers {others} MiB",
        flush=True,
    )


def clocks() -> tuple[float, float]:
    """Return the time, and what this process and those it waited for had of the processors, in seconds."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def generate(options: argparse.Namespace) -> None:
    """Write the file."""
    set_up(options.database, options.var)
    from _generated import write_generated

    started = clocks()
    folder = write_generated(
        Path(options.file), claims=options.claims, seed=options.seed, processes=options.processes
    )
    said(f"generated {folder}", started, options.claims, "claims")


def rebuild(options: argparse.Namespace) -> None:
    """Rebuild an empty register from the file."""
    set_up(options.database, options.var)
    from django.core.management import call_command
    from django.db import connection

    (folder,) = Path(options.file).iterdir()
    started = clocks()
    call_command(
        "import_claims", folder, format="factcheck", processes=options.processes, stdout=sys.stdout
    )
    said(f"{connection.vendor}: rebuilt", started, options.claims, "claims")


def find(options: argparse.Namespace) -> None:
    """Find claims by words of their own."""
    set_up(options.database, options.var)
    from django.db import connection

    from claims.models import Claim
    from claims.search import public

    told = [claim.wording.strip(".").split() for claim in Claim.objects.order_by("-pk")[:50]]
    words = [sorted(some, key=len)[-2:] for some in told]  # the longest: no search looks for “the”
    started = clocks()
    found = [len(public.find_published(" ".join(some))[:20]) for some in words]
    if not all(found):
        sys.exit("a claim is not found by its words")
    said(f"{connection.vendor}: found", started, len(words), "searches")


def export(options: argparse.Namespace) -> None:
    """Export it again, and compare the files."""
    set_up(options.database, options.var)
    from django.db import connection

    from claims.exports.writing import write_export

    started = clocks()
    again = write_export(Path(options.var) / f"again-{connection.vendor}")
    said(f"{connection.vendor}: exported", started, options.claims, "claims")
    (folder,) = Path(options.file).iterdir()
    unlike = [
        path.name
        for path in folder.glob("*.ndjson.gz")
        if path.read_bytes() != (again.folder / path.name).read_bytes()
    ]
    print(f"{connection.vendor}: files that differ: {unlike or 'none'}", flush=True)


def check(options: argparse.Namespace) -> None:
    """Check some of the claims as `check_history` does."""
    set_up(options.database, options.var)
    from claims.models import Claim
    from claims.workflow.checking import check_claim

    claims = Claim.objects.order_by("?")[:500]
    started = clocks()
    findings = [finding for claim in claims for finding in check_claim(claim)]
    said(f"checked, {len(findings)} findings", started, len(claims), "claims")


PARTS = {"generate": generate, "rebuild": rebuild, "find": find, "export": export, "check": check}

if __name__ == "__main__":
    main()
