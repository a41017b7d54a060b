"""Writes public documents of a register into files, one a line: those that are asked for, and all of them on demand.

Usage: python benchmarks/_documents.py FOLDER [all]. `sample.ndjson` holds 1,000 claims, chosen the same way each time;
`all.ndjson` every listed one, with which the plain register is filled, and with each its topics and all its verdicts in
full, of which a document shows only the last. Prints how many are listed.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

SAMPLE, CHUNK = 1_000, 500
TEXTS = ("rationale", "known", "not_known", "would_settle", "single_source_reason")


def main() -> None:
    """Write the files."""
    import django

    django.setup()
    from claims.models import Claim

    folder, listed = Path(sys.argv[1]), Claim.objects.listed().order_by("pk")
    keys = list(listed.values_list("pk", flat=True))
    chosen = random.Random(1).sample(keys, min(SAMPLE, len(keys)))
    write(folder / "sample.ndjson", listed.filter(pk__in=chosen))
    if sys.argv[2:] == ["all"]:
        with (folder / "all.ndjson").open("wb") as file:
            file.writelines(orjson.dumps(one) + b"\n" for one in whole(keys))
    print(len(keys))


def write(path: Path, claims: Any) -> None:
    """Write the documents of some claims."""
    with path.open("w", encoding="utf-8") as file:
        for body, *_ in claims.stored_documents().iterator(chunk_size=CHUNK):
            file.write(body + "\n")


def whole(keys: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the documents of claims with their topics and verdicts."""
    from claims.models import Claim

    for at in range(0, len(keys), CHUNK):
        some = keys[at : at + CHUNK]
        documents = Claim.objects.filter(pk__in=some).order_by("pk")
        verdicts, topics = verdicts_of(some), topics_of(some)
        for key, body in documents.values_list("pk", "document__body"):
            yield orjson.loads(body) | {"all_verdicts": verdicts[key], "topics": topics[key]}


def verdicts_of(keys: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the verdicts of each claim, the first one first."""
    from claims.models import Verdict, VerdictEvidence

    found = defaultdict(list)
    given = Verdict.objects.filter(claim__in=keys).order_by("entry__number")
    rows = list(given.values("pk", "claim", "entry__number", "proposed_by_name", *TEXTS))
    rests_on = VerdictEvidence.objects.numbers_of(row["pk"] for row in rows)
    for row in rows:
        found[row["claim"]].append({
            "entry": row["entry__number"],
            "proposed_by": row["proposed_by_name"],
            "rests_on": rests_on.get(row["pk"], ()),
            **{name: row[name] for name in TEXTS},
        })  # fmt: skip
    return found


def topics_of(keys: Sequence[int]) -> dict[int, list[str]]:
    """Return the topics of each claim."""
    from claims.models import ClaimTopic

    found = defaultdict(list)
    filings = ClaimTopic.objects.filter(claim__in=keys)
    for claim, slug in filings.values_list("claim", "topic__slug"):
        found[claim].append(slug)
    return found


if __name__ == "__main__":
    main()
