"""Measures `match/`: how often the claim that a text repeats is found, how often one that it does not, and how soon.

Usage: python benchmarks/matching.py [--claims N] [--data FOLDER] [--postgres URL]. Both engines in turn, each part in a
process and on a database of its own. What has no data or no server is skipped. Exit code 1 under a target.

Found: sentences spoken in debates, for the claim of a fact-checkers' archive that they were tied to; claims as they
were published, for the wording that AVeriTeC gave them. r@5 is the share for which the right claim is among five.
False: sentences of the same speakers that were tied to no claim. Half of all texts (by a digest of their words) may
choose the score from which readers are shown a claim; what that score is worth is told of the other half alone.
Time: texts of 1, 20 and 200 sentences that say claims of a large register in part.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _register import BATCH, FIRST, SERVER, fill, person, scratch_database, set_up
from claimed_before import DATA, Pairs, averitec, debates, fit, share, typed

LEAST_FOUND = {"debates": 0.70, "averitec": 0.90}  # r@5
MOST_FALSE, MOST_SECONDS = 0.05, 0.1  # of sentences tied to no claim; for a sentence among twenty
STEPS = [step / 100 for step in range(20, 61, 5)]


def main() -> int:
    """Measure one engine after the other; return 1 under a target."""
    options = arguments()
    if options.database:
        set_up(options.database, os.environ["FACTCHECK_VAR_DIR"])
        return PARTS[options.part](options)
    failures = 0
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        for part in PARTS:
            failures += run("SQLite", part, f"sqlite:///{folder}/{part}.sqlite3", folder)
            with scratch_database(options.postgres) as database:
                failures += run("PostgreSQL", part, database, folder) if database else 0
    return int(failures > 0)


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help=f"a multiple of {FIRST}; or 0")
    parser.add_argument("--data", type=Path, default=DATA, help="where the data sets are")
    parser.add_argument("--postgres", default=SERVER)
    for hidden in ("--engine", "--database", "--part"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def run(engine: str, part: str, database: str, folder: str) -> int:
    """Play one part in a process of its own; return its exit code."""
    own = ["--engine", engine, "--database", database, "--part", part]
    environment = {**os.environ, "FACTCHECK_VAR_DIR": folder}
    return subprocess.run(
        [sys.executable, __file__, *sys.argv[1:], *own], env=environment
    ).returncode


def publish(wordings: Sequence[str], source: str) -> None:
    """Fill the register with published claims."""
    from claims.vocabulary import VerificationStatus
    from claims.workflow import (
        ClaimDraft,
        ImportedClaim,
        ImportedVerdict,
        VerdictDraft,
        import_claims,
    )

    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="As found.", would_settle="A record."
    )
    rows = [
        ImportedClaim(
            key=str(at), claim=ClaimDraft(wording=text), verdicts=[ImportedVerdict(draft=draft)]
        )
        for at, text in enumerate(wordings)
    ]
    for at in range(0, len(rows), BATCH):
        import_claims(
            rows[at : at + BATCH], source=source, origin="Elsewhere", by=person("Importer")
        )


def found(options: argparse.Namespace) -> int:
    """Count how often the right claim of a data set is found; for the debates also how often a wrong one is."""
    from django.db import connection

    from claims.search.engine import engine_of
    from claims.search.public import repeated_in

    try:
        register, pairs = READERS[options.part](options.data)
    except OSError as error:
        print(f"{options.engine}: {options.part}: skipped, {error.strerror}: {error.filename}")
        return 0
    publish(sorted(register), options.part)
    engine_of(connection).settle(connection)
    near = repeated_in([said for said, _ in pairs], most=5, least=0.0)
    wordings = [[one.wording for one in few] for few in near]
    first = share(few[:1] == [wanted] for few, (_, wanted) in zip(wordings, pairs, strict=True))
    five = share(wanted in few for few, (_, wanted) in zip(wordings, pairs, strict=True))
    print(
        f"{options.engine}: {options.part}: {len(pairs)} texts, a register of {len(register):,}: "
        f"r@1 {first:.3f}, r@5 {five:.3f} (target {LEAST_FOUND[options.part]:.2f})"
    )
    missed = five < LEAST_FOUND[options.part]
    if options.part == "debates":
        missed |= shown(options, pairs, near)
    return int(missed)


def shown(options: argparse.Namespace, pairs: Pairs, near: Sequence[Sequence[Any]]) -> bool:
    """Print what each score is worth, and the one that readers have; return whether it shows too much."""
    from claims.search.public import LEAST, repeated_in

    untied = unclaimed(options.data, pairs)
    false = [
        (text, few[0].score if few else 0.0)
        for text, few in zip(untied, repeated_in(untied, most=1, least=0.0), strict=True)
    ]
    right = [
        (said, few[0].score if few and few[0].wording == wanted else 0.0)
        for few, (said, wanted) in zip(near, pairs, strict=True)
    ]
    chosen = next(step for step in STEPS if above(false, step, choosing=True) <= MOST_FALSE)
    print(
        f"{options.engine}: of {len(untied)} sentences tied to no claim, half choose {chosen:.2f}:"
        f" the lowest step at which at most {MOST_FALSE:.0%} of them show a claim"
    )
    for step in STEPS:
        least = ", as readers have it" if step == LEAST else ""
        print(
            f"{options.engine}:   score {step:.2f}: in the other half {above(false, step):.3f} show a claim,"
            f" {above(right, step):.3f} of tied sentences the right one first{least}"
        )
    return above(false, LEAST) > MOST_FALSE


def above(scored: Sequence[tuple[str, float]], least: float, *, choosing: bool = False) -> float:
    """Return the share of one half of the texts that score `least` or more."""
    return share(score >= least for text, score in scored if chooses(text) == choosing)


def chooses(text: str) -> bool:
    """Return whether a text is of the half that chooses the score."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def unclaimed(data: Path, pairs: Pairs) -> list[str]:
    """Return the sentences of the transcripts that fact-checkers tied to no claim, each once."""
    tied = {said.lower() for said, _ in pairs}
    told: dict[str, None] = {}
    for path in sorted((data / "politifact-debates" / "transcripts").iterdir()):
        with path.open(newline="", encoding="utf-8", errors="replace") as file:
            for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) > 3 and row[3] == "0" and len(fit(row[2])) >= 20:
                    told[fit(row[2])] = None
    return [text for text in told if text.lower() not in tied]


def soon(options: argparse.Namespace) -> int:
    """Ask a large register for texts of several lengths."""
    if not options.claims:
        return 0
    from django.db import connection

    from claims.matching.occurrences import occurring_in
    from claims.search.engine import engine_of

    fill(options.claims)
    engine_of(connection).settle(connection)
    *_, (_, sentences) = typed(220)
    texts = [f"{one.capitalize()}." for one in sentences]
    occurring_in(" ".join(texts[200:]))
    slow = False
    for number in (1, 20, 200):
        times = []
        for at in range(0, 200, number) if number > 1 else range(0, 200, 10):
            began = time.perf_counter()
            read = occurring_in(" ".join(texts[at : at + number]))
            times.append(time.perf_counter() - began)
            assert read.looked_at
        times.sort()
        middle, worst = times[len(times) // 2], times[-1]
        print(
            f"{options.engine}: {options.claims:,} claims, a text of {number}: p50 {middle * 1000:.0f} ms,"
            f" worst {worst * 1000:.0f} ms, {middle / number * 1000:.1f} ms a sentence"
        )
        slow |= number == 20 and middle / number > MOST_SECONDS
    return int(slow)


READERS = {"debates": debates, "averitec": averitec}
PARTS = {"debates": found, "averitec": found, "soon": soon}

if __name__ == "__main__":
    sys.exit(main())
