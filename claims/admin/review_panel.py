"""The review in progress, as one person of the desk sees it: the panel on the claim's page."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.review_forms import DONE, NOT_APPLICABLE, OPEN, NoteForm
from claims.admin.steps import Step, may, refusal_of, review_steps
from claims.desk_vocabulary import Priority
from claims.models import (
    ChecklistItem,
    PreviewLink,
    Proposal,
    Rating,
    Review,
    ReviewCheck,
    ReviewNote,
    User,
)
from claims.vocabulary import ReviewState, Verb
from claims.workflow.checklist import AT_WORK
from claims.workflow.mentions import nobodys
from claims.workflow.opinions import is_secret, may_know
from claims.workflow.rating import may_rate


@dataclass(frozen=True, slots=True)
class Told:
    """A note, whom it mentions, and the names in it that are nobody's here."""

    note: ReviewNote
    people: list[User]
    unknown: list[str]


def unknown_in(note: ReviewNote) -> list[str]:
    """Return the names that a note mentions and that are nobody's here."""
    return nobodys(note.text, note.mentions.all())


def told_in(
    review: Review, hidden: Callable[[ReviewNote], bool] = lambda note: False
) -> list[Told]:
    """Return the notes of a review, the first one first, without those that are `hidden`."""
    notes = [note for note in review.notes.all() if not hidden(note)]
    return [Told(note, list(note.mentions.all()), unknown_in(note)) for note in notes]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist, and what somebody answered."""

    item: ChecklistItem
    check: ReviewCheck | None

    @property
    def answer(self) -> str:
        """One of "open", "done" and "not_applicable"."""
        if self.check is None:
            return OPEN
        return NOT_APPLICABLE if self.check.not_applicable else DONE


@dataclass(frozen=True, slots=True)
class Checklist:
    """A review's checklist with its answers."""

    items: list[Item]
    may_answer: bool

    @property
    def answered(self) -> int:
        """How many items are no longer open."""
        return sum(one.check is not None for one in self.items)


def checklist_of(review: Review, person: User | None = None) -> Checklist:
    """Return the checklist of a review as `person` may answer it, or to be read; two queries."""
    checks = {check.item_id: check for check in review.checks.select_related("by")}
    items = ChecklistItem.objects.filter(method=review.method_id).order_by("position")
    able = person is not None and may(person, Verb.CHECK_ITEM)
    shown = [Item(item, checks.get(item.pk)) for item in items]
    return Checklist(shown, able and review.state in AT_WORK)


class ReviewPanel:
    """One review, its proposal and what people left in it."""

    def __init__(self, review: Review, person: User, *, barred: Container[Verb] = ()) -> None:
        self.review = review
        self.person = person
        self.barred = barred

    @cached_property
    def proposal(self) -> Proposal | None:
        """The verdict somebody proposed and nobody has decided on, or the one last returned; if it may be known."""
        return self._proposals[-1] if self._proposals and not self.keeps_back else None

    @cached_property
    def _proposals(self) -> list[Proposal]:
        return list(self.review.proposals.all())

    @cached_property
    def keeps_back(self) -> bool:
        """Whether something was proposed that this person is not shown before they have rated the claim."""
        return bool(self._proposals) and not may_know(self.review, self.person)

    @cached_property
    def ratings(self) -> list[Rating]:
        """What each person rated, where this one may know."""
        if self.keeps_back or not self.review.needs_second_rating:
            return []
        return list(self.review.ratings.select_related("by"))

    @property
    def suggests_second_rating(self) -> bool:
        """Whether the matter is pressing enough to ask for a second rating, and it is not too late."""
        review = self.review
        pressing = review.priority >= Priority.HIGH and not review.needs_second_rating
        return pressing and not self._proposals and may(self.person, Verb.SET_SECOND_RATING)

    @property
    def is_mine(self) -> bool:
        """Whether this person made the latest proposal."""
        return self.proposal is not None and self.proposal.by_id == self.person.pk

    @property
    def awaits_somebody_else(self) -> bool:
        """Whether this person has done their part, and another must decide."""
        return self.is_mine and self.review.state == ReviewState.PROPOSED

    @property
    def steps(self) -> list[Step]:
        """What this person can do with the review now."""
        barred = {verb for verb in Verb if verb in self.barred}
        if is_secret(self.review):
            barred.add(Verb.APPROVE_VERDICT)
        if self.keeps_back:
            barred.add(Verb.RETURN_REVIEW)
        steps = review_steps(self.review, self.person, is_mine=self.is_mine, barred=barred)
        return sorted([*self._rating_steps(), *steps], key=lambda step: not step.chief)

    def _rating_steps(self) -> Iterator[Step]:
        key = self.review.pk
        if self.keeps_back and may(self.person, Verb.RATE_CLAIM):
            if not refusal_of(may_rate, self.review, self.person):
                yield Step(_("Rate this claim"), "admin:claims_review_rate", key, chief=True)
        elif not self._proposals and may(self.person, Verb.SET_SECOND_RATING):
            needed = self.review.needs_second_rating
            label = _("No second rating after all") if needed else _("Ask for a second rating")
            yield Step(label, "admin:claims_review_second-rating", key)

    @property
    def may_show_outside(self) -> bool:
        """Whether this person may show an expert what is proposed."""
        waits = self.review.state == ReviewState.PROPOSED and not self.keeps_back
        return waits and may(self.person, Verb.CREATE_PREVIEW)

    @cached_property
    def previews(self) -> list[PreviewLink]:
        """The addresses at which experts read the proposal now, the latest first."""
        if self.proposal is None or not self.may_show_outside:
            return []
        return list(self.proposal.previews.open_at(timezone.now()).select_related("by"))

    @property
    def may_note(self) -> bool:
        """Whether this person may write notes."""
        return may(self.person, Verb.ADD_NOTE)

    @property
    def note_form(self) -> NoteForm:
        """Where the next note is written."""
        return NoteForm(auto_id="note_%s")

    @cached_property
    def checklist(self) -> Checklist:
        """What has to be seen to before a verdict is proposed."""
        return checklist_of(self.review, self.person)

    @cached_property
    def notes(self) -> list[Told]:
        """What was noted, in the order it was said; since the proposal, only by this person where it is kept back."""
        return told_in(self.review, self._hides if self.keeps_back else lambda note: False)

    def _hides(self, note: ReviewNote) -> bool:
        return note.at >= self._proposals[0].at and note.by_id != self.person.pk
