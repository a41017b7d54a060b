"""What the lists of reviews can be narrowed by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.admin.base import is_key
from claims.admin.filtering import ChoiceFilter, Offers
from claims.admin.queues import BY_KEY, IN_PROGRESS
from claims.desk_vocabulary import Priority
from claims.models import Claimant, Topic, User
from claims.vocabulary import ReviewReason, ReviewState, Verb, VerificationStatus

ME, NOBODY, NO_STATUS = "me", "nobody", "none"
AGES = (1, 3, 7, 30)


def older_than(days: int) -> str:
    """Return an age in words."""
    said = ngettext("Older than %(days)d day", "Older than %(days)d days", days)
    return said % {"days": days}


class QueueFilter(ChoiceFilter):
    """Which queue; without a choice, everything in progress. The list shows it as tabs."""

    title, parameter_name, asked = gettext_lazy("queue"), "queue", False

    def offers(self, person: User) -> Offers:
        return [(queue.key, queue.title) for queue in BY_KEY.values() if queue.key]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        queue = BY_KEY[self.value() or IN_PROGRESS]
        return queue.choose(queryset, self.person).order_by()  # type: ignore[arg-type]


class AssigneeFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("assignee"), "assignee"

    def offers(self, person: User) -> Offers:
        able = User.objects.with_perm(f"claims.{Verb.PROPOSE_VERDICT}").order_by("public_name")
        people = [(one.pk, one.public_name) for one in able]
        return [(ME, _("Me")), (NOBODY, _("Nobody")), *people]

    def narrowed(self, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        assignee = {ME: self.person.pk, NOBODY: None}.get(chosen, chosen)
        return rows.filter(assignee=assignee)


class StateFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("state"), "state"
    choices_ = ReviewState.choices


class PriorityFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("priority"), "priority"
    choices_ = Priority.choices[::-1]


class ReasonFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("reason"), "reason"
    choices_ = ReviewReason.choices


class AgeFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("age"), "age"

    def offers(self, person: User) -> Offers:
        return [(days, older_than(days)) for days in AGES]

    def narrowed(self, rows: Any, chosen: str) -> QuerySet[Any]:
        older: QuerySet[Any] = rows.opened_before(timezone.now() - timedelta(days=int(chosen)))
        return older


class ClaimStatusFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("status of the claim"), "status"

    def offers(self, person: User) -> Offers:
        return [*VerificationStatus.choices, (NO_STATUS, _("No verdict"))]

    def narrowed(self, rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
        return rows.filter(claim__status=None if chosen == NO_STATUS else chosen)


class TopicFilter(ChoiceFilter):
    title, parameter_name = gettext_lazy("topic"), "topic"

    def offers(self, person: User) -> Offers:
        return Topic.objects.values_list("slug", "name")

    def narrowed(self, rows: Any, chosen: str) -> QuerySet[Any]:
        filed: QuerySet[Any] = rows.under_topic(chosen)
        return filed


class ClaimantFilter(ChoiceFilter):
    """One claimant, whom a link names: there are too many to offer them all."""

    title, parameter_name = gettext_lazy("claimant"), "claimant"

    def offers(self, person: User) -> Offers:
        sent = str(self.used_parameters.get("claimant", ""))
        return [(one.pk, one) for one in Claimant.objects.filter(pk=sent)] if is_key(sent) else []

    def narrowed(self, rows: Any, chosen: str) -> QuerySet[Any]:
        theirs: QuerySet[Any] = rows.of_claimant(int(chosen))
        return theirs


REVIEW_FILTERS = (
    QueueFilter,
    AssigneeFilter,
    StateFilter,
    PriorityFilter,
    AgeFilter,
    ClaimStatusFilter,
    TopicFilter,
    ReasonFilter,
    ClaimantFilter,
)
