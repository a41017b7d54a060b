"""The forms in which a statement of an article becomes part of the register, and what they start from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.admin.forms import day, line, text_area
from claims.admin.party import NEW, NOBODY, Party
from claims.admin.statements import Place, as_sentence, place_of, statement_near
from claims.models import Article, Claim, Claimant
from claims.reading.attribution import Statement
from claims.vocabulary import CHECKABLE_KINDS, ClaimKind, CueClass, Position

SPEAKER = "speaker"
QUOTATION_MARKS = "\u2018\u2019“”„‟«»\"'"
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = re.compile(rf"\b(?:{MONTH}\s+\d{{1,2}}(?:,\s*\d{{4}})?|\d{{1,2}}\s+{MONTH}|(?:19|20)\d\d)\b")
NUMBER = re.compile(r"(?<![\w-])\d")  # but not that of a name, such as F-16
TheSpeaker = Party("speaker", _("Who says it here"))
TheClaimant = Party(
    "claimant", _("Who makes the claim"), [(SPEAKER, _("The speaker, named above"))]
)


def kind_choices() -> list[tuple[str, Any]]:
    """Return the kinds of claims; those no verdict can be given on say so."""
    return [
        (kind.value, kind.label if kind in CHECKABLE_KINDS else _not_checkable(kind))
        for kind in ClaimKind
    ]


def _not_checkable(kind: ClaimKind) -> Any:
    return _("%(kind)s (not checkable)") % {"kind": kind.label}


def likely_kind(content: str) -> ClaimKind:
    """Return the kind to offer: a figure where a number stands that is no date, else a fact. A person decides."""
    return ClaimKind.FIGURE if NUMBER.search(DATE.sub("", content)) else ClaimKind.FACT


class QuoteForm(forms.Form):
    """Where a statement stands, and how the article reports it."""

    exact = text_area(_("Quote"), _("Word for word as it stands in the article."), required=True)
    position = forms.ChoiceField(
        label=_("Position"),
        choices=Position.choices,
        help_text=_("What the speaker does with the claim."),
    )
    cue = line(_("Reporting words"), _("Such as: said, alleges, was unable to confirm"))
    cue_class = forms.ChoiceField(label=_("Kind of reporting words"), choices=CueClass.choices)
    direct = forms.BooleanField(label=_("Between quotation marks"), required=False)
    inferred = forms.BooleanField(
        label=_("The speaker is our reading, not named in the sentence"), required=False
    )
    place = forms.RegexField(r"^\d{1,9}-\d{1,9}$", required=False, widget=forms.HiddenInput)

    def clean_exact(self) -> str:
        """Undo what browsers do to line breaks."""
        exact: str = self.cleaned_data["exact"]
        return exact.replace("\r\n", "\n")


class ClaimForm(QuoteForm):
    """A claim in the register's own wording, found in an article."""

    wording = text_area(
        _("Wording"), _("One checkable statement that stands alone."), required=True
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=kind_choices, widget=forms.RadioSelect)
    said_on = day(_("Said on"))


class AppearanceForm(QuoteForm):
    """One more place where a known claim was found."""

    claim = forms.ModelChoiceField(
        label=_("Claim"),
        queryset=Claim.objects.standing(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the claim.")},
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What the fields of a form start from: a suggestion, words somebody chose, or nothing."""

    article: Article
    place: Place | None
    known: list[Claimant]

    @property
    def statement(self) -> Statement | None:
        """The suggestion at the place, or the one whose words these are mostly."""
        return statement_near(self.article, self.place)

    @property
    def is_suggested(self) -> bool:
        """Whether the words are a suggestion's, no more and no less."""
        one = self.statement
        return one is not None and place_of(one) == self.place

    @property
    def exact(self) -> str:
        """The words at the place."""
        return self.article.text[slice(*self.place)] if self.place else ""

    @property
    def content(self) -> str:
        """What is stated there, without the reporting words in between where they are known."""
        one = self.statement
        return one.content if one is not None and self.is_suggested else self.exact

    def quote(self) -> dict[str, Any]:
        """Return the first values of the fields that say where and how."""
        one = self.statement
        said = {"place": str(self.place), "exact": self.exact} if self.place else {}
        if one is None:
            how = {"position": Position.ASSERTS, "cue_class": CueClass.NEUTRAL}
            return {**said, **how, "direct": self._is_direct(), **self.speaker()}
        return {
            **said,
            "position": one.position,
            "cue": one.cue or "",
            "cue_class": one.cue_class,
            "direct": one.direct if self.is_suggested else self._is_direct(),
            "inferred": one.source_inferred,
            **self.speaker(),
        }

    def _is_direct(self) -> bool:
        """Whether quotation marks open and close the words, just inside or just outside of them."""
        if self.place is None:
            return False
        start, end = self.place
        opening = self.article.text[max(0, start - 1) : start + 1]
        closing = self.article.text[end - 1 : end + 1]
        return all(any(mark in edge for mark in QUOTATION_MARKS) for edge in (opening, closing))

    def speaker(self) -> dict[str, Any]:
        """Return the first values of the fields that say who."""
        name = (self.statement and self.statement.source) or ""
        same = [party for party in self.known if party.is_called(name)]
        choice = str(same[0].pk) if same else NEW if name else NOBODY
        return {"speaker": choice, "speaker_name": "" if same else name}

    def claim(self) -> dict[str, Any]:
        """Return the first values of the fields that say what."""
        one = self.statement
        own = one is None or one.position == Position.ASSERTS
        return {
            "wording": as_sentence(self.content) if self.place else "",
            "kind": likely_kind(self.content),
            "said_on": self.article.published_on,
            "claimant": SPEAKER if own else NOBODY,
        }
