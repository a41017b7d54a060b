"""The review in progress, as one person of the desk sees it: the panel on the claim's page."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from claims.admin.review_forms import DONE, NOT_APPLICABLE, OPEN, NoteForm
from claims.admin.steps import Step, may, review_steps
from claims.models import ChecklistItem, Proposal, Review, ReviewCheck, ReviewNote, User
from claims.vocabulary import ReviewState, Verb
from claims.workflow.checklist import AT_WORK
from claims.workflow.mentions import nobodys


@dataclass(frozen=True, slots=True)
class Told:
    """A note, whom it mentions, and the names in it that are nobody's here."""

    note: ReviewNote
    people: list[User]
    unknown: list[str]


def unknown_in(note: ReviewNote) -> list[str]:
    """Return the names that a note mentions and that are nobody's here."""
    return nobodys(note.text, note.mentions.all())


def told_in(review: Review) -> list[Told]:
    """Return the notes of a review, the first one first."""
    notes = review.notes.all()
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
        """The verdict somebody proposed and nobody has decided on, or the one last returned."""
        proposals = list(self.review.proposals.all())
        return proposals[-1] if proposals else None

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
        steps = review_steps(self.review, self.person, is_mine=self.is_mine, barred=self.barred)
        return list(steps)

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
        """What was noted, in the order it was said."""
        return told_in(self.review)
