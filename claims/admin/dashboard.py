"""What is waiting for a person: the queues of the desk's first page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.admin.ledger import claim_url
from claims.admin.queues import queue_url
from claims.admin.steps import may
from claims.desk_vocabulary import SECRET_RATING_STATES
from claims.models import Article, Claim, ReaderReport, RedactionRequest, Review, User
from claims.vocabulary import ReviewState, Verb, VerificationStatus

SHOWN = 6
WORDS = 120  # characters of a report that is about no claim


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, and where to do it."""

    title: str
    url: str
    detail: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """Things of one sort, the first few of them."""

    key: str
    title: str
    items: list[Item]
    more: str = ""

    @property
    def shown(self) -> list[Item]:
        """As many as fit on the page."""
        return self.items[:SHOWN]

    @property
    def has_more(self) -> bool:
        """Whether the full list holds others."""
        return len(self.items) > SHOWN


@dataclass(frozen=True, slots=True)
class Queues:
    """All queues a person's role has a use for, the most pressing first."""

    every: list[Queue]
    articles: Queue | None = None

    @property
    def waiting(self) -> list[Queue]:
        """Those with something in them."""
        return [queue for queue in self.every if queue.items]

    @property
    def done(self) -> list[Queue]:
        """Those with nothing in them."""
        return [queue for queue in self.every if not queue.items]


def queues_for(person: User) -> Queues:
    """Return what is waiting for this person."""
    articles = _articles() if person.has_perm("claims.view_article") else None
    return Queues(list(_queues(person)), articles)


def _queues(person: User) -> Iterator[Queue]:
    if may(person, Verb.APPROVE_VERDICT):
        waiting = _reviews(Review.objects.awaiting_approval_by(person), "approve")
        yield Queue("approve", _("Waiting for your approval"), waiting, queue_url("approve"))
    if may(person, Verb.PROPOSE_VERDICT):
        yield from _own_work(person)
    if may(person, Verb.ACCEPT_REPORT):
        yield _reports()
    if may(person, Verb.REDACT_TEXT):
        yield _erasures(person)
    if may(person, Verb.OPEN_REVIEW):
        shaken = [_claim(claim) for claim in Claim.objects.on_withdrawn_evidence()[: SHOWN + 1]]
        url = reverse("admin:claims_review_stale")
        yield Queue("shaken", _("Verdicts whose evidence was withdrawn"), shaken, url)
        claims = [_claim(claim) for claim in Claim.objects.unreviewed()[: SHOWN + 1]]
        url = reverse("admin:claims_claim_changelist") + "?review=never"
        yield Queue("unreviewed", _("Claims nobody has taken up"), claims, url)


def _own_work(person: User) -> Iterator[Queue]:
    returned = _reviews(Review.objects.proposed_by(person, ReviewState.RETURNED), "propose")
    yield Queue("returned", _("Returned to you"), returned, queue_url("returned"))
    mine = _reviews(Review.objects.assigned_to(person), "propose")
    yield Queue("mine", _("Your reviews"), mine, queue_url("mine"))
    untaken = _reviews(Review.objects.untaken(), "propose")
    yield Queue("untaken", _("Reviews nobody has taken"), untaken, queue_url("unassigned"))
    proposed = _reviews(Review.objects.proposed_by(person, ReviewState.PROPOSED))
    yield Queue("proposed", _("Waiting for a colleague"), proposed)


def _reviews(reviews: QuerySet[Review], page: str = "") -> list[Item]:
    return [_review(review, page) for review in reviews[: SHOWN + 1]]


def _review(review: Review, page: str) -> Item:
    status: str | None = review.proposed_status  # type: ignore[attr-defined]
    by: str | None = review.proposer_name  # type: ignore[attr-defined]
    said = {"status": VerificationStatus(status).label, "who": by} if status else {}
    proposed = status and _("%(status)s, proposed by %(who)s") % said
    if page == "approve" and review.rating_state in SECRET_RATING_STATES:
        page, proposed = "rate", _("Waits for your rating")
    url = claim_url(review.claim_id, "review")
    if page:
        url = reverse(f"admin:claims_review_{page}", args=[review.pk])
    return Item(str(review.claim), url, proposed or review.get_reason_display(), status or "")


def _claim(claim: Claim) -> Item:
    return Item(str(claim), claim_url(claim.pk), str(claim.claimant or _("Nobody named")))


def _reports() -> Queue:
    reports = ReaderReport.objects.waiting().select_related("claim")[: SHOWN + 1]
    items = [
        Item(
            str(report.claim or Truncator(report.text).chars(WORDS)),
            reverse("admin:claims_readerreport_change", args=[report.pk]),
            report.get_kind_display(),
        )
        for report in reports
    ]
    url = reverse("admin:claims_readerreport_changelist")
    return Queue("reports", _("Reader reports"), items, url)


def _erasures(person: User) -> Queue:
    waiting = RedactionRequest.objects.waiting().exclude(requested_by=person)
    items = [
        Item(
            _("Entry %(number)d: %(ground)s")
            % {"number": request.entry.number, "ground": request.get_reason_display()},
            reverse("admin:claims_redactionrequest_carry-out", args=[request.pk]),
            _("asked for by %(who)s") % {"who": request.requested_by.public_name},
        )
        for request in waiting.select_related("entry", "requested_by")[: SHOWN + 1]
    ]
    url = reverse("admin:claims_redactionrequest_changelist") + "?done=no"
    return Queue("erasures", _("Erasures to carry out"), items, url)


def _articles() -> Queue:
    articles = Article.objects.defer("text")[: SHOWN + 1]
    items = [
        Item(
            article.title,
            reverse("admin:claims_article_change", args=[article.pk]),
            article.publisher_name,
        )
        for article in articles
    ]
    url = reverse("admin:claims_article_changelist")
    return Queue("articles", _("Latest articles"), items, url)
