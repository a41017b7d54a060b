"""Fills the plain register of `benchmarks/plain` with what the public documents of a register say.

Usage: python benchmarks/_plain_fill.py DOCUMENTS, with PLAIN_DATABASE_URL: DOCUMENTS holds one document a line. Prints
how many claims a second it took in, and the most memory it had (MiB).
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import orjson

sys.path.insert(0, str(Path(__file__).parent))
BATCH = 1_000


def main() -> None:
    """Make the tables and fill them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "plain.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    claimants: dict[str, Any] = {}
    count, began = 0, time.perf_counter()
    with Path(sys.argv[1]).open("rb") as lines:
        documents = map(orjson.loads, lines)
        while batch := list(itertools.islice(documents, BATCH)):
            put(batch, claimants)
            count += len(batch)
    taken = time.perf_counter() - began
    print(json.dumps({"rate": count / taken, "rss": getrusage(RUSAGE_SELF).ru_maxrss // 1024}))


def put(documents: list[dict[str, Any]], claimants: dict[str, Any]) -> None:
    """Write the rows of some documents."""
    from django.db import transaction
    from plain.models import Change, Claim, Claimant, Evidence

    with transaction.atomic():
        new = {}
        for document in documents:
            said = document["claimant"]
            if said and said["id"] not in claimants:
                new[said["id"]] = Claimant(name=said["name"])
        claimants |= zip(new, Claimant.objects.bulk_create(new.values()), strict=True)
        rows = Claim.objects.bulk_create(claim_of(document, claimants) for document in documents)
        pairs = list(zip(rows, documents, strict=True))
        Evidence.objects.bulk_create(evidence_of(pairs))
        Change.objects.bulk_create(changes_of(pairs))


def claim_of(document: dict[str, Any], claimants: dict[str, Any]) -> Any:
    """Return the row of one claim."""
    from plain.models import Claim

    said = document["claimant"]
    return Claim(
        public_id=document["id"],
        text=document["wording"],
        language=document["language"],
        claimant=claimants[said["id"]] if said else None,
        status=document["status"] or "",
        status_since=document["status_since"] or document["published_at"],
        published_at=document["published_at"],
    )


def evidence_of(pairs: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[Any]:
    """Yield the rows of the claims' evidence."""
    from plain.models import Evidence

    for claim, document in pairs:
        for piece in document["evidence"]:
            yield Evidence(
                claim=claim,
                number=piece["entry"],
                stance=piece["stance"],
                kind=piece["kind"],
                url=piece["url"] or "",
                title=piece["title"] or "",
                publisher=piece["publisher"] or "",
                excerpt=piece["excerpt"] or "",
                recorded_at=piece["recorded_at"],
            )


def changes_of(pairs: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[Any]:
    """Yield the rows of the claims' histories."""
    from plain.models import Change

    for claim, document in pairs:
        last = document["verdict"] or {}
        for act in document["history"]:
            yield Change(
                claim=claim,
                number=act["number"],
                act=act["act"],
                by=act["by"] or "",
                reason=act["reason"] or "",
                status=act.get("status") or "",
                rationale=(last.get("rationale") or "")
                if act["number"] == last.get("entry")
                else "",
                recorded_at=act["recorded_at"],
            )


if __name__ == "__main__":
    main()
