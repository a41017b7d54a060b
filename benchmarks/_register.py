"""A large register for benchmarks: a small one made by the verbs, then copied row by row beneath other words.

The first claims come in through `import_claims` and the desk's verbs, so that every table holds what a real register
holds. The copies are INSERT … SELECT with shifted keys, made while the guards are down: quick, and only for databases
that are thrown away. Their words are their own, their digests are not: `check_history` would name every copy.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("DATABASE_URL_PG", "postgres://postgres@127.0.0.1:5432/postgres")
sys.path.insert(0, str(ROOT))

FIRST, BATCH = 500, 25  # claims made by verbs, and how many of them at once
BUSY, BUSIEST = (
    5,
    10,
)  # parties that all copies share, and of how many claims the first of them makes one more
TOPICS, BROADEST = (
    12,
    4,
)  # topics that all copies share, and of how many claims the first of them has one more
VOCABULARY, COMMONEST = 40_000, 30
SMALL_WORDS = (
    "the of and to in a is that for it was on are with as by at from has have be this"
).split()


class Words:
    """Invented words that come up as often as those of English: a few very often, most of them rarely."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < VOCABULARY:
            syllables = self.random.randint(1, 4)
            made["".join(map(self._syllable, range(syllables))) + self.random.choice("nrst")] = None
        self.words = list(made)
        often = (1 / (place + COMMONEST) for place in range(VOCABULARY))
        self.weights = list(itertools.accumulate(often))

    def _syllable(self, _: int) -> str:
        return self.random.choice("bcdfghklmnprstvw") + self.random.choice("aeiou")

    def sentence(self) -> str:
        """Return a statement of 8 to 24 words, nearly half of them small ones."""
        length = self.random.randint(8, 24)
        telling = self.random.choices(self.words, cum_weights=self.weights, k=length)
        words = [
            self.random.choice(SMALL_WORDS) if self.random.random() < 0.45 else word
            for word in telling
        ]
        return " ".join(words).capitalize() + "."


def set_up(database: str, folder: str) -> None:
    """Make Django ready on a database of its own, and migrate it."""
    os.environ.update(
        DATABASE_URL=database,
        FACTCHECK_MODE="development",
        FACTCHECK_DEBUG="false",
        FACTCHECK_ENV_FILE="",
        FACTCHECK_VAR_DIR=folder,
        DJANGO_SETTINGS_MODULE="factcheck.settings",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


@contextmanager
def scratch_database(server: str = SERVER) -> Iterator[str]:
    """Yield the address of a new PostgreSQL database, dropped after, or "" where no server answers."""
    import psycopg
    from psycopg import sql

    name = f"factcheck_bench_{uuid4().hex[:8]}"
    try:
        admin = psycopg.connect(server, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        print(f"PostgreSQL: skipped, {str(error).splitlines()[0]}")
        yield ""
        return
    with admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{server.rsplit('/', 1)[0]}/{name}"
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            admin.execute(drop)


def person(role: str) -> Any:
    """Return the person of that role, made if new."""
    from django.contrib.auth.models import Group

    from claims.models import User

    user, _ = User.objects.get_or_create(username=role.lower(), defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def fill(claims: int, *, words: Words | None = None) -> None:
    """Fill an empty register with that many claims, a multiple of FIRST, and all that belongs to them."""
    from _copies import copy_all

    words = words or Words()
    _make_first(min(FIRST, claims), words)
    copy_all(claims, words.sentence, shared=BUSY)


def _make_first(number: int, words: Words) -> None:
    from claims import workflow as verbs
    from claims.models import Claim

    parties = _parties(number // 10 or 1, words)
    rows = [_imported(at, words, parties) for at in range(number)]
    importer = person("Importer")
    for at in range(0, number, BATCH):
        brought = rows[at : at + BATCH]
        verbs.import_claims(brought, source="benchmark", origin="Elsewhere", by=importer)
    claims = list(Claim.objects.order_by("pk"))
    _file(claims)
    _review(claims[::4])
    _redact(claims[3::25])
    for twin, lasting in zip(claims[7::50], claims[11::50], strict=False):
        verbs.merge_claims(twin, into=lasting, reason="The same.", by=person("Editor"))


def _parties(number: int, words: Words) -> list[tuple[Any, Any]]:
    """Return articles and claimants, made by verbs."""
    from claims import workflow as verbs
    from claims.vocabulary import ClaimantKind

    by, made = person("Editor"), []
    for at in range(number):
        name = " ".join(words.random.choices(words.words, k=2)).title()
        claimant = verbs.record_claimant(name=f"{name} {at}", kind=ClaimantKind.PERSON, by=by)
        publisher = verbs.record_publisher(name=f"Outlet {at}", domain=f"o{at}.example", by=by)
        text = " ".join(words.sentence() for _ in range(30))
        draft = verbs.ArticleDraft(
            title=words.sentence(),
            text=text,
            original=text.encode(),
            publisher=publisher,
            url=f"https://o{at}.example/story",
        )
        made.append((verbs.record_article(draft, by=by).article, claimant))
    return made


def _imported(at: int, words: Words, parties: list[tuple[Any, Any]]) -> Any:
    from claims import workflow as verbs
    from claims.vocabulary import ClaimKind, EvidenceKind, Stance, VerificationStatus

    article, claimant = parties[at % len(parties) if at % BUSIEST != 1 else 0]
    quote = article.text.split(". ")[at % 25]
    start = article.text.index(quote)
    status = VerificationStatus.values[at % 3]
    given = verbs.VerdictDraft(
        status=VerificationStatus(status), rationale=words.sentence(), would_settle="A record."
    )
    return verbs.ImportedClaim(
        key=str(at),
        claim=verbs.ClaimDraft(
            wording=words.sentence(), claimant=claimant, kind=ClaimKind(ClaimKind.values[at % 3])
        ),
        appearance=verbs.AppearanceDraft(
            article=article, exact=quote, start=start, end=start + len(quote), speaker=claimant
        ),
        evidence=[
            verbs.EvidenceDraft(
                stance=Stance(Stance.values[piece]),
                kind=EvidenceKind.DOCUMENT,
                url=f"https://s{piece}.example/{at}",
                title=words.sentence(),
            )
            for piece in range(3)
        ],
        verdicts=[verbs.ImportedVerdict(draft=given)] if at % 5 else [],
    )


def _file(claims: list[Any]) -> None:
    from claims import workflow as verbs

    by = person("Editor")
    topics = [verbs.record_topic(name=f"Topic {at}", by=by) for at in range(TOPICS)]
    for at, claim in enumerate(claims):
        broad = [] if at % BROADEST else topics[:1]
        verbs.file_claim(claim, topics={topics[at % TOPICS], *broad}, by=by)


def _review(claims: list[Any]) -> None:
    from claims import workflow as verbs
    from claims.vocabulary import ReviewReason, VerificationStatus
    from claims.workflow.checklist import open_items

    proposer, approver = person("Reviewer"), person("Editor")
    for at, claim in enumerate(claims):
        review = verbs.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=proposer)
        if at % 2:
            verbs.assign_review(review, to=proposer, by=proposer)
        draft = verbs.VerdictDraft(
            status=VerificationStatus.DISPUTED,
            rationale="What was found.",
            would_settle="A record.",
        )
        if at % 3:
            for item in open_items(review):
                verbs.check_item(review, item, by=proposer)
            verbs.propose_verdict(review, draft, by=proposer)
        if at % 3 == 2:
            verbs.approve_verdict(review, by=approver)
        if at % 12 == 2:
            verbs.void_verdict(claim, reason="It was given by mistake.", by=approver)


def _redact(claims: list[Any]) -> None:
    from claims import workflow as verbs
    from claims.vocabulary import RedactionReason

    by = person("Editor")
    for claim in claims:
        entry = claim.entries.get(number=2)
        verbs.propose_redaction(
            entry, fields=["evidence.title"], reason=RedactionReason.COURT_ORDER, by=by
        )
