"""The figures of the page of statistics: what each counts, what it means and does not, its drawing and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.layout.charts import Bar, bars_of, by_period, columns_of
from claims.layout.corrections import CORRECTED, TITLES
from claims.layout.words import WITHDRAWN
from claims.vocabulary import WITHDRAWN_LABEL, ClaimantKind, VerificationStatus

UNKNOWN = "unknown"
PLAIN = "plain"
STATUSES: tuple[str, ...] = (*VerificationStatus.values, WITHDRAWN)
MOST_TOPICS = 20
MOST_PIECES = 10
WORDS: dict[str, StrOrPromise] = {
    **{status.value: status.label for status in VerificationStatus},
    WITHDRAWN: WITHDRAWN_LABEL,
    **{kind.value: kind.label for kind in ClaimantKind},
    UNKNOWN: _("Not known"),
}
Cell = str | int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted, as the database answered; `at` a moment, or just now."""

    months: list[tuple[date, str | None, int]]
    changes: list[tuple[str | None, str | None, int]]
    waits: dict[int, int]
    middle_wait: int | None  # days
    kinds: list[tuple[str | None, str | None, int]]
    topics: list[tuple[str, str, str | None, int]]
    evidence: dict[int, int]
    corrections: list[tuple[date, str, int]]
    at: datetime | None = None

    @property
    def statuses(self) -> dict[str | None, int]:
        """How many claims have each status; None counts those whose verdict was withdrawn."""
        counts: dict[str | None, int] = {}
        for _month, status, number in self.months:
            counts[status] = counts.get(status, 0) + number
        return counts


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a figure's table: its name in the file, its head on the page, and words for its values."""

    key: str
    head: StrOrPromise
    words: Mapping[str, StrOrPromise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its rows are the same on the page and in the file."""

    slug: str
    title: StrOrPromise
    means: StrOrPromise
    means_not: StrOrPromise
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    standing: Sequence[Bar] = ()
    lying: Sequence[Bar] = ()
    series: Sequence[str] = ()

    @property
    def shown(self) -> list[list[StrOrPromise | int]]:
        """The rows with words for readers."""
        return [
            [
                column.words.get(str(cell), cell)
                for column, cell in zip(self.columns, row, strict=True)
            ]
            for row in self.rows
        ]

    @property
    def legend(self) -> list[tuple[str, StrOrPromise]]:
        """The statuses that the drawing shows."""
        return [(name, WORDS[name]) for name in self.series if name in STATUSES]


# What each column of the file of claims holds, in the order of the file.
DICTIONARY: dict[str, StrOrPromise] = {
    "id": _("The identifier of the claim. It never changes."),
    "address": _(
        "The address of its page. The end of it follows the wording; the identifier alone leads there too."
    ),
    "wording": _("The claim in the wording of the register; empty where the law had it removed."),
    "language": _("The language of the wording (BCP 47)."),
    "kind": _("fact, figure, quotation, forecast or opinion."),
    "status": _(
        "confirmed, unconfirmed or disputed; withdrawn where the register took its verdict back."
    ),
    "status_since": _("The moment at which the register set the status (ISO 8601, UTC)."),
    "first_published": _("The moment of its first verdict (ISO 8601, UTC)."),
    "claimant_id": _("The identifier of the claimant; empty where nobody is known."),
    "claimant": _("The name of the claimant as the claim shows it."),
    "said_on": _("The day on which it was said; of a month or a year, its first day."),
    "said_on_precision": _("How exactly that day is known: day, month or year."),
    "topics": _("The addresses of the topics it is filed under, separated by spaces."),
}
MONTH = Column("month", _("Month"))
STATUS = Column("status", _("Status today"), WORDS)
CLAIMS = Column("claims", _("Claims"))


def figures_of(numbers: Numbers) -> list[Figure]:
    """Return every figure of the page, in its order."""
    return [
        _months(numbers),
        _changes(numbers),
        _waiting(numbers),
        _claimants(numbers),
        _topics(numbers),
        _evidence(numbers),
        _corrections(numbers),
    ]


def _months(numbers: Numbers) -> Figure:
    rows = [(month, status or WITHDRAWN, number) for month, status, number in numbers.months]
    return Figure(
        "months",
        _("Claims by the month of their first verdict"),
        _("How many claims were published in each month, and which status these have today."),
        _(
            "It shows the work of the desk, and not how many claims were made in that month, nor how many were true."
        ),
        (MONTH, STATUS, CLAIMS),
        [(f"{month:%Y-%m}", status, number) for month, status, number in rows],
        standing=columns_of(by_period(rows), STATUSES),
        series=STATUSES,
    )


def _changes(numbers: Numbers) -> Figure:
    rows = [(one or WITHDRAWN, two or WITHDRAWN, times) for one, two, times in numbers.changes]
    return Figure(
        "changes",
        _("Changes of verdict"),
        _("How often one status of a claim gave way to another, since the register began."),
        _(
            "A change is no admission of a mistake: most follow new evidence. Mistakes are counted as corrections."
        ),
        (
            Column("before", _("Before"), WORDS),
            Column("after", _("After"), WORDS),
            Column("changes", _("Changes")),
        ),
        rows,
        lying=bars_of(
            [(f"{WORDS[one]} → {WORDS[two]}", {PLAIN: times}) for one, two, times in rows], [PLAIN]
        ),
    )


def _waiting(numbers: Numbers) -> Figure:
    edges = [days for days in numbers.waits if days]
    counts = [numbers.waits[days] for days in edges]
    steps = [more - fewer for fewer, more in zip([0, *counts], counts, strict=False)]
    rows: list[tuple[Cell, ...]] = [*zip([str(days) for days in edges], steps, strict=True)]
    rows.append(("more", numbers.waits.get(0, 0) - (counts[-1] if counts else 0)))
    words = {str(days): _within(days) for days in edges} | {"more": _("longer")}
    return Figure(
        "waiting",
        _("From the first record to the first verdict"),
        _(
            "How many days passed between the record of a claim and its first verdict. Imported verdicts are left out."
        ),
        _(
            "A long time can mean a hard question or a busy desk. Claims that still wait for a verdict are not in it."
        ),
        (Column("within_days", _("Within"), words), CLAIMS),
        rows,
        lying=bars_of([(str(words[str(label)]), {PLAIN: int(n)}) for label, n in rows], [PLAIN]),
    )


def _within(days: int) -> StrOrPromise:
    return {
        1: _("1 day"),
        7: _("1 week"),
        30: _("30 days"),
        90: _("90 days"),
        365: _("1 year"),
    }[days]


def _claimants(numbers: Numbers) -> Figure:
    rows = [(kind or UNKNOWN, status or WITHDRAWN, n) for kind, status, n in numbers.kinds]
    return Figure(
        "claimants",
        _("By kind of claimant"),
        _(
            "Who made the claims: people, bodies, unnamed sources, or somebody the articles do not name."
        ),
        _(
            "The register chooses claims by their weight. Nothing here says how often anybody is right."
        ),
        (Column("claimant_kind", _("Claimant"), WORDS), STATUS, CLAIMS),
        rows,
        lying=bars_of([(str(WORDS[name]), counts) for name, counts in _stacked(rows)], STATUSES),
        series=STATUSES,
    )


def _topics(numbers: Numbers) -> Figure:
    rows = [(slug, name, status or WITHDRAWN, n) for slug, name, status, n in numbers.topics]
    stacked = _stacked([(name, status, n) for _slug, name, status, n in rows])
    largest = sorted(stacked, key=lambda one: -sum(one[1].values()))[:MOST_TOPICS]
    return Figure(
        "topics",
        _("By topic"),
        _(
            "The topics with the most claims. A claim can stand under several topics, or under none."
        ),
        _("It shows what the desk took up, and not what is talked about most."),
        (Column("topic", _("Address")), Column("name", _("Topic")), STATUS, CLAIMS),
        rows,
        lying=bars_of(largest, STATUSES),
        series=STATUSES,
    )


def _evidence(numbers: Numbers) -> Figure:
    rows = sorted(numbers.evidence.items())
    grouped: dict[str, int] = {}
    for pieces, claims in rows:
        label = str(pieces) if pieces < MOST_PIECES else f"{MOST_PIECES}+"
        grouped[label] = grouped.get(label, 0) + claims
    return Figure(
        "evidence",
        _("Pieces of evidence on a claim"),
        _("How many claims rest on how many pieces of evidence, whichever way these point."),
        _("More is not better: one document can settle what twenty reports of it cannot."),
        (Column("pieces", _("Pieces")), CLAIMS),
        rows,
        lying=bars_of([(label, {PLAIN: claims}) for label, claims in grouped.items()], [PLAIN]),
    )


def _corrections(numbers: Numbers) -> Figure:
    rows = [(month, act, times) for month, act, times in numbers.corrections]
    words = {act: TITLES.get(act, CORRECTED) for _month, act, _times in rows}
    return Figure(
        "corrections",
        _("Corrections"),
        _(
            "What was put right on published claims: a verdict, a piece of evidence, or words that had to go."
        ),
        _("Few corrections can mean few mistakes, or that few were noticed."),
        (MONTH, Column("act", _("What happened"), words), Column("times", _("Times"))),
        [(f"{month:%Y-%m}", act, times) for month, act, times in rows],
        standing=columns_of(by_period([(month, PLAIN, n) for month, _act, n in rows]), [PLAIN]),
    )


def _stacked(rows: Sequence[tuple[str, str, int]]) -> list[tuple[str, dict[str, int]]]:
    stacked: dict[str, dict[str, int]] = {}
    for name, status, number in rows:
        counts = stacked.setdefault(name, {})
        counts[status] = counts.get(status, 0) + number
    return list(stacked.items())
