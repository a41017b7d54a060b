"""Eight people who act at random on claims of their own and of all, until they have done enough."""

from __future__ import annotations

import random

from claims import workflow
from claims.models import Claim
from claims.vocabulary import (
    EvidenceKind,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import EvidenceDraft, RuleBroken
from tests import factories


class Actor:
    """Somebody who does one random thing after the other; what the rules refuse is left."""

    def __init__(self, number: int, shared: list[Claim]) -> None:
        self.random = random.Random(number)
        self.number, self.done = number, 0
        self.editor = factories.person(Role.EDITOR)
        self.second = factories.person(Role.EDITOR)
        self.shared = shared
        self.own: list[Claim] = []

    def act(self, times: int) -> None:
        """Do `times` things."""
        verbs = (self.record, self.add, self.add, self.judge, self.withdraw, self.void, self.erase)
        for _ in range(times):
            try:
                self.random.choice(verbs)()
            except RuleBroken:
                continue

    def some(self) -> Claim:
        """Return a claim of one's own or of all, read fresh."""
        return Claim.objects.get(pk=self.random.choice([*self.own, *self.shared]).pk)

    def record(self) -> None:
        self.done += 1
        draft = workflow.ClaimDraft(wording=f"Bridge {self.number}-{self.done} is safe.")
        self.own.append(workflow.record_claim(draft, by=self.editor))

    def add(self) -> None:
        self.done += 1
        draft = EvidenceDraft(
            stance=Stance.REFUTES,
            kind=EvidenceKind.OTHER,
            url=f"https://s{self.number}.example/{self.done}",
        )
        workflow.add_evidence(self.some(), draft, by=self.editor)

    def judge(self) -> None:
        claim = self.some()
        review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=self.editor)
        status = self.random.choice([VerificationStatus.UNCONFIRMED, VerificationStatus.DISPUTED])
        draft = workflow.VerdictDraft(status=status, rationale="r", would_settle="s")
        workflow.propose_verdict(review, draft, by=self.editor)
        workflow.approve_verdict(review, by=self.second)

    def withdraw(self) -> None:
        piece = self.some().evidence.order_by("?").first()
        if piece:
            workflow.withdraw_evidence(piece, reason="r", by=self.editor)

    def void(self) -> None:
        workflow.void_verdict(self.some(), reason="r", by=self.editor)

    def erase(self) -> None:
        entry = self.some().entries.order_by("?").first()
        assert entry is not None
        factories.erase(entry, "by_name", by=self.editor, and_by=self.second)


def actors(number: int) -> list[Actor]:
    """Return so many people, with four claims that all of them act on."""
    shared = [factories.published_claim(), *(factories.ClaimFactory() for _ in range(3))]
    return [Actor(one, shared) for one in range(number)]
