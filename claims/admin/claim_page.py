"""What a claim's page on the desk shows, read from the replayed record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import addresses
from claims.admin.history_lines import Line, what_of
from claims.admin.readiness import Readiness, readiness
from claims.admin.review_panel import ReviewPanel, Told, told_in
from claims.admin.steps import Step, may
from claims.history.replay import replay
from claims.history.state import State, StoodAppearance, StoodEvidence, StoodVerdict
from claims.models import (
    Claim,
    HistoryEntry,
    Proposal,
    Recheck,
    RedactionRequest,
    Review,
    ReviewNote,
    User,
)
from claims.vocabulary import (
    ACTIVE_REVIEW_STATES,
    CHECKABLE_KINDS,
    Act,
    Stance,
    Verb,
)
from claims.workflow import RuleBroken
from claims.workflow.rules import independent_origins, is_checkable, may_take_back, takes_acts

SIDES = {
    Stance.SUPPORTS: _("For the claim"),
    Stance.REFUTES: _("Against the claim"),
    Stance.CONTEXT: _("Context"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """The evidence of one stance."""

    stance: Stance
    pieces: list[StoodEvidence]

    @property
    def heading(self) -> str:
        """What it says of the claim, in words."""
        return str(SIDES[self.stance])

    @property
    def origins(self) -> int:
        """How many independent origins stand here."""
        return independent_origins(piece.row for piece in self.pieces if piece.stands)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the claim was found, and whether this person may take it back."""

    stood: StoodAppearance
    may_withdraw: bool


CLAIM_STEPS = (
    (Verb.ADD_EVIDENCE, _("Add evidence"), "add-evidence"),
    (Verb.RECORD_CONTACT, _("Ask the claimant"), "contact"),
    (Verb.REWORD_CLAIM, _("Reword"), "reword"),
    (Verb.SET_RECHECK, _("Look again on …"), "recheck"),
    (Verb.MERGE_CLAIMS, _("Merge"), "merge"),
    (Verb.VOID_VERDICT, _("Void verdict"), "void"),
    (Verb.DECLARE_CONFLICT, _("Conflict of interest"), "declare-conflict"),
    (Verb.OVERRIDE_VERDICT, _("Publish alone"), "override"),
    (Verb.DISCARD_CLAIM, _("Discard"), "discard"),
)


class ClaimPage:
    """One claim, as one person of the desk sees it."""

    def __init__(self, claim: Claim, person: User) -> None:
        self.claim = claim
        self.person = person
        self.state: State = replay(claim)

    @cached_property
    def reviews(self) -> list[Review]:
        """All work on the claim, the latest first, with what was proposed."""
        proposals = Prefetch("proposals", Proposal.objects.select_related("by", "wording"))
        notes = Prefetch("notes", ReviewNote.objects.select_related("by"))
        people = ("opened_by", "assignee", "decided_by")
        reviews = self.claim.reviews.select_related(*people)
        return list(reviews.prefetch_related(proposals, notes, "notes__mentions"))

    @property
    def review(self) -> Review | None:
        """The review in progress."""
        return next((one for one in self.reviews if one.state in ACTIVE_REVIEW_STATES), None)

    @cached_property
    def panel(self) -> ReviewPanel | None:
        """The review in progress, as this person sees it."""
        return ReviewPanel(self.review, self.person, barred=self._barred) if self.review else None

    @property
    def earlier_reviews(self) -> list[tuple[Review, list[Told]]]:
        """The reviews that have ended, each with what was noted in it."""
        ended = [one for one in self.reviews if one.state not in ACTIVE_REVIEW_STATES]
        return [(one, told_in(one)) for one in ended]

    @property
    def is_checkable(self) -> bool:
        """Whether a verdict is possible at all."""
        return self.state.wording.kind in CHECKABLE_KINDS

    @property
    def is_pinned_to_earlier_wording(self) -> bool:
        """Whether the claim was reworded since its verdict."""
        verdict = self.state.verdict
        return verdict is not None and verdict.row.wording.version != self.state.wording.version

    @property
    def withdrawn_beneath(self) -> list[int]:
        """The numbers of the entries that the verdict in force rests on and that were withdrawn since."""
        verdict = self.state.verdict
        return self.state.withdrawn_beneath(verdict) if verdict else []

    @property
    def sides(self) -> list[Side]:
        """The evidence for and against the claim; a withdrawn piece keeps its place."""
        return [self._side(Stance.SUPPORTS), self._side(Stance.REFUTES)]

    @property
    def around(self) -> Side:
        """The evidence that is neither."""
        return self._side(Stance.CONTEXT)

    def _side(self, stance: Stance) -> Side:
        pieces = self.state.evidence.values()
        return Side(stance, [one for one in pieces if one.row.stance == stance])

    @property
    def earlier_verdicts(self) -> list[StoodVerdict]:
        """The verdicts that are no longer in force, the latest first."""
        given = list(self.state.verdicts.values())[::-1]
        return [one for one in given if one is not self.state.verdict]

    @property
    def readiness(self) -> list[Readiness]:
        """What each status still needs."""
        return readiness([one.row for one in self.state.standing_evidence()], self.state.status)

    @property
    def no_verdict_because(self) -> str:
        """Why no verdict on the claim is possible at all, or nothing."""
        try:
            takes_acts(self.claim)
            is_checkable(self.state.wording.kind)
        except RuleBroken as refusal:
            return str(refusal.messages[0])
        return ""

    @property
    def recheck(self) -> Recheck | None:
        """The day on which the claim is to be looked at again, if there is one."""
        return getattr(self.claim, "recheck", None)

    @property
    def is_due(self) -> bool:
        """Whether that day has come."""
        return self.recheck is not None and self.recheck.due_on <= timezone.localdate()

    @property
    def history(self) -> list[Line]:
        """The record, the latest act first."""
        return [Line(entry, what_of(self.state, entry)) for entry in self.state.entries[::-1]]

    @property
    def public_url(self) -> str:
        """Where readers find the claim."""
        return addresses.claim_page(self.claim.public_id, self.state.wording.text)

    @cached_property
    def redaction_requests(self) -> list[RedactionRequest]:
        """Requests to erase something here that nobody has carried out."""
        if not may(self.person, Verb.REDACT_TEXT):
            return []
        open_ones = RedactionRequest.objects.waiting().filter(entry__claim=self.claim)
        return list(open_ones.select_related("entry", "requested_by"))

    @property
    def steps(self) -> list[Step]:
        """What this person can do with the claim now."""
        return [] if self.has_ended else list(self._claim_steps())

    @property
    def has_ended(self) -> bool:
        """Whether the claim was merged away or discarded, so that nothing more can happen to it."""
        return self.state.merged_into is not None or self.state.discarded is not None

    def _claim_steps(self) -> Iterator[Step]:
        if self.review is None and self.is_checkable and may(self.person, Verb.OPEN_REVIEW):
            yield Step(
                gettext("Open a review"),
                "admin:claims_claim_open-review",
                self.claim.pk,
                chief=True,
            )
        for verb, label, slug in CLAIM_STEPS:
            if verb == Verb.VOID_VERDICT and self.state.verdict is None:
                continue
            if verb == Verb.RECORD_CONTACT and self.state.wording.claimant is None:
                continue
            if verb == Verb.OVERRIDE_VERDICT and not self.is_checkable:
                continue
            if verb == Verb.MERGE_CLAIMS and self.review is not None:
                continue
            if verb == Verb.DISCARD_CLAIM and not self._may_discard:
                continue
            if may(self.person, verb):
                yield Step(label, f"admin:claims_claim_{slug}", self.claim.pk)

    @property
    def _may_discard(self) -> bool:
        free = self.state.published_at is None and self.review is None
        return free and not not_theirs(self.state.entries[0], self.state, self.person)

    @property
    def published_alone(self) -> HistoryEntry | None:
        """The act by which one person published the verdict in force."""
        verdict = self.state.verdict
        alone = verdict is not None and verdict.entry.act == Act.VERDICT_OVERRIDE
        return verdict.entry if verdict and alone else None

    @property
    def _barred(self) -> set[Verb]:
        """What such a verdict rules out in the review that follows it."""
        if self.published_alone is None:
            return set()
        own = self.published_alone.by_id == self.person.pk
        return {Verb.CLOSE_REVIEW, Verb.APPROVE_VERDICT} if own else {Verb.CLOSE_REVIEW}

    @property
    def may_record_contact(self) -> bool:
        """Whether to offer recording what came of asking the claimant."""
        return not self.has_ended and may(self.person, Verb.RECORD_CONTACT)

    @property
    def may_withdraw(self) -> bool:
        """Whether to offer taking evidence back."""
        return not self.has_ended and may(self.person, Verb.WITHDRAW_EVIDENCE)

    @property
    def places(self) -> list[Place]:
        """Where the claim was found; a place that was withdrawn stays."""
        found = self.state.appearances.values()
        return [Place(stood, self._may_take_back(stood)) for stood in found]

    def _may_take_back(self, stood: StoodAppearance) -> bool:
        able = not self.has_ended and may(self.person, Verb.WITHDRAW_APPEARANCE)
        return able and stood.stands and not not_theirs(stood.entry, self.state, self.person)

    @property
    def may_redact(self) -> bool:
        """Whether to offer asking for an erasure."""
        return may(self.person, Verb.PROPOSE_REDACTION)


def not_theirs(entry: HistoryEntry, state: State, person: User) -> str:
    """Return why this person may not take back what `entry` recorded, or nothing."""
    try:
        may_take_back(entry, state, person)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""
