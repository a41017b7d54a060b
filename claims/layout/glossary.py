"""The register's terms with what each means: what the glossary lists, in the order in which a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.layout.words import MEANINGS, WITHDRAWN
from claims.vocabulary import WITHDRAWN_LABEL, VerificationStatus


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the anchor it is found at, its name, and what it means here."""

    anchor: str
    name: StrOrPromise
    meaning: StrOrPromise


@dataclass(frozen=True, slots=True)
class Chapter:
    """Terms that belong together, beneath one heading."""

    anchor: str
    title: StrOrPromise
    terms: tuple[Term, ...]


STATUSES: tuple[Term, ...] = (
    *(Term(status.value, status.label, MEANINGS[status]) for status in VerificationStatus),
    Term(WITHDRAWN, WITHDRAWN_LABEL, MEANINGS[WITHDRAWN]),
)

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "said",
        _("What was said"),
        (
            Term(
                "claim",
                _("Claim"),
                _(
                    "One statement that can turn out right or wrong, in the wording of the register, with who made "
                    "it and when."
                ),
            ),
            Term(
                "wording",
                _("Wording"),
                _(
                    "The sentence in which the register puts a claim. It can be changed; every version is kept, and "
                    "a verdict belongs to the one it was given on."
                ),
            ),
            Term(
                "claimant",
                _("Claimant"),
                _(
                    "The person, body or unnamed source held to make the claim. Where an article does not say who "
                    "speaks, the register does not guess."
                ),
            ),
            Term(
                "appearance",
                _("Appearance"),
                _(
                    "One place in an article where the claim was found: the exact quote, who speaks there, and how "
                    "they stand to it."
                ),
            ),
            Term(
                "position",
                _("Position"),
                _(
                    "What a speaker does with the claim in one place: asserts, denies, questions or repeats it, or "
                    "says that it cannot be confirmed."
                ),
            ),
            Term(
                "cue",
                _("Cue"),
                _(
                    "The words with which an article reports a statement, such as “said” or “alleges”. Some keep "
                    "their distance, some hedge, some deny."
                ),
            ),
        ),
    ),
    Chapter(
        "shown",
        _("What the evidence shows"),
        (
            Term(
                "evidence",
                _("Evidence"),
                _(
                    "A source that speaks for or against the claim, or explains it, with its address, its date and "
                    "the passage that matters."
                ),
            ),
            Term(
                "stance",
                _("Stance"),
                _(
                    "Which way a piece of evidence points: it supports the claim, refutes it, or gives context."
                ),
            ),
            Term(
                "primary-source",
                _("Primary source"),
                _(
                    "The thing itself rather than a report of it: the document, the data, the recording, the person "
                    "who was there."
                ),
            ),
            Term(
                "origin",
                _("Origin"),
                _(
                    "Where a piece of evidence got it from. Ten papers that print one agency report have one origin "
                    "and count as one source."
                ),
            ),
            Term(
                "copy",
                _("Stored copy"),
                _(
                    "A source as it was when the register looked at it, kept with a digest that shows whether it was "
                    "changed since."
                ),
            ),
        ),
    ),
    Chapter(
        "judged",
        _("Verdicts and why they change"),
        (
            Term(
                "verdict",
                _("Verdict"),
                _(
                    "A status given to one wording of a claim, with the reasons and the evidence it rests on. One "
                    "person proposes it, another approves it."
                ),
            ),
            Term(
                "cause",
                _("Cause"),
                _(
                    "Why a verdict was given: it is the first, there is new evidence, the one before was mistaken, "
                    "the claim was reworded, or the verdict was looked at again and stands."
                ),
            ),
            Term(
                "correction",
                _("Correction"),
                _(
                    "A verdict that takes the place of a mistaken one and says so. The mistaken one stays readable in "
                    "the history."
                ),
            ),
            Term(
                "voided",
                _("Verdict voided"),
                _(
                    "A verdict taken back, with the reason. The claim then has no status until a new one is given."
                ),
            ),
            Term(
                "override",
                _("Published by one person"),
                _(
                    "In an emergency one person can publish a verdict alone and must say why. The page says so until "
                    "two people have given one."
                ),
            ),
            Term(
                "imported",
                _("Imported verdict"),
                _(
                    "A verdict reached elsewhere and taken over, named as such, with where it comes from and the day "
                    "it took effect there."
                ),
            ),
        ),
    ),
    Chapter(
        "kept",
        _("What is kept"),
        (
            Term(
                "history",
                _("History"),
                _(
                    "Every public act on a claim, numbered, with its moment and reason. Acts are added and never "
                    "changed; taking something back is another act."
                ),
            ),
            Term(
                "clocks",
                _("Two clocks"),
                _(
                    "Every act has the moment at which the register recorded it. Other dates say when something "
                    "happened in the world. A page can be read on either."
                ),
            ),
            Term(
                "memento",
                _("Memento"),
                _(
                    "The page of a claim as it was at a past moment, at an address of its own that always shows the "
                    "same, apart from words that the law had removed."
                ),
            ),
            Term(
                "redaction",
                _("Redaction"),
                _(
                    "Words removed because the law demands it. Two people agree, a note says when and why, and the "
                    "history can still be checked."
                ),
            ),
            Term(
                "merged",
                _("Merged"),
                _(
                    "Two claims found to be the same statement: one leads to the other, and both histories are kept."
                ),
            ),
        ),
    ),
)
