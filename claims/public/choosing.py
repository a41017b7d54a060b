"""What readers choose among the claims: read from the query of an address, strictly, into one frozen choice.

The list, its facets and every feed of the same query ask the same `Choice`, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from claims.languages import quoted
from claims.layout.words import WITHDRAWN
from claims.models import Claim, Claimant, Publisher, Topic
from claims.models.claim import ClaimQuerySet
from claims.moments import NotAMoment, parse_day
from claims.public.arguments import BadArgument, only
from claims.public.paging import PUBLIC_ID
from claims.search.public import find_published
from claims.search.words import UNFIT
from claims.templatetags.public_text import day as day_in_words
from claims.vocabulary import WITHDRAWN_LABEL, VerificationStatus

LONGEST_QUERY = 500
NEWEST, RELEVANCE = "newest", "relevance"
STATUSES: dict[str, StrOrPromise] = {
    **{status.value: status.label for status in VerificationStatus},
    WITHDRAWN: WITHDRAWN_LABEL,
}
# The names under which an address holds each part of a choice, in the order in which we write them.
PARAMETERS = {
    "q": "q",
    "status": "status",
    "claimant": "claimant",
    "publisher": "publisher",
    "topic": "topic",
    "first_day": "from",
    "last_day": "to",
    "order": "order",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of a choice in words, and the query of the same choice without it."""

    name: str
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which claims a reader asked for; a part that is empty or None chooses nothing."""

    q: str = ""
    status: str = ""
    claimant: Claimant | None = None
    publisher: Publisher | None = None
    topic: Topic | None = None
    first_day: date | None = None
    last_day: date | None = None
    order: str = NEWEST

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self) if part.name != "order")

    def claims(self) -> ClaimQuerySet:
        """Return the claims chosen, of those that public lists show, in no order."""
        return self.narrow(self.found())

    def found(self) -> ClaimQuerySet:
        """Return the claims that hold the words alone; a query asks which these are, or that they are many."""
        return find_published(self.q) if self.q else Claim.objects.listed()

    def narrow(self, claims: ClaimQuerySet, *, counted: bool = False) -> ClaimQuerySet:
        """Return those of `claims` that are chosen by anything but words: to be read a page at a time, or `counted`."""
        if self.status:
            chosen = self.status
            claims = (
                claims.without_verdict_in_force()
                if chosen == WITHDRAWN
                else claims.with_status(chosen)
            )
        if self.claimant:
            claims = claims.by_claimant(self.claimant)
        if self.publisher:
            claims = claims.carried_by(self.publisher)
        if self.topic:
            filed = claims.under_topic if counted else claims.listed_under_topic
            claims = filed(self.topic.slug)
        if self.first_day:
            claims = claims.status_set_from(self.first_day)
        return claims.status_set_until(self.last_day) if self.last_day else claims

    @property
    def by_relevance(self) -> bool:
        """Whether the best come first; without words to search for nothing is better than another."""
        return self.order == RELEVANCE and bool(self.q)

    @property
    def parameters(self) -> dict[str, str]:
        """What an address holds of the choice, each part once, in one order: "" and the usual order are left out."""
        written = {
            "q": self.q,
            "status": self.status,
            "claimant": self.claimant.public_id if self.claimant else "",
            "publisher": self.publisher.public_id if self.publisher else "",
            "topic": self.topic.slug if self.topic else "",
            "from": self.first_day.isoformat() if self.first_day else "",
            "to": self.last_day.isoformat() if self.last_day else "",
            "order": RELEVANCE if self.by_relevance else "",
        }
        return {name: value for name, value in written.items() if value}

    @property
    def query(self) -> str:
        """The choice as the one query string that all addresses of it have; "" for all claims."""
        return urlencode(self.parameters)

    def having(self, **parts: Any) -> Choice:
        """Return the same choice with other parts."""
        return replace(self, **parts)

    def without(self, *names: str) -> Choice:
        """Return the same choice without these parts."""
        bare = Choice()
        return replace(self, **{name: getattr(bare, name) for name in names})

    @property
    def title(self) -> str:
        """The choice in a few words, for headings, titles and feeds."""
        label = str(STATUSES[self.status]) if self.status else ""
        if not self:
            return gettext("All verdicts")
        what = gettext("%(status)s claims") % {"status": label} if label else gettext("Claims")
        asked = [chip.label for chip in self.chips if chip.name != "status"]
        return f"{what}: {', '.join(asked)}" if asked else what

    @property
    def chips(self) -> list[Chip]:
        """Each part that was chosen, in words, with the way to take it away."""
        said = {name: _label(self, name) for name in PARAMETERS if name != "order"}
        return [
            Chip(PARAMETERS[name], label, self.without(name).query)
            for name, label in said.items()
            if label
        ]


def _label(choice: Choice, name: str) -> str:
    value = getattr(choice, name)
    if not value:
        return ""
    if name == "q":
        return quoted(value)
    if name == "status":
        return str(STATUSES[value])
    if name == "first_day":
        return gettext("status set from %(day)s") % {"day": strip_tags(day_in_words(value))}
    if name == "last_day":
        return gettext("status set until %(day)s") % {"day": strip_tags(day_in_words(value))}
    return str(getattr(value, "public_name", None) or value.name)


def read_choice(query: QueryDict) -> Choice:
    """Return what the query of an address chooses; parameters that choose nothing are not looked at.

    Raises BadArgument for a value that cannot be read, and for an id or a topic that readers do not know.
    """
    first, last = _day(query, "from"), _day(query, "to")
    if first and last and last < first:
        raise BadArgument("to", last.isoformat(), gettext("it lies before “from”."))
    order = _one_of(query, "order", (NEWEST, RELEVANCE)) or NEWEST
    return Choice(
        q=_words(query),
        status=_one_of(query, "status", STATUSES),
        claimant=_claimant(query),
        publisher=_publisher(query),
        topic=_topic(query),
        first_day=first,
        last_day=last,
        order=RELEVANCE if order == RELEVANCE else NEWEST,
    )


def _words(query: QueryDict) -> str:
    given = " ".join(UNFIT.sub(" ", only(query, "q")).split())
    if len(given) > LONGEST_QUERY:
        reason = gettext("it is longer than %(most)d characters.") % {"most": LONGEST_QUERY}
        raise BadArgument("q", given, reason)
    return given


def _one_of(query: QueryDict, name: str, allowed: Collection[str]) -> str:
    given = only(query, name)
    if given and given not in allowed:
        reason = gettext("it is none of: %(allowed)s.") % {"allowed": ", ".join(allowed)}
        raise BadArgument(name, given, reason)
    return given


def _day(query: QueryDict, name: str) -> date | None:
    given = only(query, name)
    try:
        return parse_day(given, now=timezone.now()) if given else None
    except NotAMoment as error:
        raise BadArgument.of(name, given, error) from error


def _public_id(query: QueryDict, name: str) -> str:
    given = only(query, name)
    if given and not PUBLIC_ID.fullmatch(given):
        raise BadArgument(name, given, gettext("it is not an id."))
    return given


def _claimant(query: QueryDict) -> Claimant | None:
    """Return the claimant, or whom readers are shown in their place, by the name that the history shows."""
    given = _public_id(query, "claimant")
    if not given:
        return None
    claimant = Claimant.objects.named_in_public().known_as(given).first()
    if claimant is None:
        raise BadArgument("claimant", given, gettext("there is no such claimant."))
    return claimant.public_survivor or claimant


def _publisher(query: QueryDict) -> Publisher | None:
    given = _public_id(query, "publisher")
    publisher = Publisher.objects.in_public().known_as(given).first() if given else None
    if given and publisher is None:
        raise BadArgument("publisher", given, gettext("there is no such publisher."))
    return publisher


def _topic(query: QueryDict) -> Topic | None:
    given = only(query, "topic")
    # PostgreSQL refuses NUL in a parameter, and no slug is that long.
    fits = slug_re.fullmatch(given)
    topic = Topic.objects.in_public().called(given).first() if fits else None
    if given and topic is None:
        raise BadArgument("topic", given, gettext("there is no such topic."))
    return topic
