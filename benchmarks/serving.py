"""Measures what the register serves in a second, beside a plain DRF register of the same data and beside the limit.

Usage: python benchmarks/serving.py [--claims N] [--seconds N] [--rounds N] [--connections N…] [--only W1 W5 …]
[--engine sqlite postgresql] [--postgres URL] [--folder FOLDER]. Needs `wrk` on the path, and says so.

A register is generated and rebuilt by `import_claims --format factcheck`, and its documents are copied into the plain
register of `benchmarks/plain`. Each kind of work is asked of both and of the limit in turn, round after round, so that
a busy moment hits all alike; medians. The limit is the first answer as prebuilt bytes under the same server, or for
lists and searches the SQL alone in one process. All three servers are granian with two workers of two threads.

Prints requests a second and ratios, and ends with 1 where a target of the table in `_workloads.py` is missed at eight
connections. Only the ratios travel from one machine to another.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from _load import Reached, ask, middle
from _register import SERVER, scratch_database
from _served import ROOT, environment, granian, memory_of
from _workloads import Targets, Work, works

OURS, PLAIN, LIMIT = (f"http://127.0.0.1:{port}" for port in (8441, 8442, 8443))
JUDGED = 8  # connections
WARM = 1  # seconds
SLOWEST = 0.2  # of the plain register's 99th percentile, at most


@dataclass(slots=True)
class Measured:
    """The rounds of one kind of work at one number of connections."""

    ours: list[Reached] = field(default_factory=list)
    plain: list[Reached] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)


def main() -> None:
    """Measure one engine after the other."""
    options = arguments()
    if not shutil.which("wrk"):
        print("Skipped: wrk not found.")
        return
    missed = []
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-", dir=options.folder) as name:
        folder = Path(name)
        generated = options.file or generate(folder, options.claims)
        for engine in options.engine:
            with databases(engine, folder, options.postgres) as addresses:
                if addresses:
                    missed += measure(engine, folder, generated, addresses, options)
    if missed:
        sys.exit("Missed: " + "; ".join(missed))


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, JUDGED, 64])
    parser.add_argument("--only", nargs="+", default=[])
    parser.add_argument("--engine", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--folder", help="for what is thrown away; otherwise that of the system")
    parser.add_argument("--file", help="a folder with a register generated before")
    return parser.parse_args()


def generate(folder: Path, claims: int) -> str:
    """Write the register as a file, and return its folder."""
    run("load.py", "--generate", f"{folder}/generated", "--claims", str(claims))
    return f"{folder}/generated"


@contextmanager
def databases(engine: str, folder: Path, server: str) -> Iterator[tuple[str, str] | None]:
    """Yield the addresses of two new databases, or None where the engine does not answer."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/ours.sqlite3", f"sqlite:///{folder}/plain.sqlite3"
        return
    with scratch_database(server) as ours, scratch_database(server) as plain:
        yield (ours, plain) if ours and plain else None


def measure(
    engine: str,
    folder: Path,
    generated: str,
    addresses: tuple[str, str],
    options: argparse.Namespace,
) -> list[str]:
    """Fill both registers, serve them with the limit, take the rounds; return what was missed."""
    ours, plain = addresses
    variables = environment(folder, ours, 8441) | {"PLAIN_DATABASE_URL": plain}
    documents = folder / f"documents-{engine}"
    run("load.py", "--file", generated, "--into", ours, "--claims", str(options.claims))
    run("_documents.py", str(documents), variables=variables)
    run("_plain_fill.py", str(documents), variables=variables)
    prebuilt = folder / f"prebuilt-{engine}"
    prebuilt.mkdir()
    with granian("factcheck.wsgi:application", 8441, variables) as head:
        chosen = [
            work for work in works(documents, OURS) if not options.only or work.key in options.only
        ]
        for work in chosen:
            (prebuilt / work.key).write_bytes(fetched(OURS + work.ours[0]))
        more = variables | {"PREBUILT": str(prebuilt)}
        with ExitStack() as servers:
            beside = servers.enter_context(granian("plain.wsgi:application", 8442, more))
            servers.enter_context(granian("_prebuilt:application", 8443, more))
            missed = list(rounds(engine, chosen, variables, options))
            print(
                f"memory (PSS): {memory_of(head):.0f} MiB, the plain register {memory_of(beside):.0f} MiB"
            )
    return missed


def rounds(
    engine: str, chosen: list[Work], variables: dict[str, str], options: argparse.Namespace
) -> Iterator[str]:
    """Measure each kind of work at each number of connections; print its line, and yield what it missed."""
    print(f"== {engine}, {options.claims:,} claims, 2 workers")
    print(
        f"{'work':26}{'conn':>5}{'ours/s':>10}{'plain/s':>10}{'limit/s':>10}{'x plain':>9}{'of limit':>9}{'p99':>7}"
    )
    for work in chosen:
        for connections in [1] if work.alone else options.connections:
            found = Measured()
            for number in range(options.rounds + 1):
                seconds = options.seconds if number else WARM
                take(found, work, connections, seconds, variables, keep=bool(number))
            yield from tell(engine, work, connections, found)


def take(
    found: Measured,
    work: Work,
    connections: int,
    seconds: int,
    variables: dict[str, str],
    *,
    keep: bool,
) -> None:
    """Ask all three in turn."""
    ours = ask(OURS, work.ours, connections=connections, seconds=seconds)
    plain = ask(PLAIN, work.plain, connections=connections, seconds=seconds)
    if work.bare:
        limit = bare(work, seconds, variables) / work.times
    else:
        limit = ask(LIMIT, [f"/{work.key}/"], connections=connections, seconds=seconds).rate
    if keep:
        found.ours.append(ours)
        found.plain.append(plain)
        found.limit.append(limit)


def tell(engine: str, work: Work, connections: int, found: Measured) -> Iterator[str]:
    """Print one line; yield what was missed, where the number of connections is the one that counts."""
    ours, plain = middle(found.ours), middle(found.plain)
    limit = sorted(found.limit)[len(found.limit) // 2]
    times, share = ours.rate / plain.rate, ours.rate / limit
    name = f"{work.key} {work.name}"
    print(
        f"{name:26}{connections:5}{ours.rate * work.times:10,.0f}{plain.rate * work.times:10,.0f}"
        f"{limit * work.times:10,.0f}{times:8.1f}x{share:9.2f}{ours.p99 / plain.p99:7.2f}",
        flush=True,
    )
    if connections == JUDGED or work.alone:
        yield from judged(f"{engine} {name}", work.targets[engine], times, share, ours, plain)


def judged(
    name: str, target: Targets, times: float, share: float, ours: Reached, plain: Reached
) -> Iterator[str]:
    """Yield each target that was missed."""
    if times < target.plain:
        yield f"{name} {times:.1f}x of {target.plain:g}x"
    if share < target.limit:
        yield f"{name} {share:.2f} of {target.limit:g} of the limit"
    if ours.p99 > SLOWEST * plain.p99:
        yield f"{name} p99 {ours.p99 / plain.p99:.2f} of {SLOWEST}"


def bare(work: Work, seconds: int, variables: dict[str, str]) -> float:
    """Return the rate of the SQL alone, measured in a process of its own."""
    command = [sys.executable, str(ROOT / "benchmarks/_bare_sql.py"), work.bare, str(seconds)]
    done = subprocess.run(
        command,
        input=json.dumps(work.more),
        env=variables,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def run(script: str, *given: str, variables: dict[str, str] | None = None) -> None:
    """Run another program of this folder; what it says about itself is for the reader."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *given]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)


def fetched(url: str) -> bytes:
    """Return the bytes at an address."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  (our own server)
        return bytes(answer.read())


if __name__ == "__main__":
    main()
