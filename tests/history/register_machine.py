"""A small register under random acts, beside a memory of every document it ever served."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from claims import documents, workflow
from claims.documents import Document
from claims.models import Claim, HistoryEntry, Review, Verdict
from claims.vocabulary import EvidenceKind, RedactionReason, ReviewReason, Role, Stance
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import (
    AppearanceDraft,
    ClaimDraft,
    EvidenceDraft,
    ImportedClaim,
    ImportedVerdict,
    ImportResult,
    RuleBroken,
    VerdictDraft,
)
from tests import factories
from tests.history.register_model import Buried, Expected

NUMBERS = st.integers(0, 11)
WORDS = st.text("abcé“😀\n", min_size=1, max_size=9).filter(lambda text: bool(text.strip()))
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2024, 1, 1))
STANCES, STATUSES = st.sampled_from(Stance), st.sampled_from(Status)
LETTERS = "abcdefghijkl"
Result = TypeVar("Result")


class Served(NamedTuple):
    """One document that readers could see from one moment on, and what it had to say."""

    claim: Claim
    moment: datetime
    document: Document | None
    expected: Expected


def nothing(result: object) -> None:
    """Say of an act that it changes nothing the model keeps."""


class Register(RuleBasedStateMachine):
    """Every rule calls one verb on one claim; what the rules of the register refuse counts as nothing done."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.one, self.two = (factories.person(Role.EDITOR) for _ in range(2))
        self.importer = factories.person(Role.IMPORTER)
        self.speaker = factories.ClaimantFactory(name="Ada Berg", role="Mayor")
        self.article = factories.ArticleFactory(text=" ".join(LETTERS))
        self.served: list[Served] = []
        self.expected: dict[int, Expected] = {}
        self.buried: dict[int, Buried] = {}
        self.erased: set[str] = set()

    def teardown(self) -> None:
        """Undo the whole example."""
        transaction.set_rollback(True)
        self.stack.close()

    def remember(self) -> None:
        """Keep the document of every claim whose history grew, with the moment from which it is served."""
        known = {kept.claim.pk: kept.claim.head_number for kept in self.served}
        for claim in Claim.objects.all():
            if claim.head_at and known.get(claim.pk) != claim.head_number:
                served = Served(
                    claim, claim.head_at, documents.current(claim), self.expected[claim.pk]
                )
                served.expected.check(served.document, self.buried_of(claim))
                self.served.append(served)

    def buried_of(self, claim: Claim) -> Buried:
        """Return what was erased of a claim so far."""
        return self.buried.get(claim.pk, frozenset())

    def act(self, verb: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Call a verb and note what it must have done; a refusal is part of the game."""
        try:
            result = verb()
        except RuleBroken:
            return
        then(result)
        self.remember()

    def expect(self, claim: Claim, change: Callable[[Expected, int], Expected]) -> None:
        """Note what an act on `claim` must have done, given the number of its entry."""
        number = Claim.objects.get(pk=claim.pk).head_number
        self.expected[claim.pk] = change(self.expected.get(claim.pk, Expected()), number)

    def claim(self, number: int) -> Claim:
        """Return one of the claims."""
        claims = list(Claim.objects.order_by("pk"))
        return claims[number % len(claims)]

    @initialize(wording=WORDS)
    def begin(self, wording: str) -> None:
        self.record(wording, 0)

    @rule(wording=WORDS, number=NUMBERS)
    def record(self, wording: str, number: int) -> None:
        found = AppearanceDraft(article=self.article, exact=LETTERS[number]) if number % 2 else None
        draft = ClaimDraft(wording=wording, claimant=self.speaker if number % 3 else None)
        self.act(
            lambda: workflow.record_claim(draft, by=self.one, appearance=found),
            lambda claim: self.expect(claim, lambda e, n: e.reworded(n, wording)),
        )

    @rule(number=NUMBERS, letter=NUMBERS)
    def appear(self, number: int, letter: int) -> None:
        draft = AppearanceDraft(article=self.article, exact=LETTERS[letter], cue="said")
        self.act(lambda: workflow.add_appearance(self.claim(number), draft, by=self.one), nothing)

    @rule(number=NUMBERS, stance=STANCES, page=NUMBERS, text=WORDS, primary=st.booleans())
    def add(self, *, number: int, stance: Stance, page: int, text: str, primary: bool) -> None:
        draft = EvidenceDraft(
            stance=stance,
            kind=EvidenceKind.DOCUMENT,
            url=f"https://s{page}.example/",
            title=text,
            excerpt=text,
            primary=primary,
        )
        self.act(lambda: workflow.add_evidence(self.claim(number), draft, by=self.one), nothing)

    @rule(number=NUMBERS, piece=NUMBERS)
    def withdraw(self, number: int, piece: int) -> None:
        pieces = list(self.claim(number).evidence.all())
        if pieces:
            chosen = pieces[piece % len(pieces)]
            taken = chosen.entry.number
            self.act(
                lambda: workflow.withdraw_evidence(chosen, reason="Retracted.", by=self.one),
                lambda entry: self.expect(chosen.claim, lambda e, n: e.without(taken)),
            )

    @rule(number=NUMBERS, place=NUMBERS)
    def disappear(self, number: int, place: int) -> None:
        places = list(self.claim(number).appearances.all())
        if places:
            chosen = places[place % len(places)]
            taken = chosen.entry.number
            self.act(
                lambda: workflow.withdraw_appearance(chosen, by=self.one),
                lambda entry: self.expect(chosen.claim, lambda e, n: e.without(taken)),
            )

    @rule(number=NUMBERS)
    def discard(self, number: int) -> None:
        claim = self.claim(number)
        self.act(
            lambda: workflow.discard_claim(claim, by=self.two),
            lambda entry: self.expect(claim, lambda e, n: replace(e, discarded=True)),
        )

    @rule(number=NUMBERS, wording=WORDS)
    def reword(self, number: int, wording: str) -> None:
        claim = self.claim(number)
        self.act(
            lambda: workflow.reword_claim(claim, wording=wording, reason="r", by=self.one),
            lambda row: self.expect(claim, lambda e, n: e.reworded(n, wording)),
        )

    @rule(number=NUMBERS, status=STATUSES, text=WORDS)
    def propose(self, number: int, status: Status, text: str) -> None:
        claim = self.claim(number)
        draft = VerdictDraft(
            status=status, rationale=text, would_settle="w", single_source_reason="s"
        )

        def verb() -> None:
            review = Review.objects.active().filter(claim=claim).first()
            review = review or workflow.open_review(
                claim, reason=ReviewReason.NEW_CLAIM, by=self.one
            )
            workflow.propose_verdict(review, draft, by=self.one)

        self.act(verb, nothing)

    @rule(
        number=NUMBERS, ending=st.sampled_from(["approve", "approve", "approve", "return", "close"])
    )
    def decide(self, number: int, ending: str) -> None:
        reviews = list(Review.objects.active())
        if not reviews:
            return
        review = reviews[number % len(reviews)]
        verbs: dict[str, Callable[[], object]] = {
            "approve": lambda: workflow.approve_verdict(review, by=self.two),
            "return": lambda: workflow.return_review(review, reason="r", by=self.two),
            "close": lambda: workflow.close_review(review, reason="r", by=self.two),
        }

        def then(result: object) -> None:
            if isinstance(result, Verdict):
                self.expect(review.claim, lambda e, n: e.given(n, result.status))

        self.act(verbs[ending], then)

    @rule(number=NUMBERS, status=STATUSES, text=WORDS)
    def override(self, number: int, status: Status, text: str) -> None:
        claim = self.claim(number)
        draft = VerdictDraft(status=status, rationale=text, would_settle="w")
        self.act(
            lambda: workflow.override_verdict(claim, draft, reason=text, by=self.one),
            lambda verdict: self.expect(claim, lambda e, n: e.given(n, status, alone=True)),
        )

    @rule(number=NUMBERS)
    def void(self, number: int) -> None:
        claim = self.claim(number)
        self.act(
            lambda: workflow.void_verdict(claim, reason="r", by=self.two),
            lambda entry: self.expect(claim, lambda e, n: e.voided()),
        )

    @rule(number=NUMBERS, status=STATUSES, day=DAYS, text=WORDS)
    def import_verdict(self, number: int, status: Status, day: date | None, text: str) -> None:
        claim, draft = self.claim(number), VerdictDraft(status=status, rationale=text)
        self.act(
            lambda: workflow.import_verdict(
                claim, draft, effective_on=day, origin="Archive", by=self.importer
            ),
            lambda verdict: self.expect(claim, lambda e, n: e.given(n, status)),
        )

    @rule(key=NUMBERS, status=STATUSES, day=DAYS, text=WORDS)
    def import_claim(self, key: int, status: Status, day: date | None, text: str) -> None:
        verdict = ImportedVerdict(
            draft=VerdictDraft(status=status, rationale=text), effective_on=day
        )
        piece = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.OTHER, source_text=text)
        row = ImportedClaim(
            key=str(key), claim=ClaimDraft(wording=text), evidence=[piece], verdicts=[verdict]
        )

        def then(result: ImportResult) -> None:
            for claim in result.added.values():
                self.expect(claim, lambda e, n: e.reworded(1, text).given(n, status))

        self.act(
            lambda: workflow.import_claims(
                [row], source="archive", origin="Archive", by=self.importer
            ),
            then,
        )

    @rule(number=NUMBERS, other=NUMBERS)
    def merge(self, number: int, other: int) -> None:
        claim, into = self.claim(number), self.claim(other)
        self.act(
            lambda: workflow.merge_claims(claim, into=into, reason="Same.", by=self.one),
            lambda entry: self.expect(claim, lambda e, n: replace(e, merged=True)),
        )

    @rule(number=NUMBERS, choice=NUMBERS)
    def redact(self, number: int, choice: int) -> None:
        entries = list(HistoryEntry.objects.select_related("claim").order_by("-pk"))
        entry = entries[number % len(entries)]
        values = sorted(workflow.erasable_fields(entry).items())
        if not values:
            return
        name, (value, _) = values[choice % len(values)]

        def verb() -> None:
            request = workflow.propose_redaction(
                entry, fields=[name], reason=RedactionReason.SAFETY, by=self.one
            )
            workflow.redact_text(request, by=self.two)

        def then(result: None) -> None:
            self.erased.add(value)
            buried = self.buried_of(entry.claim)
            self.buried[entry.claim.pk] = buried | {(entry.number, name)}

        self.act(verb, then)
