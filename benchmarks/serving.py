"""Measures what the register serves in a second, beside a plain DRF register of the same data and beside the limit.

Usage: python benchmarks/serving.py [--claims N] [--distinct N] [--engine sqlite postgresql] [--seconds N]
[--rounds N] [--concurrency N…] [--only W1 W5 …] [--reuse] [--prepare] [--save JSON] [--doc FILE]. Needs `wrk` on the
path, and says so.

A register is generated and rebuilt by `import_claims --format factcheck`; above --distinct claims it is made of
copies (`_grown.py`). Its documents are copied into the plain register of `benchmarks/plain`, which says what it is.
Each kind of work is asked of both and of the limit in turn, round after round, so that a busy moment hits all alike;
medians. The limit is the first answer as prebuilt bytes under the same server, or for lists and searches the SQL alone
in one process. All servers are granian with two workers of two threads. Every kind of answer is looked at before the
clock starts.

The register is served twice. `ours` has its default settings: what anybody may read is answered from memory, ahead of
Django, for as long as nothing at all was written since. `anew` has FACTCHECK_AHEAD_MB=0 and makes each answer anew, as
after every write. The targets are for the default settings; what a register that is written to all the time reaches
lies between the two. Where answers are kept, SQL alone is no limit: shares above 1 mean that none was asked.

W6 has no public address: nobody gives a verdict alone. It is measured on the verbs and on the plain register's
serializers, in processes of their own, and on copies of both databases; on PostgreSQL with a sealer beside them, as
`compose.yaml` has it. W7 is taken while the registers are made.
Prints rates and ratios, and ends with 1 where a target of `_workloads.py` is missed at eight connections. Only ratios
travel from one machine to another.

With --reuse, registers are kept in var/benchmarks and used again while generator and migrations are the same; with
--prepare as well, they are only made.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path

import _workloads
from _kept import KEPT, Asked, Register, answers, copied, drop_copies, forget, kept
from _lines import HEAD, Line, as_data, compact, show
from _register import SERVER
from _rounds import ANEW, JUDGED, OURS, PLAIN, importing, rounds, warm, writing
from _served import granian, memory_of, sealer
from _tables import between, markdown
from _workloads import Work, fetched, works

LOOKED_AT = 20  # answers of each kind


def main() -> None:
    """Measure one engine after the other."""
    options = arguments()
    if not shutil.which("wrk"):
        print("Skipped: wrk not found.")
        return
    missed: list[str] = []
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-", dir=options.folder) as name:
        root = options.root if options.reuse else Path(name)
        for engine in options.engine:
            if engine == "postgresql" and not answers(options.postgres):
                continue
            asked = Asked(
                engine, options.claims, options.distinct, options.postgres, root, plain=True
            )
            try:
                if options.prepare:
                    kept(asked)
                else:
                    missed += measure(asked, Path(name), lines, options)
            finally:
                if not options.reuse:
                    forget(asked)
    tell(lines, missed, options)


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--distinct", type=int, default=10_000, help="how many are not copies")
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--concurrency", type=int, nargs="+", default=[1, JUDGED, 64])
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--engine", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--folder", help="for what is thrown away; otherwise that of the system")
    parser.add_argument(
        "--reuse", action="store_true", help="keep the registers, and use kept ones"
    )
    parser.add_argument("--root", type=Path, default=KEPT, help="where they are kept")
    parser.add_argument("--prepare", action="store_true", help="only make what --reuse uses")
    parser.add_argument("--save", type=Path, help="a file for the figures, as JSON")
    parser.add_argument("--doc", type=Path, help="a page with markers for the tables")
    return parser.parse_args()


def tell(lines: list[Line], missed: list[str], options: argparse.Namespace) -> None:
    """Write the figures where they were asked for; end with 1 where a target was missed."""
    if options.save:
        found = {"claims": options.claims, "lines": as_data(lines), "missed": missed}
        options.save.write_text(json.dumps(found, indent=1) + "\n")
    for engine in options.engine if options.doc else ():
        if some := [one for one in lines if one.engine == engine]:
            between(options.doc, f"serving-{engine}", markdown(*compact(some)))
    if missed:
        sys.exit("Missed: " + "; ".join(missed))


def measure(
    asked: Asked, folder: Path, lines: list[Line], options: argparse.Namespace
) -> list[str]:
    """Measure one engine: what is read, then what is written; return what was missed."""
    register = kept(asked)
    print(f"== {asked.engine}, {asked.claims:,} claims, 2 workers", flush=True)
    show(HEAD)
    missed: list[str] = []
    for line, targets in measured(asked, register, folder, missed, options):
        lines.append(line)
        show(line.cells())
        if line.connections == JUDGED or line.key in ("W4", "W7"):
            missed += line.missed(targets)
    return missed


def measured(
    asked: Asked, register: Register, folder: Path, missed: list[str], options: argparse.Namespace
) -> Iterator[tuple[Line, _workloads.Targets]]:
    """Yield line after line of the table with what it must reach."""
    if not options.only or set(options.only) - {"W6", "W7"}:
        yield from served(asked, register, folder, missed, options)
    if not options.only or "W6" in options.only:
        yield from written(asked, register, folder, missed, options)
    if not options.only or "W7" in options.only:
        yield rebuilt(asked, register, missed), _workloads.REBUILDING


def served(
    asked: Asked, register: Register, folder: Path, missed: list[str], options: argparse.Namespace
) -> Iterator[tuple[Line, _workloads.Targets]]:
    """Serve the register twice, the plain one and the limit, and measure what is read."""
    register.collect()
    variables = register.variables(8441)
    prebuilt = folder / f"prebuilt-{asked.engine}"
    prebuilt.mkdir()
    with granian("factcheck.wsgi:application", 8441, variables) as head, ExitStack() as servers:
        chosen = [
            work
            for work in works(register.sample, register.made["documents"], OURS)
            if not options.only or work.key in options.only
        ]
        for work in chosen:
            (prebuilt / work.key).write_bytes(fetched(OURS + work.ours[0]))
        more = variables | {"PREBUILT": str(prebuilt)}
        beside = servers.enter_context(granian("plain.wsgi:application", 8442, more))
        servers.enter_context(granian("_prebuilt:application", 8443, more))
        anew = variables | {"FACTCHECK_AHEAD_MB": "0"}
        keeping_nothing = servers.enter_context(granian("factcheck.wsgi:application", 8444, anew))
        for work in chosen:
            look_at(work)
            warm(work)
            for connections in [1] if work.alone else options.concurrency:
                line = rounds(
                    asked.engine,
                    work,
                    connections,
                    seconds=options.seconds,
                    number=options.rounds,
                    variables=variables,
                )
                yield line, work.targets[asked.engine]
        ours, plain, least = map(memory_of, (head, beside, keeping_nothing))
    print(f"memory (PSS) of 2 workers: {ours:.0f} MiB, anew {least:.0f}, plain {plain:.0f}")
    if ours > plain:
        missed.append(f"{asked.engine} memory {ours:.0f} MiB of {plain:.0f}")


def look_at(work: Work) -> None:
    """Ask some of the addresses of both registers, and stop where an answer is not what it should be."""
    for base, paths in ((OURS, work.ours), (ANEW, work.ours), (PLAIN, work.plain)):
        for path in paths[:LOOKED_AT]:
            if not work.right(fetched(base + path)):
                sys.exit(f"{work.key}: not the answer that was asked for: {base}{path}")


def written(
    asked: Asked, register: Register, folder: Path, missed: list[str], options: argparse.Namespace
) -> Iterator[tuple[Line, _workloads.Targets]]:
    """Measure what is written, on copies of the databases."""
    ours, plain = copied(asked, register, folder)
    variables = register.variables(8441) | {"DATABASE_URL": ours, "PLAIN_DATABASE_URL": plain}
    in_production = sealer if asked.engine == "postgresql" else nullcontext
    try:
        with in_production(variables) as deployed:
            for writers in options.concurrency:
                line = writing(asked.engine, writers, options.seconds, 1, deployed)
                yield line, _workloads.WRITING
            batched = importing(asked.engine, options.seconds, 1, deployed)
    finally:
        drop_copies(asked)
    print(f"{batched:,.0f} verdicts a second, imported with their claims in batches of 100")
    if batched < _workloads.BATCHED:
        missed.append(f"{asked.engine} W6 batched {batched:.0f} of {_workloads.BATCHED}")


def rebuilt(asked: Asked, register: Register, missed: list[str]) -> Line:
    """Tell how quickly a register was taken in, when it was made."""
    ours, plain = register.made["rebuilt"], register.made["plain"]
    memory, most = ours["rss"], _workloads.REBUILDING_MEMORY
    print(f"memory (RSS) while rebuilding: {memory:.0f} MiB")
    if memory > most:
        missed.append(f"{asked.engine} W7 memory {memory:.0f} MiB of {most}")
    return Line(
        engine=asked.engine,
        key="W7",
        name="claims rebuilt",
        connections=1,
        ours=ours["rate"],
        plain=plain["rate"],
    )


if __name__ == "__main__":
    main()
