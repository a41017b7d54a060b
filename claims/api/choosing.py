"""Which claims a client chooses: read from the parameters, strictly, and asked of the register now or then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claims.api import few
from claims.api.pages import Order
from claims.api.parameters import Parameters
from claims.api.reasons import Reason
from claims.api.then import Then
from claims.models import Claim, Claimant, ClaimantMerger, Publisher
from claims.models.claim import ClaimQuerySet
from claims.search.public import Matching, find_published
from claims.search.words import UNFIT, words_of
from claims.vocabulary import ClaimKind, Stance, VerificationStatus

WITHDRAWN = "withdrawn"
STATUSES = (*VerificationStatus.values, WITHDRAWN)
RELEVANCE = "relevance"
COLUMNS = {"changed": "status_since", "published": "published_at", "said": "said_on"}
ORDERS = {
    f"{sign}{name}": Order((column, "pk"), descending=bool(sign))
    for name, column in COLUMNS.items()
    for sign in ("-", "")
}
NEWEST_SET, NEWEST_PUBLISHED = "-changed", "-published"
LONGEST_QUERY, LONGEST_TEXT = 500, 2_000
# What the history holds of claims can be asked of any moment. The rest is known as it is today.
OF_ANY_TIME = (
    "status",
    "claimant",
    "publisher",
    "kind",
    "language",
    "has_evidence",
    "said_from",
    "said_to",
    "published_from",
    "published_to",
)
OF_TODAY = {
    "topic": "which claims are filed under which topic is no part of the history",
    "changed_from": "name the moment itself with as_of",
    "changed_to": "name the moment itself with as_of",
    "q": "only the wordings of today can be searched",
    "similar_to": "only the wordings of today can be searched",
}
FILTERS = (*OF_ANY_TIME, *OF_TODAY)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claims are asked for, and in which order; a part that is None chooses nothing."""

    status: str | None
    claimant: str | None
    publisher: str | None
    topic: str | None
    kind: str | None
    language: str | None
    stance: str | None
    said: tuple[date | None, date | None]
    published: tuple[datetime | None, datetime | None]
    changed: tuple[datetime | None, datetime | None]
    q: str | None
    similar_to: str | None
    order: str

    @property
    def by_relevance(self) -> bool:
        """Whether what was asked about puts the claims in order, not a column of theirs."""
        return self.order == RELEVANCE

    def now(self, words: Matching | None = None) -> ClaimQuerySet:
        """Return the claims chosen among those that lists show; queries for parties, words and what few have.

        `words` is what is known already of where those of `q` are found.
        """
        claims = words.claims() if words else Claim.objects.listed()
        if self.q and not words:
            claims = find_published(self.q)
        claims = claims.saying(**self._said(None))
        if self.status:
            claims = (
                claims.without_verdict_in_force()
                if self.status == WITHDRAWN
                else claims.with_status(self.status)
            )
        if self.publisher:
            publisher = publisher_known_as(self.publisher)
            claims = claims.carried_by(publisher) if publisher else claims.none()
        if self.topic:
            claims = claims.listed_under_topic(self.topic)
        if self.stance:
            claims = claims.with_evidence(self.stance)
        if self.order in ("said", "-said"):
            claims = claims.with_day_said()
        claims = claims.said_between(*self.said).changed_between(*self.changed)
        return few.first(claims.published_between(*self.published), few.now(self))

    def then(self, then: Then) -> ClaimQuerySet:
        """Return the claims chosen among those that lists showed then; queries for parties and what few have."""
        moment, withdrawn = then.known_at, self.status == WITHDRAWN
        claims = then.claims(None if withdrawn else self.status, **self._said(then))
        if withdrawn:
            claims = claims.withdrawn_by(moment)
        if self.publisher:
            publisher = publisher_known_as(self.publisher)
            claims = claims.carried_then(publisher, moment) if publisher else claims.none()
        if self.stance:
            claims = claims.evidenced_then(self.stance, moment)
        if any(self.said):
            claims = claims.said_then(moment, *self.said)
        return few.first(claims.published_between(*self.published), few.then(self))

    def _said(self, then: Then | None) -> dict[str, Any]:
        """Return what the wording is to say."""
        said: dict[str, Any] = {
            name: [value]
            for name, value in (("kind", self.kind), ("language", self.language))
            if value
        }
        if self.claimant:
            said["claimant"] = claimants_known_as(self.claimant, then)
        return said


def read_choice(asked: Parameters, *, past: bool) -> Choice:
    """Return what a request chooses; what cannot be used is noted in `asked`."""
    if past:
        for name in OF_TODAY.keys() & asked.given.keys():
            asked.refuse(name, f"cannot be asked of the past: {OF_TODAY[name]}", Reason.PAST)
    choice = Choice(
        status=asked.choice("status", STATUSES),
        claimant=asked.public_id("claimant"),
        publisher=asked.public_id("publisher"),
        topic=asked.slug("topic"),
        kind=asked.choice("kind", ClaimKind.values),
        language=asked.language("language"),
        stance=asked.choice("has_evidence", Stance.values),
        said=_days(asked, "said"),
        published=moments(asked, "published"),
        changed=moments(asked, "changed"),
        q=_words(asked, "q", LONGEST_QUERY),
        similar_to=_words(asked, "similar_to", LONGEST_TEXT),
        order=_order(asked, past=past),
    )
    if choice.status == WITHDRAWN and "effective_as_of" in asked.given:
        told = "cannot be withdrawn on a day: a verdict that was taken back never held"
        asked.refuse("status", told, Reason.COMBINATION)
    return choice


def _days(asked: Parameters, name: str) -> tuple[date | None, date | None]:
    first, last = asked.day(f"{name}_from"), asked.day(f"{name}_to")
    asked.not_before(f"{name}_to", first, last)
    return first, last


def moments(asked: Parameters, name: str) -> tuple[datetime | None, datetime | None]:
    """Return the two ends of a range of moments; a day stands for its beginning, or at the end for its end."""
    first, last = asked.beginning(f"{name}_from"), asked.moment(f"{name}_to")
    asked.not_before(f"{name}_to", first, last)
    return first, last


def _words(asked: Parameters, name: str, most: int) -> str | None:
    text = asked.given.get(name)
    if text is None:
        return None
    if len(text) > most:
        asked.refuse(name, f"is longer than {most} characters")
    elif not words_of(text):
        asked.refuse(name, "holds no word to look for", Reason.NO_TEXT)
    return " ".join(UNFIT.sub(" ", text).split())


def _order(asked: Parameters, *, past: bool) -> str:
    words = [name for name in ("q", "similar_to") if name in asked.given]
    order = asked.choice("order", [*ORDERS, RELEVANCE])
    if len(words) > 1:
        asked.refuse("similar_to", "cannot be asked together with q", Reason.COMBINATION)
    if past and order not in (None, NEWEST_PUBLISHED, "published"):
        asked.refuse("order", "of the past can only be by published", Reason.COMBINATION)
    elif order == RELEVANCE and not words:
        asked.refuse("order", "can be by relevance only with q or similar_to", Reason.COMBINATION)
    elif order not in (None, RELEVANCE) and "similar_to" in words:
        asked.refuse("order", "of what is similar is by relevance", Reason.COMBINATION)
    if "similar_to" in words:
        return RELEVANCE
    return order or (NEWEST_PUBLISHED if past else NEWEST_SET)


def claimants_known_as(public_id: str, then: Then | None) -> list[int]:
    """Return the key of a claimant whom readers can see, with those who are, or then were, known to be the same.

    Nobody is found by an id that readers do not know: it must not tell whom it belongs to.
    """
    # 1: the claimant; 2: who is the same; 3: of several, who was by then
    claimant = Claimant.objects.named_in_public().known_as(public_id).first()
    if claimant is None:
        return []
    several = then is not None and len(claimant.same) > 1
    if then and several:
        return ClaimantMerger.objects.same_at(claimant, then.known_at)
    return claimant.same


def publisher_known_as(public_id: str) -> Publisher | None:
    """Return a publisher whom readers can see; nobody else is found by an id."""
    return Publisher.objects.in_public().known_as(public_id).first()
