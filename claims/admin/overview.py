"""How the desk is doing: what the dashboard's figures and charts say, read in a handful of bounded queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.charts import Chart, columns, lines
from claims.admin.queues import bounded, queue_url
from claims.agreement import agreement
from claims.models import Claim, Evidence, HistoryEntry, Rating, Review
from claims.models.entry import GivenVerdict
from claims.vocabulary import ACTIVE_REVIEW_STATES, ReviewState, VerificationStatus

WEEKS = 12
PUBLISHERS = 8
FEW = 30  # of fewer pairs, kappa is uncertain by some ±0.2 and more
DAYS_OF_PUBLISHERS = 90
AGES = (
    ("new", 2),
    ("days", 7),
    ("weeks", 30),
)  # a review is this old when younger than so many days
OLDEST = "older"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the desk, what it counts, and where it leads."""

    label: str
    value: str
    url: str = ""
    pressing: bool = False


def agreement_figure(pairs: Mapping[tuple[str, str], int]) -> Figure:
    """Say how far the first two blind ratings of claims agree, with its doubts; docs/workflow.md names the source."""
    found = agreement(pairs)
    if found.observed is None:
        return Figure(_("Second ratings that agree"), "—")
    label = _("Second ratings that agree, of %(n)s; Cohen's kappa %(kappa)s")
    if found.kappa is None:
        label = _("Second ratings that agree, of %(n)s; Cohen's kappa is not defined")
    elif found.number < FEW:
        label = _("Second ratings that agree, of %(n)s; Cohen's kappa %(kappa)s, too few to tell")
    kappa = "" if found.kappa is None else number_format(round(found.kappa, 2), 2)
    percent = _("%(percent)s %%") % {"percent": round(found.observed * 100)}
    return Figure(label % {"n": found.number, "kappa": kappa}, percent)


class Overview:
    """The desk's state at one moment."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()
        self.today = timezone.localdate(self.now)
        self.this_week = self.today - timedelta(days=self.today.weekday())

    @cached_property
    def verdicts(self) -> list[GivenVerdict]:
        """The verdicts of the last twelve weeks, this one included."""
        first = self.this_week - timedelta(weeks=WEEKS - 1)
        began = datetime.combine(first, datetime.min.time(), tzinfo=self.now.tzinfo)
        return HistoryEntry.objects.verdicts_given_since(began)

    @cached_property
    def reviews(self) -> Counter[tuple[str, str]]:
        """How many reviews in progress are in each state, by age."""
        ages = [(name, self.now - timedelta(days=days)) for name, days in AGES]
        return Review.objects.counted_by_state_and_age(ages, oldest=OLDEST)

    @property
    def figures(self) -> list[Figure]:
        """What an editor asks first."""
        approvals = sum(
            n for (state, _age), n in self.reviews.items() if state == ReviewState.PROPOSED
        )
        overdue = bounded(Review.objects.overdue(self.today))
        stale = bounded(Claim.objects.stale(self.today))
        recent = [one for one in self.verdicts if self._week_of(one) == self.this_week]
        return [
            Figure(_("Approvals waiting"), str(approvals), queue_url("approve")),
            Figure(_("Overdue reviews"), overdue, queue_url("overdue"), pressing=overdue != "0"),
            Figure(_("Stale verdicts"), stale, reverse("admin:claims_review_stale"), stale != "0"),
            Figure(_("Verdicts this week"), str(len(recent))),
            Figure(_("Of these changed a status"), str(sum(one.changed for one in recent))),
            Figure(_("From claim to first verdict, median"), self._time_to_verdict()),
            agreement_figure(Rating.objects.first_with_second()),
        ]

    def _time_to_verdict(self) -> str:
        day = timedelta(days=1)
        waited = [one.waited / day for one in self.verdicts if one.waited is not None]
        if not waited:
            return "—"
        days = median(waited)
        if days < 1:
            return ngettext("%(n)s hour", "%(n)s hours", round(days * 24)) % {"n": round(days * 24)}
        return ngettext("%(n)s day", "%(n)s days", round(days)) % {"n": round(days)}

    def _week_of(self, verdict: GivenVerdict) -> date:
        day = timezone.localdate(verdict.at)
        return day - timedelta(days=day.weekday())

    @property
    def charts(self) -> list[Chart]:
        """The drawings."""
        return [self.verdicts_by_week(), self.reviews_by_age(), self.sources()]

    def verdicts_by_week(self) -> Chart:
        """Verdicts of each week by status."""
        counted = Counter((self._week_of(one), one.status) for one in self.verdicts)
        weeks = [self.this_week - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        table = [
            (
                date_format(week, "j M"),
                {s.value: counted[week, s.value] for s in VerificationStatus},
            )
            for week in weeks
        ]
        series = {status.value: str(status.label) for status in VerificationStatus}
        return columns("verdicts", _("Verdicts by week"), table if counted else [], series)

    def reviews_by_age(self) -> Chart:
        """Reviews in progress by state and age."""
        series = {
            "new": _("under 2 days"),
            "days": _("under a week"),
            "weeks": _("under 30 days"),
            OLDEST: _("older"),
        }
        table = [
            (str(state.label), {age: self.reviews[state.value, age] for age in series})
            for state in ACTIVE_REVIEW_STATES
        ]
        shown = table if self.reviews else []
        return lines("reviews", _("Reviews in progress, by age"), shown, series, name_width=90)

    def sources(self) -> Chart:
        """Whose evidence was added lately."""
        since = self.now - timedelta(days=DAYS_OF_PUBLISHERS)
        table = [
            (name, {"all": number})
            for name, number in Evidence.objects.counted_by_publisher(since=since, most=PUBLISHERS)
        ]
        title = _("Evidence of the last %(days)s days, by publisher") % {"days": DAYS_OF_PUBLISHERS}
        return lines("sources", title, table, {"all": _("Pieces")}, name_width=170)
