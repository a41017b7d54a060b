"""Measures how what readers ask costs more as a register grows, and draws it.

Usage: python benchmarks/growth.py [--claims 10000 100000 1000000] [--engine sqlite postgresql] [--seconds N]
[--connections N] [--kept] [--save JSON] [--doc docs/scaling.md] [--figure docs/images/growth.svg]. Needs `wrk` on the
path.

Each register is made of --distinct generated claims, rebuilt through the register's own door, and copies of them, and
is kept in var/benchmarks; making it goes on where it was broken off. The sizes are asked in turn, round after round, of
servers that all run, so that a busy moment hits each alike. Each answer is made anew (FACTCHECK_AHEAD_MB=0), unless
--kept is given: an answer from memory costs the same in any register. Prints requests a second, and how many times
longer each kind takes than in the smallest register; ends with 1 where that is more than `_workloads` bears. With --doc
and --figure, the page shows the figure.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from _figures import Series, drawn
from _kept import KEPT, Asked, Register, answers, kept
from _load import ask
from _register import SERVER
from _served import granian
from _tables import between, markdown
from _workloads import BORNE, Work, fetched, works

FIRST_PORT = 8451
ANEW = {"FACTCHECK_AHEAD_MB": "0"}
SIZES = (10_000, 100_000)  # a million takes 29 GB of disk, and is measured when it is asked for
Rates = dict[str, list[float]]  # of each kind of work, for each size


def main() -> None:
    """Measure one engine after the other."""
    options = arguments()
    if not shutil.which("wrk"):
        print("Skipped: wrk not found.")
        return
    found: dict[str, Rates] = {}
    for engine in options.engine:
        if engine == "sqlite" or answers(options.postgres):
            registers = [
                kept(
                    Asked(
                        engine, size, options.distinct, options.postgres, options.root, plain=False
                    )
                )
                for size in options.claims
            ]
            if not options.prepare:
                found[engine] = measured(registers, options)
                show(engine, found[engine], options)
    if options.prepare:
        return
    missed = [one for engine, rates in found.items() for one in beyond(engine, rates)]
    tell(found, missed, options)


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--distinct", type=int, default=10_000, help="how many are not copies")
    parser.add_argument("--engine", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--kept", action="store_true", help="answer from memory, as by default")
    parser.add_argument("--root", type=Path, default=KEPT, help="where they are kept")
    parser.add_argument("--prepare", action="store_true", help="only make the registers")
    parser.add_argument("--save", type=Path, help="a file for the figures, as JSON")
    parser.add_argument("--doc", type=Path, help="a page with markers for the tables")
    parser.add_argument("--figure", type=Path, help="a file for the drawing, as SVG")
    return parser.parse_args()


def measured(registers: Sequence[Register], options: argparse.Namespace) -> Rates:
    """Return the rates of each kind of work, each at every size."""
    with ExitStack() as servers:
        asked: list[tuple[str, list[Work]]] = []
        for at, register in enumerate(registers):
            port = FIRST_PORT + at
            base = f"http://127.0.0.1:{port}"
            register.collect()
            variables = register.variables(port) | ({} if options.kept else ANEW)
            servers.enter_context(granian("factcheck.wsgi:application", port, variables))
            asked.append((base, list(works(register.sample, register.made["documents"], base))))
        return dict(_kinds(asked, options))


def _kinds(
    asked: Sequence[tuple[str, list[Work]]], options: argparse.Namespace
) -> Iterator[tuple[str, list[float]]]:
    for kinds in zip(*(kinds for _, kinds in asked), strict=True):
        rounds: list[list[float]] = [[] for _ in kinds]
        for number in range(options.rounds + 1):
            for at, work in enumerate(kinds):
                rate = _rate(asked[at][0], work, options, warm=not number)
                if number:
                    rounds[at].append(rate)
        yield f"{kinds[0].key} {kinds[0].name}", [statistics.median(one) for one in rounds]


def _rate(base: str, work: Work, options: argparse.Namespace, *, warm: bool) -> float:
    if warm and not work.right(fetched(base + work.ours[0])):
        sys.exit(f"{work.key}: not the answer that was asked for: {base}{work.ours[0]}")
    connections = 1 if work.alone else options.connections
    reached = ask(base, work.ours, connections=connections, seconds=1 if warm else options.seconds)
    if reached.failed:
        sys.exit(f"{work.key} at {base}: {reached.failed} answers failed")
    return reached.rate * work.times


def show(engine: str, rates: Rates, options: argparse.Namespace) -> None:
    """Print the table of one engine."""
    print(
        f"== {engine}: requests a second at {', '.join(f'{size:,}' for size in options.claims)} claims"
    )
    for cells in rows(rates):
        print(f"{cells[0]:30}" + "".join(f"{cell:>10}" for cell in cells[1:]), flush=True)


def rows(rates: Rates) -> Iterator[list[str]]:
    """Yield what the table says of each kind of work: the rates, and how many times longer the largest takes."""
    for name, found in rates.items():
        yield [name, *(f"{rate:,.0f}" for rate in found), f"{found[0] / found[-1]:.2f}"]


def beyond(engine: str, rates: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield the kinds of work that grow more than is borne."""
    for name, found in rates.items():
        longer, most = found[0] / found[-1], BORNE.get(name.split()[0])
        if most and longer > most:
            yield f"{engine} {name} {longer:.1f}x as long, {most:g}x is borne"


def tell(found: Mapping[str, Rates], missed: list[str], options: argparse.Namespace) -> None:
    """Write the figures where they were asked for; end with 1 where something grows too much."""
    head = ["work", *(f"{size:,}" for size in options.claims), "times longer"]
    if options.save:
        told = {"claims": options.claims, "rates": found, "missed": missed}
        options.save.write_text(json.dumps(told, indent=1) + "\n")
    for engine, rates in found.items() if options.doc else ():
        between(options.doc, f"growth-{engine}", markdown(head, rows(rates)))
    if options.figure:
        panels = {
            engine: [Series(name, [rate / one[0] for rate in one]) for name, one in rates.items()]
            for engine, rates in found.items()
        }
        options.figure.write_text(drawn(options.claims, panels))
        if options.doc:
            between(options.doc, "growth-figure", pictured(options.figure, options.doc))
    if missed:
        sys.exit("Missed: " + "; ".join(missed))


def pictured(figure: Path, page: Path) -> str:
    """Return the line by which a page shows the figure."""
    place = os.path.relpath(figure.resolve(), page.resolve().parent)
    return f"![Requests a second as registers grow, as parts of those in the smallest]({place})"


if __name__ == "__main__":
    main()
