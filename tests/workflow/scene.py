"""A register in which every verb can be called: one call of each, ready for whoever tries it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import Priority, ReportChannel, ReportKind
from claims.models import (
    Article,
    BackgroundTask,
    ChecklistItem,
    Claim,
    ConflictOfInterest,
    Evidence,
    MethodVersion,
    ReaderReport,
    RedactionRequest,
    Review,
    User,
)
from claims.vocabulary import (
    ClaimantKind,
    EvidenceKind,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    Verb,
    VerificationStatus,
)
from claims.workflow import (
    AppearanceDraft,
    ArticleDraft,
    ClaimDraft,
    ContactDraft,
    EvidenceDraft,
    ReportDraft,
    VerdictDraft,
)
from tests import factories
from tests.workflow.scene_keys import KEY_CALLS, KEYS_NEED, Keys
from tests.workflow.scene_parties import PARTIES_PREPARED, PARTY_CALLS, Parties
from tests.workflow.scene_previews import PREVIEW_CALLS, PREVIEWS_NEED, Previews
from tests.workflow.scene_ratings import RATING_CALLS, Ratings
from tests.workflow.scene_relations import RELATION_CALLS, RELATIONS_NEED, Relations


class Scene(Parties, Ratings, Previews, Relations, Keys):
    """What the calls below are about; each thing is made when it is first asked for.

    `recorder` recorded what is to be taken back, where they may record at all.
    """

    def __init__(self, recorder: User | None = None) -> None:
        able = recorder and recorder.is_active and recorder.has_perm("claims.record_claim")
        self.recorder = recorder if recorder and able else factories.person(Role.EDITOR)

    @cached_property
    def reviewer(self) -> User:
        """Whoever prepared what others are to decide on."""
        return factories.person(Role.REVIEWER)

    @cached_property
    def editor(self) -> User:
        """Whoever asks for a redaction."""
        return factories.person(Role.EDITOR)

    @cached_property
    def claim(self) -> Claim:
        """An unpublished claim."""
        return factories.ClaimFactory()

    @cached_property
    def published(self) -> Claim:
        """A published claim."""
        return factories.published_claim()

    @cached_property
    def article(self) -> Article:
        """An article that says something once."""
        return factories.ArticleFactory(text="The mayor said the bridge is safe.")

    @cached_property
    def attributed(self) -> Claim:
        """A claim that somebody is named for."""
        return factories.ClaimFactory(claimant=factories.ClaimantFactory())

    @cached_property
    def mistake(self) -> Claim:
        """A claim that somebody recorded by mistake."""
        found = factories.appearance_draft(self.article, "the bridge is safe")
        return factories.ClaimFactory(appearance=found, by=self.recorder)

    @cached_property
    def evidence(self) -> Evidence:
        """A standing piece of evidence."""
        return factories.EvidenceFactory(claim=self.claim)

    @cached_property
    def opened(self) -> Review:
        """A review that was just opened."""
        return workflow.open_review(self.claim, reason=ReviewReason.NEW_CLAIM, by=self.reviewer)

    @cached_property
    def method(self) -> MethodVersion:
        """The method in force, with one item on its checklist."""
        return factories.method("Look twice.", by=self.editor)

    @cached_property
    def item(self) -> ChecklistItem:
        """The one item of the checklist."""
        return self.method.items.get()

    @cached_property
    def listed(self) -> Review:
        """A review that goes by that checklist."""
        claim = factories.ClaimFactory()
        return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=self.reviewer)

    @cached_property
    def proposed(self) -> Review:
        """A review in which somebody else proposed a verdict."""
        return factories.proposed_review(
            self.claim, VerificationStatus.DISPUTED, proposer=self.reviewer
        )

    @cached_property
    def report(self) -> ReaderReport:
        """A letter about the claim."""
        return workflow.file_report(letter(self.claim), by=self.reviewer)

    def conflict_of(self, person: User) -> ConflictOfInterest:
        """A conflict of interest that this person declared."""
        found = ConflictOfInterest.objects.of(person).first()
        return found or workflow.declare_conflict(claim=self.claim, reason="r", by=person)

    @cached_property
    def redaction(self) -> RedactionRequest:
        """A redaction that somebody else asked for."""
        return workflow.propose_redaction(
            self.evidence.entry,
            fields=["evidence.title"],
            reason=RedactionReason.SAFETY,
            by=self.editor,
        )

    @cached_property
    def failed_task(self) -> BackgroundTask:
        """A background task that was given up."""
        return factories.failed_task()


def letter(claim: Claim) -> ReportDraft:
    """Return a report of an error that came by mail."""
    return ReportDraft(
        kind=ReportKind.ERROR, channel=ReportChannel.MAIL, claim=claim, text="This is wrong."
    )


UNCONFIRMED = VerdictDraft(
    status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A record."
)
LETTER = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.OTHER, source_text="A letter")

CALLS: dict[Verb, Callable[[Scene, User], object]] = {
    **PARTY_CALLS,
    **RATING_CALLS,
    **PREVIEW_CALLS,
    **RELATION_CALLS,
    **KEY_CALLS,
    Verb.RECORD_PUBLISHER: lambda s, by: workflow.record_publisher(name="Gazette", by=by),
    Verb.RECORD_CLAIMANT: lambda s, by: workflow.record_claimant(
        name="Ada Berg", kind=ClaimantKind.PERSON, by=by
    ),
    Verb.RECORD_ARTICLE: lambda s, by: workflow.record_article(
        ArticleDraft(title="T", text="Text.", original=b"Text."), by=by
    ),
    Verb.RECORD_CLAIM: lambda s, by: workflow.record_claim(ClaimDraft(wording="It is."), by=by),
    Verb.ADD_APPEARANCE: lambda s, by: workflow.add_appearance(
        s.claim, AppearanceDraft(article=s.article, exact="the bridge is safe"), by=by
    ),
    Verb.SET_ASIDE_STATEMENT: lambda s, by: workflow.set_aside_statement(
        s.article, start=15, end=33, by=by
    ),
    Verb.TAKE_UP_STATEMENT: lambda s, by: workflow.take_up_statement(
        s.article, start=15, end=33, by=by
    ),
    Verb.WITHDRAW_APPEARANCE: lambda s, by: workflow.withdraw_appearance(
        s.mistake.appearances.get(), by=by
    ),
    Verb.DISCARD_CLAIM: lambda s, by: workflow.discard_claim(s.mistake, by=by),
    Verb.REWORD_CLAIM: lambda s, by: workflow.reword_claim(
        s.claim, wording="It is so.", reason="r", by=by
    ),
    Verb.ADD_EVIDENCE: lambda s, by: workflow.add_evidence(s.claim, LETTER, by=by),
    Verb.WITHDRAW_EVIDENCE: lambda s, by: workflow.withdraw_evidence(s.evidence, reason="r", by=by),
    Verb.RECORD_CONTACT: lambda s, by: workflow.record_contact(
        s.attributed, ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail"), by=by
    ),
    Verb.OPEN_REVIEW: lambda s, by: workflow.open_review(
        s.claim, reason=ReviewReason.NEW_CLAIM, by=by
    ),
    Verb.CHECK_ITEM: lambda s, by: workflow.check_item(s.listed, s.item, by=by),
    Verb.PUBLISH_METHOD: lambda s, by: workflow.publish_method(
        body="New words.", checklist=["Look."], reason="r", after=s.method.number, by=by
    ),
    Verb.ADD_NOTE: lambda s, by: workflow.add_note(s.opened, text="Look again.", by=by),
    Verb.ASSIGN_REVIEW: lambda s, by: workflow.assign_review(s.opened, to=s.reviewer, by=by),
    Verb.PRIORITISE_REVIEW: lambda s, by: workflow.prioritise_review(
        s.opened, priority=Priority.HIGH, by=by
    ),
    Verb.SCHEDULE_REVIEW: lambda s, by: workflow.schedule_review(
        s.opened, due_on=timezone.now().date(), by=by
    ),
    Verb.DECLARE_CONFLICT: lambda s, by: workflow.declare_conflict(
        claim=s.claim, reason="r", by=by
    ),
    Verb.RECORD_CONFLICT: lambda s, by: workflow.record_conflict(
        s.reviewer, claim=s.claim, reason="r", by=by
    ),
    Verb.END_CONFLICT: lambda s, by: workflow.end_conflict(s.conflict_of(by), by=by),
    Verb.FILE_REPORT: lambda s, by: workflow.file_report(letter(s.claim), by=by),
    Verb.ACCEPT_REPORT: lambda s, by: workflow.accept_report(s.report, by=by),
    Verb.DECLINE_REPORT: lambda s, by: workflow.decline_report(s.report, outcome="No.", by=by),
    Verb.PROPOSE_VERDICT: lambda s, by: workflow.propose_verdict(s.opened, UNCONFIRMED, by=by),
    Verb.RETURN_REVIEW: lambda s, by: workflow.return_review(s.proposed, reason="r", by=by),
    Verb.APPROVE_VERDICT: lambda s, by: workflow.approve_verdict(s.proposed, by=by),
    Verb.CLOSE_REVIEW: lambda s, by: workflow.close_review(s.opened, reason="r", by=by),
    Verb.SET_RECHECK: lambda s, by: workflow.set_recheck(
        s.claim, due_on=date.today() + timedelta(days=30), by=by
    ),
    Verb.VOID_VERDICT: lambda s, by: workflow.void_verdict(s.published, reason="r", by=by),
    Verb.OVERRIDE_VERDICT: lambda s, by: workflow.override_verdict(
        s.claim, UNCONFIRMED, reason="r", by=by
    ),
    Verb.IMPORT_VERDICT: lambda s, by: workflow.import_verdict(
        s.claim, UNCONFIRMED, effective_on=None, origin="Archive", by=by
    ),
    Verb.MERGE_CLAIMS: lambda s, by: workflow.merge_claims(
        s.claim, into=s.published, reason="r", by=by
    ),
    Verb.PROPOSE_REDACTION: lambda s, by: workflow.propose_redaction(
        s.evidence.entry, fields=["evidence.title"], reason=RedactionReason.SAFETY, by=by
    ),
    Verb.REDACT_TEXT: lambda s, by: workflow.redact_text(s.redaction, by=by),
    Verb.RETRY_TASK: lambda s, by: workflow.retry_task(s.failed_task, by=by),
    Verb.REQUEST_EXPORT: lambda s, by: workflow.request_export(by=by),
    Verb.SET_UP_WEBHOOK: lambda s, by: workflow.set_up_webhook(
        url="https://receiver.example/", events=["claim.published"], by=by
    ),
}

PREPARED = (
    "claim",
    "published",
    "article",
    "mistake",
    "attributed",
    "evidence",
    "reviewer",
    "editor",
    "failed_task",
    *PARTIES_PREPARED,
)


def scene_for(verb: Verb, recorder: User | None = None) -> Scene:
    """Return a scene in which `verb` can be called and nothing is left to be made on the way."""
    scene = Scene(recorder)
    needed = {
        **PREVIEWS_NEED,
        **RELATIONS_NEED,
        **KEYS_NEED,
        Verb.CHECK_ITEM: ("item", "listed"),
        Verb.PUBLISH_METHOD: ("method",),
        Verb.ADD_NOTE: ("opened",),
        Verb.ASSIGN_REVIEW: ("opened",),
        Verb.PRIORITISE_REVIEW: ("opened",),
        Verb.SCHEDULE_REVIEW: ("opened",),
        Verb.SET_SECOND_RATING: ("opened",),
        Verb.RATE_CLAIM: ("to_rate",),
        Verb.ACCEPT_REPORT: ("report",),
        Verb.DECLINE_REPORT: ("report",),
        Verb.PROPOSE_VERDICT: ("opened",),
        Verb.CLOSE_REVIEW: ("opened",),
        Verb.RETURN_REVIEW: ("proposed",),
        Verb.APPROVE_VERDICT: ("proposed",),
        Verb.REDACT_TEXT: ("redaction",),
    }
    for name in (*PREPARED, *needed.get(verb, ())):
        getattr(scene, name)
    return scene
