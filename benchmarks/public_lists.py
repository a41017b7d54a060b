"""Measures how long the public lists, searches and counts take in a large register, and how many queries each asks.

Usage: python benchmarks/public_lists.py [--claims N] [--postgres URL] [--rounds N] [--keep DATABASE] [--only TEXT].
SQLite runs in a temporary directory, PostgreSQL in a database made for the run and dropped after it (skipped where no
server answers). `--keep` measures a register that is kept, made by the first run; `--only` asks for pages whose name
or address holds this text alone.

Each page is asked for by a reader who has none of it, through Django's test client: median and slowest of the rounds
in milliseconds, after one that is not counted; its queries; how many claims are chosen. Caches are emptied before each,
except for what is marked "kept": a page or counts made a moment ago. `*` marks what takes longer than it may.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass

from _engines import on_each, options_of
from _register import Words, fill, set_up

MAY_TAKE = 100  # milliseconds
PAGE = 50
COMMON, PAIR = "government", "minister"


class Talk(Words):
    """Words of which one stands in half of all sentences, and in a tenth of them just before a certain other."""

    def sentence(self) -> str:
        """Return a statement; the common word is no small one that a search might leave out."""
        said = super().sentence().rstrip(".").lower().split()
        chance = self.random.random()
        if chance < 0.5:
            told = [COMMON, PAIR] if chance < 0.1 else [COMMON]
            at = self.random.randrange(len(said))
            said[at:at] = told
        return " ".join(said).capitalize() + "."


@dataclass(frozen=True, slots=True)
class Asked:
    """A page: what it is called here, its address, what is sent to it, and whether caches keep what they hold."""

    name: str
    address: str
    text: str = ""
    kept: bool = False


def main() -> None:
    """Measure one engine after the other."""
    options = options_of(__doc__)
    options.add_argument(
        "--only", default="", help="what the name or the address of a page must hold"
    )
    on_each(options.parse_args(), measure)


def measure(options: argparse.Namespace) -> None:
    """Ask for every page, over and over."""
    folder = os.environ.get("FACTCHECK_VAR_DIR", tempfile.gettempdir())
    set_up(options.keep or options.database, folder)
    from django.db import connection

    from claims.models import Claim

    words = Talk()
    if not Claim.objects.exists():
        fill(options.claims, words=words)
    gc.collect()
    gc.freeze()  # else one request pays for looking through all that was loaded before
    print(f"{connection.vendor}: median ms, slowest ms, queries, claims chosen")
    for page in pages(words):
        if options.only in f"{page.name} {page.address}":
            tell(page, *opened(page, options.rounds))


def tell(page: Asked, took: list[float], queries: int) -> None:
    """Print the line of one page."""
    middle = statistics.median(took)
    slow = "*" if middle > MAY_TAKE else " "
    line = f"{page.name:44} {middle:7.1f}{slow}{max(took):8.1f} {queries:4} {chosen(page):>8}"
    print(line, flush=True)


def pages(words: Words) -> Iterator[Asked]:
    """Yield every page, found in the register itself."""
    from claims.models import Claim

    busy, places = parties(), cursors()
    yield Asked("claims", "/claims/")
    yield Asked("claims, kept", "/claims/", kept=True)
    yield Asked("claims, in German", "/de/claims/")
    yield Asked(f"claims, page {PAGE}", f"/claims/?after={places[0]}")
    yield Asked(f"claims, before page {PAGE}", f"/claims/?before={places[0]}")
    yield Asked("claims, half of all deep", f"/claims/?after={places[1]}")
    for status in ("confirmed", "unconfirmed", "disputed", "withdrawn"):
        yield Asked(f"status {status}", f"/claims/?status={status}")
    day = Claim.objects.listed().newest_first()[0].status_since.date()
    yield Asked("from", f"/claims/?from={day.replace(day=1).isoformat()}")
    yield Asked("to", f"/claims/?to={day.replace(year=day.year - 1).isoformat()}")
    for name in ("claimant", "publisher", "topic"):
        yield Asked(f"busy {name}", f"/claims/?{name}={busy[name]}")
        yield Asked(f"busy {name} and status", f"/claims/?{name}={busy[name]}&status=disputed")
    yield from searches(words, busy)
    yield Asked("home", "/")
    yield Asked("home, kept", "/", kept=True)
    yield Asked("changes", "/changes/")
    yield Asked("corrections", "/corrections/")
    yield Asked("topics", "/topics/")
    for name in ("topic", "publisher", "claimant"):
        yield Asked(f"page of a busy {name}", address_of(name, busy[name]))
    yield Asked("statistics", "/statistics/")
    yield Asked("statistics, kept", "/statistics/", kept=True)
    yield Asked("feed of all claims", "/feeds/claims.atom")
    for q in (words.words[0], COMMON):
        yield Asked(f"feed of a search, {q}", f"/feeds/claims.atom?q={q}")
    yield Asked("feed of changes", "/feeds/changes.atom")
    text = " ".join(wording for wording in sentences(20))
    yield Asked("check a text of 20 sentences", "/check/", text=text)


def searches(words: Words, busy: dict[str, str]) -> Iterator[Asked]:
    """Yield searches for words of every frequency, and every way to ask for them."""
    rare, some = words.words[20_000], words.words[0]
    asked = {
        "rare word": rare,
        "word of some": some,
        "common word": COMMON,
        "small word": "the",
        "no such word": "zyzzyvas",
        "words, common and some": f"{COMMON} {some}",
        "words, common and small": f"{COMMON} the",
        "phrase": f'"{COMMON} {PAIR}"',
        "minus": f"{COMMON} -{PAIR}",
        "minus alone": f"-{PAIR}",
        "either word": f"{COMMON} OR {some}",
        "beginning": "gov*",
    }
    for name, q in asked.items():
        yield Asked(f"q, {name}", f"/claims/?q={quoted(q)}")
    for name in ("rare word", "word of some", "common word", "phrase"):
        q = quoted(asked[name])
        yield Asked(f"q, {name}, by relevance", f"/claims/?q={q}&order=relevance")
    yield Asked("q, common word, half of all deep", f"/claims/?q={COMMON}&after={cursors()[1]}")
    for q in (some, COMMON):
        yield Asked(f"q, {q}, and status", f"/claims/?q={q}&status=disputed")
        yield Asked(f"q, {q}, and withdrawn", f"/claims/?q={q}&status=withdrawn")
        for name in ("claimant", "publisher", "topic"):
            yield Asked(f"q, {q}, and busy {name}", f"/claims/?q={q}&{name}={busy[name]}")
    yield Asked(
        "q, common word, status, by relevance",
        f"/claims/?q={COMMON}&status=disputed&order=relevance",
    )


def quoted(q: str) -> str:
    """Return words as they stand in an address."""
    from urllib.parse import quote_plus

    return quote_plus(q)


def parties() -> dict[str, str]:
    """Return by which name addresses choose the claimant, publisher and topic with the most claims."""
    from claims.models import Appearance, Claimant, ClaimTopic, Publisher, Topic

    publisher = Appearance.objects.publisher_counts(most=1)
    topic = ClaimTopic.objects.topic_counts(most=1)
    return {
        "claimant": Claimant.objects.order_by("pk")[0].public_id,
        "publisher": Publisher.objects.get(pk__in=publisher).public_id,
        "topic": Topic.objects.get(pk__in=topic).slug,
    }


def address_of(name: str, known_as: str) -> str:
    """Return the address of a party's own page."""
    from claims import addresses
    from claims.models import Claimant, Publisher

    if name == "topic":
        return addresses.topic_page(known_as)
    if name == "publisher":
        publisher = Publisher.objects.get(public_id=known_as)
        return addresses.publisher_page(publisher.public_id, publisher.name)
    claimant = Claimant.objects.named_in_public().get(public_id=known_as)
    return addresses.claimant_page(claimant.public_id, claimant.public_name)


def cursors() -> list[str]:
    """Return the places where page `PAGE` begins, and in the middle of the list."""
    from claims.models import Claim
    from claims.public.paging import PAGE_SIZE, Cursor

    listed = Claim.objects.listed().newest_first()
    before = [(PAGE - 1) * PAGE_SIZE - 1, listed.count() // 2]
    rows = [listed[min(at, listed.count() - 1)] for at in before]
    return [Cursor(one.status_since, one.public_id).encode() for one in rows]


def sentences(number: int) -> list[str]:
    """Return sentences each of which says a claim in part: six other words in the place of a third of its own."""
    from claims.models import Claim

    words = Talk(7)
    listed = Claim.objects.listed().order_by("pk").values_list("wording", flat=True)
    made = []
    for wording in listed[:: max(listed.count() // number, 1)][:number]:
        said = [word for word in wording.rstrip(".").split() if words.random.random() > 0.3]
        made.append(" ".join([*said, *words.sentence().split()[:6]]).capitalize() + ".")
    return made


def opened(page: Asked, rounds: int) -> tuple[list[float], int]:
    """Return how many milliseconds a page took each time, and how many queries it asked."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(page)
    with CaptureQueriesContext(connection) as queries:
        ask(page)
        asked = len(queries)
    return [ask(page) for _ in range(rounds)], asked


def ask(page: Asked) -> float:
    """Return how many milliseconds an answer took. Raises SystemExit for any that is not the page."""
    from django.core.cache import cache
    from django.test import Client

    # By a host that is allowed anyway: what else a test environment sets up copies every context of every template.
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    if not page.kept:
        cache.clear()
    began = time.perf_counter()
    answer = (
        client.post(page.address, {"text": page.text}) if page.text else client.get(page.address)
    )
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{page.address} answered {answer.status_code}.")
    return took


def chosen(page: Asked) -> str:
    """Return how many claims the list of an address holds, in all its pages; "" where it is no list of claims."""
    from urllib.parse import urlsplit

    from django.http import QueryDict

    from claims.public.choosing import read_choice

    parts = urlsplit(page.address)
    if parts.path not in ("/claims/", "/de/claims/", "/feeds/claims.atom"):
        return ""
    return f"{read_choice(QueryDict(parts.query)).claims().count():,}"


if __name__ == "__main__":
    main()
