"""What the workbench shows of one article: its suggestions, what has become of each, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from claims.admin.marking import Paragraph, paragraphs_of
from claims.admin.statements import READ_AT_MOST, Place, place_of, statements_in
from claims.models import Appearance, Article, SetAside
from claims.reading.attribution import Statement
from claims.vocabulary import CueClass

LEFT, RECORDED, ASIDE = "left", "recorded", "aside"


@dataclass(slots=True)
class Suggestion:
    """A statement found in an article, and what has become of it."""

    number: int
    statement: Statement
    recorded: list[Appearance] = field(default_factory=list)
    is_aside: bool = False

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.statement)

    @property
    def start(self) -> int:
        """The code point at which it begins."""
        return self.statement.start

    @property
    def end(self) -> int:
        """The code point behind it."""
        return self.statement.end

    @property
    def state(self) -> str:
        """Whether it is left to be looked at, recorded, or set aside as no claim."""
        return RECORDED if self.recorded else ASIDE if self.is_aside else LEFT

    @property
    def cue(self) -> CueClass:
        """How the article's words stand to what is said."""
        return self.statement.cue_class

    @property
    def anchor(self) -> str:
        """The id of its place in the list."""
        return f"statement-{self.number}"

    @property
    def label(self) -> str:
        """What stands behind its words in the text: its number and, if telling, its kind of reporting words."""
        return f"{self.number} {self._kind}".strip()

    @property
    def _kind(self) -> str:
        return "" if self.cue == CueClass.NEUTRAL else str(CueClass(self.cue).label)

    @property
    def told(self) -> str:
        """What a mark in the text says of it, to those who cannot see how it is drawn."""
        states = {RECORDED: _("recorded"), ASIDE: _("set aside"), LEFT: ""}
        name = _("Statement %(number)s") % {"number": self.number}
        return ", ".join(filter(None, (name, self._kind, states[self.state])))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An appearance that was recorded from words nothing suggested."""

    appearance: Appearance
    state = RECORDED
    cue = CueClass.NEUTRAL
    label = "✓"

    @property
    def start(self) -> int:
        """The code point at which it begins."""
        return self.appearance.start

    @property
    def end(self) -> int:
        """The code point behind it."""
        return self.appearance.end

    @property
    def anchor(self) -> str:
        """The id of its place in the list."""
        return f"appearance-{self.appearance.pk}"

    @property
    def told(self) -> str:
        """What a mark in the text says of it."""
        return _("Recorded from a quote of somebody's own choice")


class Workbench:
    """One article, read for claims. Two queries: the appearances recorded from it, and what was set aside."""

    def __init__(self, article: Article) -> None:
        self.article = article
        found = enumerate(statements_in(article), start=1)
        self.suggestions = [Suggestion(number, one) for number, one in found]
        standing = article.appearances.standing().in_text_order()
        appearances = standing.select_related("claim", "entry")
        aside = set(SetAside.objects.filter(article=article).values_list("start", "end"))
        for suggestion in self.suggestions:
            suggestion.is_aside = suggestion.place in aside
        self.others = [Elsewhere(one) for one in given_out(self.suggestions, appearances)]

    @cached_property
    def paragraphs(self) -> list[Paragraph[Suggestion | Elsewhere]]:
        """The text with its marks."""
        return paragraphs_of(self.article.text, [*self.suggestions, *self.others])

    @property
    def is_cut(self) -> bool:
        """Whether the text is longer than what was read."""
        return len(self.article.text) > READ_AT_MOST

    def in_state(self, state: str) -> list[Suggestion]:
        """Return the suggestions of which this has become."""
        return [one for one in self.suggestions if one.state == state]

    @property
    def left(self) -> list[Suggestion]:
        """Those nobody has decided on."""
        return self.in_state(LEFT)

    @property
    def aside(self) -> list[Suggestion]:
        """Those that were found to be no claims."""
        return self.in_state(ASIDE)

    @property
    def cue_classes(self) -> list[CueClass]:
        """The kinds of reporting words that are marked in the text, for its legend."""
        found = {one.cue for one in self.suggestions}
        return [one for one in CueClass if one in found]

    def suggested_at(self, place: Place | None) -> Suggestion | None:
        """Return the suggestion at exactly `place`."""
        return next((one for one in self.suggestions if one.place == place), None)

    def suggestions_over(self, place: Place) -> list[Suggestion]:
        """Return the suggestions that share words with `place`."""
        return [one for one in self.suggestions if place.shared_with(one.start, one.end)]

    def paragraphs_over(self, place: Place) -> list[Paragraph[Suggestion | Elsewhere]]:
        """Return the paragraphs that share words with `place`, or with a suggestion that does."""
        touched = [place, *(one.place for one in self.suggestions_over(place))]
        start, end = min(one.start for one in touched), max(one.end for one in touched)
        return [one for one in self.paragraphs if one.start < end and start < one.end]


def given_out(suggestions: list[Suggestion], appearances: Iterable[Appearance]) -> list[Appearance]:
    """Give each appearance to the suggestion it was recorded from; return those that belong to none.

    That is the one at exactly its place or, where somebody chose other words, the one of which at least half is
    among them, or half of them in it.
    """
    at_place = {suggestion.place: suggestion for suggestion in reversed(suggestions)}
    others = []
    for appearance in appearances:
        place = Place(appearance.start, appearance.end)
        suggestion = at_place.get(place) or nearest(suggestions, place)
        if suggestion:
            suggestion.recorded.append(appearance)
        else:
            others.append(appearance)
    return others


def nearest(suggestions: list[Suggestion], place: Place) -> Suggestion | None:
    """Return the suggestion that shares most words with `place`, if they are half of the one or the other."""
    best = max(suggestions, key=lambda one: place.shared_with(one.start, one.end), default=None)
    if best is None:
        return None
    shorter = min(best.end - best.start, place.end - place.start)
    return best if 2 * place.shared_with(best.start, best.end) >= shorter else None
