"""A large register as an export, made from a seed: the same bytes every time, each history legal, with true hashes.

Claims are recorded with the quote in which they were found, get five pieces of evidence and three verdicts given by two
people, over months, side by side with all others, in five languages; a few claimants, outlets and topics come up again
and again, most of them rarely. Entries are numbered, chained, salted and hashed by the register's own recorder, and
documents built by its own code; only clock, salts and ids come from the seed. There are no mergers, withdrawals and
redactions in it. It is brought in by `import_claims --format factcheck`.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache, partial
from json import loads
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from _register import Words

ACTS = 9  # a recording, five pieces of evidence, three verdicts
VERDICTS = (3, 6, 8)  # which of the acts they are, from 0 on
BEGUN, DAYS = datetime(2021, 1, 4, 6, tzinfo=UTC), 1_900
LANGUAGES, LANGUAGE_WEIGHTS = ("en", "de", "fr", "sr-Latn", "es"), (60, 15, 10, 10, 5)
TOPICS = 24
PEOPLE = ("R. Amadi", "S. Petrov", "T. Lindqvist", "U. Moreau", "V. Costa")
AT_ONCE = 100
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Made:
    """What every claim is made from: the words, and how many parties there are."""

    def __init__(self, claims: int, seed: int) -> None:
        self.claims, self.seed = claims, seed
        self.words = Words(seed)
        # Each of them at least as often as once: an export lists nobody whom nothing names.
        self.claimants = min(claims, max(5, min(claims // 20, 5_000)))
        self.publishers = min(claims, max(5, min(claims // 50, 2_000)))
        self.articles = max(1, claims // 10)
        self.topics = min(claims, TOPICS)

    def chance(self, kind: str, number: int) -> Random:
        """Return the source of chance of one thing, whoever makes it and whenever."""
        return Random(f"{self.seed} {kind} {number}")

    def saying(self, kind: str, number: int) -> Random:
        """Return the source of chance of one thing, from which its sentences come as well."""
        self.words.random = self.chance(kind, number)
        return self.words.random

    def public_id(self, kind: str, number: int) -> str:
        """Return an id that looks like any other and belongs to one thing of its kind alone."""
        digest = hashlib.sha256(f"{self.seed} {kind}".encode()).digest()
        mixed = (number * 0x9E3779B97F4A7C15 ^ int.from_bytes(digest[:8], "big")) % (1 << 40)
        text = f"{number:06}"
        return "".join(ALPHABET[mixed >> 5 * at & 31] for at in range(4)) + text

    def few_often(self, of: int, random: Random) -> int:
        """Return a number from 0 on below `of`, the first ones far more often than the last."""
        return min(int(of * random.random() ** 3), of - 1)

    def one_of(self, of: int, number: int, random: Random) -> int:
        """Return what `few_often` does, but of the first `of` things each another, so that none is left out."""
        often = self.few_often(of, random)
        return number if number < of else often


@dataclass(frozen=True, slots=True)
class Order:
    """Claim by claim, act by act: when it was recorded (microseconds since the beginning), its place, its log index."""

    at: array[int]
    places: array[int]
    indices: array[int]

    def of(self, number: int) -> list[tuple[int, int, int]]:
        """Return the order of the acts of one claim."""
        own = slice(number * ACTS, (number + 1) * ACTS)
        return list(zip(self.at[own], self.places[own], self.indices[own], strict=True))


def order_of(made: Made) -> Order:
    """Return the order of all acts; what came before a claim's first verdict enters the log with it."""
    day = 24 * 60 * 60 * 1_000_000
    at, public = array("q"), array("q")
    for number in range(made.claims):
        random = made.chance("moments", number)
        now, own = int(random.random() * (DAYS - 400) * day), []
        for act in range(ACTS):
            now += int(random.expovariate(1) * (20 * day if act in VERDICTS else day / 2)) + 1
            own.append(min(now, DAYS * day - ACTS + act))
        at.extend(own)
        public.extend(max(one, own[VERDICTS[0]]) for one in own)
    return Order(at, _ranks(at, from_=1), _ranks(public, from_=0))


def _ranks(values: array[int], *, from_: int) -> array[int]:
    ranks = array("q", bytes(8 * len(values)))
    for rank, key in enumerate(sorted(range(len(values)), key=values.__getitem__), start=from_):
        ranks[key] = rank
    return ranks


class Maker:
    """Makes lines in one process."""

    def __init__(self, claims: int, seed: int) -> None:
        from claims.history import leaves

        self.made = Made(claims, seed)
        self.salts = Random(seed)
        leaves.new_salt = lambda: self.salts.randbytes(16)  # type: ignore[assignment]
        self.claimant, self.publisher = cache(self._claimant), cache(self._publisher)
        self.article = lru_cache(100)(self._article)

    def _claimant(self, number: int) -> Any:
        from claims.models import Claimant
        from claims.vocabulary import ClaimantKind

        random = self.made.chance("claimant", number)
        name = " ".join(random.choices(self.made.words.words, k=2)).title()
        return Claimant(
            pk=number + 1,
            public_id=self.made.public_id("claimant", number),
            name=f"{name} {number}",
            kind=ClaimantKind.PERSON,
            role=self.made.words.words[number % 500].capitalize() if number % 3 else "",
        )

    def _publisher(self, number: int) -> Any:
        from claims.models import Publisher

        random = self.made.chance("publisher", number)
        name = random.choice(self.made.words.words).title()
        return Publisher(
            pk=number + 1,
            public_id=self.made.public_id("publisher", number),
            name=f"{name} {number}",
            domain=f"outlet{number}.example",
        )

    def _article(self, number: int) -> Any:
        """Return an article; one in three may be shown whole."""
        from claims.models import Article
        from claims.vocabulary import Licence

        random = self.made.saying("article", number)
        publisher = self.publisher(self.made.few_often(self.made.publishers, random))
        text = " ".join(self.made.words.sentence() for _ in range(20))
        licence = Licence.QUOTES_ONLY if number % 3 else Licence.FULL_TEXT
        return Article(
            pk=number + 1,
            public_id=self.made.public_id("article", number),
            publisher=publisher,
            publisher_name=publisher.name,
            title=self.made.words.sentence(),
            language=random.choices(LANGUAGES, LANGUAGE_WEIGHTS)[0],
            url=f"https://outlet{publisher.pk - 1}.example/{number}",
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            licence=licence,
            recorded_at=BEGUN + timedelta(minutes=number),
        )

    def claim(self, number: int, order: list[tuple[int, int, int]], log: str, as_of: str) -> Any:
        """Return the line of one claim, its head and what it is filed under."""
        from _histories import recorded

        from claims import documents
        from claims.exports.lines import ClaimLine
        from claims.exports.shape import claim_line
        from claims.history.canonical import moment_text

        self.salts.seed(f"{self.made.seed} salts {number}")
        recorder = recorded(
            self, number, [BEGUN + timedelta(microseconds=at) for at, _, _ in order]
        )
        parts = [
            _part(recorder, entry, place, index)
            for entry, (_, place, index) in zip(recorder.pending.entries, order, strict=True)
        ]
        claim = recorder.claim
        document = documents.stored(recorder.state)
        text = claim_line(
            public_id=claim.public_id,
            created_at=moment_text(recorder.pending.entries[0].recorded_at),
            log=log,
            as_of=as_of,
            entries=parts,
            document=document.body,
            sha256=document.sha256,
            erased=[],
            topics=sorted({f"topic-{number % self.made.topics}", f"topic-{number % 7}"}),
            others={},
        )
        head = parts[-1].leaf_hash.hex()
        return ClaimLine(text, claim.public_id, len(parts), head, document.body)


def _part(recorder: Any, entry: Any, place: int, index: int) -> Any:
    from claims.exports.shape import EntryPart
    from claims.history.canonical import disclosure
    from claims.history.leaves import erasable_values

    rows = [row for row in recorder.pending.rows if row.entry is entry]
    values = erasable_values(entry, rows)
    disclosed = [disclosure(salt, name, value) for name, value, salt in values]
    return EntryPart(
        entry.number, bytes(entry.leaf), bytes(entry.leaf_hash), disclosed, place, index
    )


_makers: dict[tuple[int, int], Maker] = {}


def make(batch: list[Any], *, claims: int, seed: int, log: str, as_of: str) -> list[Any]:
    """Return the lines of some claims, in a process of its own."""
    maker = _makers.get((claims, seed)) or _makers.setdefault((claims, seed), Maker(claims, seed))
    return [maker.claim(number, order, log, as_of) for number, order in batch]


def write_generated(folder: Path, *, claims: int, seed: int = 1, processes: int = 2) -> Path:
    """Write an export of that many claims beneath `folder` and return where it lies; Django is ready already."""
    from django.conf import settings

    from claims.exports.writing import Log, write_with
    from claims.history.canonical import moment_text

    maker = _makers.setdefault((claims, seed), Maker(claims, seed))  # forked off with the rest
    made = maker.made
    order = order_of(made)
    as_of = moment_text(BEGUN + timedelta(microseconds=max(order.at)))
    batches = (
        [(number, order.of(number)) for number in range(first, min(first + AT_ONCE, claims))]
        for first in range(0, claims, AT_ONCE)
    )
    work = partial(make, claims=claims, seed=seed, log=settings.FACTCHECK_LOG_ORIGIN, as_of=as_of)

    hashes: dict[int, str] = {}
    last = order.indices.index(len(order.indices) - 1)

    def lines() -> Iterator[Any]:
        with get_context("fork").Pool(processes) as pool:
            for at, some in enumerate(pool.imap(work, batches)):
                if at == last // ACTS // AT_ONCE:
                    told = loads(some[last // ACTS % AT_ONCE].text)
                    hashes[last] = told["bundle"]["entries"][last % ACTS]["leaf_hash"]
                yield from some

    return write_with(
        folder,
        _parties(maker),
        lines(),
        as_of=as_of,
        entries=len(order.at),
        log=lambda: Log(len(order.at), hashes[last]),
        whole=False,
    ).folder


def _parties(maker: Maker) -> dict[str, Any]:
    from claims.exports import parties

    made = maker.made
    return {
        "publishers": (
            {"id": one.public_id, "name": one.name, "domain": one.domain, "kind": one.kind}
            for one in map(maker.publisher, range(made.publishers))
        ),
        "claimants": (
            {
                "id": one.public_id,
                "kind": one.kind,
                "name": one.name,
                "role": one.role,
                "wikidata": "",
                "merged_into": None,
                "merger": None,
                "affiliations": [],
            }
            for one in map(maker.claimant, range(made.claimants))
        ),
        "topics": ({"slug": f"topic-{at}", "name": f"Topic {at}"} for at in range(made.topics)),
        "methods": parties.methods(whole=False),
        "articles": (
            parties.public_article(one, shown=one.licence == "full_text")
            for one in map(maker.article, range(made.articles))
        ),
        "relations": iter(()),
    }
