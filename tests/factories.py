"""Test data, made the only way the register allows: factories that call the workflow verbs."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar, cast

from django.contrib.auth.models import Group
from factory.base import Factory
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory
from factory.helpers import post_generation

from claims import workflow
from claims.desk_vocabulary import TOLD_EVENTS, Event
from claims.models import (
    Article,
    BackgroundTask,
    Claim,
    Claimant,
    Evidence,
    HistoryEntry,
    MethodVersion,
    Publisher,
    Review,
    User,
    Verdict,
)
from claims.tasks import enqueue
from claims.tasks.housekeeping import prune_finished_tasks
from claims.tasks.queue import carry_out, take_next
from claims.vocabulary import (
    ClaimantKind,
    EvidenceKind,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import AppearanceDraft, ArticleDraft, ClaimDraft, EvidenceDraft, VerdictDraft
from claims.workflow.checklist import open_items
from claims.workflow.webhooks import SetUp

Made = TypeVar("Made")


class Maker(Protocol[Made]):
    """A factory as tests use it: a call makes one thing of the kind it is named after."""

    def __call__(self, **fields: Any) -> Made: ...
    def create(self, **fields: Any) -> Made: ...
    def create_batch(self, size: int, **fields: Any) -> list[Made]: ...


class _UserFactory(DjangoModelFactory[User]):
    """A person with a role: `UserFactory(role=Role.REVIEWER)`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence(lambda n: f"person{n}")
    public_name = Sequence(lambda n: f"Desk member {n}")
    is_staff = True

    @post_generation
    def role(self, create: bool, extracted: Role | None, **kwargs: Any) -> None:  # noqa: FBT001
        if create and extracted:
            self.groups.add(Group.objects.get(name=extracted))  # type: ignore[attr-defined]


UserFactory = cast("Maker[User]", _UserFactory)


def erase(
    entry: HistoryEntry,
    *fields: str,
    by: User | None = None,
    and_by: User | None = None,
    reason: RedactionReason = RedactionReason.SAFETY,
) -> HistoryEntry:
    """Erase values of an act: one editor asks for it, another does it."""
    asking, other = by or person(Role.EDITOR), and_by or person(Role.EDITOR)
    asked = workflow.propose_redaction(entry, fields=fields, reason=reason, by=asking)
    return workflow.redact_text(asked, by=other)


def person(role: Role, **fields: Any) -> User:
    """Return a person with `role`, read fresh so that permissions are as the database has them."""
    created: User = UserFactory.create(role=role, **fields)
    return User.objects.get(pk=created.pk)


class VerbFactory(Factory[Any]):
    """A factory whose objects are made by a verb instead of `Model.objects.create`."""

    class Meta:
        abstract = True

    by = LazyFunction(lambda: person(Role.EDITOR))


class _PublisherFactory(VerbFactory):
    class Meta:
        model = Publisher

    name = Sequence(lambda n: f"Outlet {n}")
    domain = Sequence(lambda n: f"outlet{n}.example")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Publisher:
        return workflow.record_publisher(**kwargs)


class _ClaimantFactory(VerbFactory):
    class Meta:
        model = Claimant

    name = Sequence(lambda n: f"Speaker {n}")
    kind = ClaimantKind.PERSON

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Claimant:
        return workflow.record_claimant(**kwargs)


class _ArticleFactory(VerbFactory):
    class Meta:
        model = Article

    title = Sequence(lambda n: f"Report {n}")
    text = Sequence(lambda n: f"The mayor said the bridge number {n} is safe. Work goes on.")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Article:
        by = kwargs.pop("by")
        kwargs.setdefault("original", kwargs["text"].encode())
        return workflow.record_article(ArticleDraft(**kwargs), by=by).article


class _ClaimFactory(VerbFactory):
    """An unpublished claim: `ClaimFactory(wording=…, claimant=…, appearance=…)`."""

    class Meta:
        model = Claim

    wording = Sequence(lambda n: f"Bridge {n} is safe.")
    appearance = None

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Claim:
        by, appearance = kwargs.pop("by"), kwargs.pop("appearance")
        return workflow.record_claim(ClaimDraft(**kwargs), by=by, appearance=appearance)


class _EvidenceFactory(VerbFactory):
    """Evidence on a claim, each piece of an origin of its own: `EvidenceFactory(claim=…, stance=…)`."""

    class Meta:
        model = Evidence

    claim = SubFactory(_ClaimFactory)
    stance = Stance.SUPPORTS
    kind = EvidenceKind.DOCUMENT
    url = Sequence(lambda n: f"https://source{n}.example/page")
    title = Sequence(lambda n: f"Source {n}")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Evidence:
        by, claim = kwargs.pop("by"), kwargs.pop("claim")
        return workflow.add_evidence(claim, EvidenceDraft(**kwargs), by=by)


PublisherFactory = cast("Maker[Publisher]", _PublisherFactory)
ClaimantFactory = cast("Maker[Claimant]", _ClaimantFactory)
ArticleFactory = cast("Maker[Article]", _ArticleFactory)
ClaimFactory = cast("Maker[Claim]", _ClaimFactory)
EvidenceFactory = cast("Maker[Evidence]", _EvidenceFactory)


def appearance_draft(article: Article, exact: str, **fields: Any) -> AppearanceDraft:
    """Return the draft of a quote in `article`."""
    return AppearanceDraft(article=article, exact=exact, **fields)


def proposed_review(
    claim: Claim, status: VerificationStatus, *, proposer: User, **texts: Any
) -> Review:
    """Open a review on `claim` and propose `status`, with the evidence the status needs."""
    add_what_carries(claim, status, by=proposer)
    review = claim.reviews.active().first()
    review = review or workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=proposer)
    see_to_checklist(review, by=proposer)
    fields = {"rationale": "What was found.", "would_settle": "A published record.", **texts}
    workflow.propose_verdict(review, VerdictDraft(status=status, **fields), by=proposer)
    return review


def method(*checklist: str, by: User, body: str = "## How\n\nWe look.") -> MethodVersion:
    """Publish a version of the method with this checklist."""
    last = MethodVersion.objects.in_force()
    after = last.number if last else 0
    return workflow.publish_method(
        body=f"{body} ({after + 1})",
        checklist=checklist,
        reason="It is clearer.",
        after=after,
        by=by,
    )


def see_to_checklist(review: Review, *, by: User) -> None:
    """Tick every item of the review's checklist."""
    for item in open_items(review):
        workflow.check_item(review, item, by=by)


def add_what_carries(claim: Claim, status: VerificationStatus, *, by: User) -> None:
    """Add the evidence that a verdict of `status` needs."""
    stances = {
        VerificationStatus.CONFIRMED: [Stance.SUPPORTS, Stance.SUPPORTS],
        VerificationStatus.DISPUTED: [Stance.REFUTES],
        VerificationStatus.UNCONFIRMED: [],
    }[status]
    for stance in stances:
        EvidenceFactory(claim=claim, stance=stance, by=by)


def give_verdict(
    claim: Claim, status: VerificationStatus = VerificationStatus.CONFIRMED, **texts: Any
) -> Verdict:
    """Take `claim` all the way to an approved verdict, by two people."""
    proposer, approver = person(Role.REVIEWER), person(Role.REVIEWER)
    review = proposed_review(claim, status, proposer=proposer, **texts)
    return workflow.approve_verdict(review, by=approver)


def published_claim(
    status: VerificationStatus = VerificationStatus.CONFIRMED, **fields: Any
) -> Claim:
    """Return a claim that readers can see."""
    claim: Claim = ClaimFactory.create(**fields)
    give_verdict(claim, status)
    return claim


def webhook(
    url: str = "https://receiver.example/", *events: Event, by: User | None = None
) -> SetUp:
    """Return a webhook that is told of these events, or of all, and its secret."""
    return workflow.set_up_webhook(
        url=url, events=events or TOLD_EVENTS, by=by or person(Role.EDITOR)
    )


def failed_task() -> BackgroundTask:
    """Return a background task that was given up: its code is gone, so no worker can help it."""
    enqueue(prune_finished_tasks)
    BackgroundTask.objects.filter(status="READY").update(task_path="claims.tasks.gone.task")
    row = take_next("a worker")
    assert row is not None
    carry_out(row)
    return row
