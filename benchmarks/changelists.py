"""Measures how long the desk's lists take in a large register, and how many queries each asks.

Usage: python benchmarks/changelists.py [--claims N] [--postgres URL] [--rounds N] [--keep DATABASE]. SQLite runs in a
temporary directory, PostgreSQL in a database made for the run and dropped after it (skipped where no server answers).
`--keep` measures a register that was made before, and makes none.

Each list is opened by an editor who may see everything, through Django's test client: median and slowest of the
rounds in milliseconds, after one that is not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from typing import Any

from _engines import on_each, options_of
from _register import fill, person, set_up

LISTS = (
    "claim/",
    "claim/?p=2",
    "claim/?p=20",
    "claim/?status=confirmed",
    "claim/?status=none",
    "claim/?kind__exact=figure",
    "claim/?review=proposed",
    "claim/?review=never",
    "claim/?q={word}",
    "article/",
    "article/?licence__exact=unknown",
    "article/?q={word}",
    "claimant/",
    "claimant/?kind__exact=person",
    "claimant/?q={word}",
    "publisher/",
    "publisher/?q=outlet",
    "historyentry/",
    "historyentry/?act__exact=verdict_given",
    "evidence/",
    "evidence/?stance__exact=refutes",
    "evidence/?q={word}",
    "verdict/",
    "verdict/?status__exact=disputed",
    "wording/",
    "wording/?q={word}",
    "appearance/",
    "appearance/?position__exact=asserts",
    "appearance/?q={word}",
    "review/",
    "review/?p=2",
    "review/?queue=unassigned",
    "review/?queue=ended",
    "review/?q={word}",
    "review/stale/",
    "readerreport/",
    "redactionrequest/",
)


def main() -> None:
    """Measure one engine after the other."""
    on_each(options_of(__doc__).parse_args(), measure)


def measure(options: argparse.Namespace) -> None:
    """Open every list, over and over."""
    folder = os.environ.get("FACTCHECK_VAR_DIR", tempfile.gettempdir())
    set_up(options.keep or options.database, folder)
    from django.db import connection
    from django.test.utils import setup_test_environment

    from claims.models import Claim

    if not Claim.objects.exists():
        fill(options.claims)
    setup_test_environment()
    first = Claim.objects.order_by("pk")[7]
    word = max(first.wording.strip(".").split(), key=len)
    print(f"{connection.vendor}: median ms, slowest ms, queries")
    client = signed_in()
    for where in LISTS:
        took, asked = opened(client, f"/admin/claims/{where.format(word=word)}", options.rounds)
        middle = statistics.median(took)
        print(f"{where:40} {middle:7.0f} {max(took):7.0f} {asked:4}", flush=True)


def signed_in() -> Any:
    """Return a client in which somebody who may see every list is signed in."""
    from django.test import Client

    boss = person("Editor")
    boss.is_superuser = True
    boss.save(update_fields=["is_superuser"])
    client = Client()
    client.force_login(boss)
    return client


def opened(client: Any, url: str, rounds: int) -> tuple[list[float], int]:
    """Return how many milliseconds a list took each time, and how many queries it asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
        asked = len(queries)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}.")
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(url)
        took.append((time.perf_counter() - began) * 1000)
    return took, asked


if __name__ == "__main__":
    main()
