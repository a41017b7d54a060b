"""Measures "claimed before?": how long it takes in a large register, and how often the right claim is among the first.

Usage: python benchmarks/claimed_before.py [--claims N] [--data FOLDER] [--postgres URL] [--texts N]. SQLite runs in a
temporary directory, PostgreSQL in a database made for the run and dropped after it (skipped where no server answers).

Latency: the text of a form as it is typed (the first words of a claim, the last one unfinished) and whole sentences
that say a claim in part (30 % of its words missing, six others added, in another order), each asked once.
Recall, where the data is there: 369 sentences spoken in debates, for which fact-checkers named the claim of their
archive; and claims as fact-check sites published them, for the wording that AVeriTeC gave them. r@5 is the share for
which the right claim is among the five shown. Both are samples: five points are no difference.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from _register import BATCH, FIRST, ROOT, SERVER, Words, fill, person, scratch_database, set_up

DATA = ROOT.parent / "shared" / "data"
Pairs = list[tuple[str, str]]


def main() -> None:
    """Measure one engine after the other, each in a process of its own."""
    options = arguments()
    if options.database:
        measure(options)
        return
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        run("SQLite", [f"sqlite:///{folder}/{name}.sqlite3" for name in PARTS], folder)
        with (
            scratch_database(options.postgres) as first,
            scratch_database(options.postgres) as second,
        ):
            if first and second:
                run("PostgreSQL", [first, second], folder)


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help=f"a multiple of {FIRST}")
    parser.add_argument("--texts", type=int, default=250, help="of each kind to ask for")
    parser.add_argument("--data", type=Path, default=DATA, help="where the data sets are")
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--engine", default="", help=argparse.SUPPRESS)
    parser.add_argument("--database", default="", help=argparse.SUPPRESS)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(engine: str, databases: list[str], folder: str) -> None:
    """Run every part on a database of its own."""
    for part, database in zip(PARTS, databases, strict=True):
        own = ["--engine", engine, "--database", database, "--part", part]
        environment = {**os.environ, "FACTCHECK_VAR_DIR": folder}
        subprocess.run([sys.executable, __file__, *sys.argv[1:], *own], env=environment, check=True)


def measure(options: argparse.Namespace) -> None:
    """Play one part."""
    set_up(options.database, os.environ["FACTCHECK_VAR_DIR"])
    PARTS[options.part](options)


def latency(options: argparse.Namespace) -> None:
    """Fill a large register and ask."""
    from claims.search.desk import claimed_before

    began = time.monotonic()
    fill(options.claims)
    print(f"{options.engine}: {options.claims:,} claims made in {time.monotonic() - began:.0f} s")
    for kind, texts in typed(options.texts):
        for text in texts[: len(texts) // 5]:
            claimed_before(text)
        times = []
        for text in texts:
            began = time.perf_counter()
            claimed_before(text)
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(
            f"{options.engine}: {kind}: p50 {middle:.1f} ms, p95 {late:.1f} ms, worst {times[-1]:.1f} ms"
        )


def typed(number: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of text, and texts of it."""
    from claims.models import Claim

    words, sentences, fragments = Words(7), [], []
    chance = words.random
    standing = Claim.objects.standing().order_by("pk").values_list("wording", flat=True)
    step = max(standing.count() // number, 1)
    for wording in standing[::step]:
        said = wording.rstrip(".").split()
        kept = [word for word in said if chance.random() > 0.3] + words.sentence().split()[:6]
        chance.shuffle(kept)
        sentences.append(" ".join(kept))
        begun = " ".join(said[: chance.randint(2, max(2, len(said) - 1))])
        fragments.append(begun[: -chance.randint(1, 3)])
    yield "what is being typed", fragments[:number]
    yield "whole sentences", sentences[:number]


def recall(options: argparse.Namespace) -> None:
    """Fill a small register from each data set and count how often the right claim is found."""
    from claims.models import Claim
    from claims.search import index
    from claims.search.desk import claimed_before
    from claims.workflow import ClaimDraft, ImportedClaim, import_claims

    for name, read in (("debates", debates), ("AVeriTeC", averitec)):
        try:
            register, pairs = read(options.data)
        except OSError as error:
            print(f"{options.engine}: recall, {name}: skipped, {error.strerror}: {error.filename}")
            continue
        known = set(Claim.objects.values_list("wording", flat=True))
        rows = [
            ImportedClaim(key=str(at), claim=ClaimDraft(wording=text))
            for at, text in enumerate(sorted(register - known))
        ]
        for at in range(0, len(rows), BATCH):
            some = rows[at : at + BATCH]
            import_claims(some, source=name, origin=name, by=person("Importer"))
        for _ in index.rebuild():
            continue
        found = [[one.wording for one in claimed_before(said)] for said, _ in pairs]
        first = share(wanted in few[:1] for few, (_, wanted) in zip(found, pairs, strict=True))
        five = share(wanted in few for few, (_, wanted) in zip(found, pairs, strict=True))
        size = Claim.objects.count()
        print(
            f"{options.engine}: recall, {name}, {len(pairs)} texts in a register of {size:,}:"
            f" r@1 {first:.3f}, r@5 {five:.3f}"
        )


def share(hits: Iterable[bool]) -> float:
    """Return the share of hits."""
    counted = list(hits)
    return sum(counted) / len(counted)


def fit(text: str) -> str:
    """Return a text as the register keeps it: without markup, on one line, no longer than a wording may be."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(plain.split())[:1000]


def debates(data: Path) -> tuple[set[str], Pairs]:
    """Return the archive's claims, each once, and each spoken sentence with the claim that it repeats."""
    pairs: Pairs = []
    archive: dict[str, str] = {}
    for path in sorted((data / "politifact-debates" / "fact-checking").iterdir()):
        with path.open(newline="", encoding="utf-8", errors="replace") as file:
            for row in csv.DictReader(file):
                if (row["sentence"] or "").strip() and (row["verified_claim"] or "").strip():
                    page = urlsplit(row["verified_claim_url"] or row["verified_claim"]).path
                    archive.setdefault(page, fit(row["verified_claim"]))
                    pairs.append((fit(row["sentence"]), archive[page]))
    for path in sorted((data / "politifact-api-2016").glob("*.json")):
        for one in json.loads(path.read_text("utf-8")):
            archive.setdefault(one["statement_url"], fit(one["statement"]))
    return {text for text in archive.values() if text}, pairs


def averitec(data: Path) -> tuple[set[str], Pairs]:
    """Return AVeriTeC's claims, and every claim as it was published with the wording AVeriTeC gave it."""
    claims = json.loads((data / "averitec" / "train.json").read_text("utf-8"))
    wordings: dict[str, list[str]] = {}
    for one in claims:
        wordings.setdefault(one["fact_checking_article"], []).append(fit(one["claim"]))
    raw = json.loads((data / "averitec-raw-claims" / "raw_claims.json").read_text("utf-8"))
    pairs = [
        (fit(one["claim_text"]), wordings[one["web_archive"]][0])
        for one in raw
        if one["claim_text"] and len(wordings.get(one["web_archive"], ())) == 1
    ]
    changed = [(said, wanted) for said, wanted in pairs if said.lower() != wanted.lower()]
    return {fit(one["claim"]) for one in claims} - {""}, changed


PARTS = {"latency": latency, "recall": recall}

if __name__ == "__main__":
    main()
