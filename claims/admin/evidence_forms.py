"""The forms with which evidence is added: by hand, and from what was read of a page or a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.forms import day, line, text_area
from claims.admin.offers import PieceField, said
from claims.models import Evidence, FoundReview, Publisher, SourceReading
from claims.snapshots.stripping import PICTURES
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft, RuleBroken
from claims.workflow.origins import OriginHint
from claims.workflow.readings import refuse_size

OWN, NONE = "own", "none"
KINDS = {
    "application/pdf": EvidenceKind.DOCUMENT,
    **dict.fromkeys(PICTURES, EvidenceKind.IMAGE_VIDEO),
}
ACCEPTED_FILES = ".pdf,.png,.jpg,.jpeg,.webp,application/pdf,image/png,image/jpeg,image/webp"


class SourceForm(forms.Form):
    """Where a source is: an address to be read, or a file to be taken."""

    url = line(
        _("Web address"),
        _("The page is fetched, a copy is kept, and the form is filled in from it."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_FILES}),
        help_text=_("PDF, PNG, JPEG or WebP. What a camera wrote into a picture is not kept."),
    )

    def __init__(self, *, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two; refuse what is too large before it is read into memory."""
        data = super().clean() or {}
        file: UploadedFile[bytes] | None = data.get("file")
        try:
            refuse_size(None if self.too_large else (file and file.size) or 0)
        except RuleBroken as refusal:
            self.add_error(None, refusal)
        if not self.errors and bool(data.get("url")) == bool(file):
            self.add_error("url", gettext("Give a web address or choose a file: one of the two."))
        return data


class EvidenceForm(forms.Form):
    """One source for or against a claim."""

    stance = forms.ChoiceField(
        label=_("What it does to the claim"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=EvidenceKind.choices)
    url = line(
        _("Web address"),
        _("http or https. Leave empty for a source without one."),
    )
    source_text = line(
        _("Or: description of the source"),
        _("Such as: letter to the desk, 3 May 2025"),
    )
    title = line(_("Title"))
    publisher_name = line(
        _("Publisher"),
        _("Who published it. Two pieces of one publisher count as one source."),
    )
    published_on = day(_("Published on"))
    excerpt = text_area(_("Excerpt"), _("The passage that matters, word for word."))
    rating = line(
        _("Its rating, word for word"),
        _("Of another outlet's fact-check, as it says it."),
    )
    note = text_area(
        _("Remark"),
        _("What readers should know about this source. Public."),
        rows=2,
    )
    primary = forms.BooleanField(
        label=_("A primary source"),
        required=False,
        help_text=_("The document, data or recording itself, not a report about it."),
    )
    same_origin_as = PieceField(
        label=_("Same origin as"),
        required=False,
        help_text=_("Reprints of one report are one origin."),
    )

    under_way: Iterable[SourceReading] = ()

    def __init__(self, *, known: Iterable[Evidence], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        origin: Any = self.fields["same_origin_as"]
        origin.offer(known, none=gettext("A source of its own"))


class ReadEvidenceForm(EvidenceForm):
    """The same, filled in from a page or a file. Where a reprint is likely, the person must say whether it is one."""

    of_domain = forms.BooleanField(required=False, initial=True)
    not_in_copy = forms.BooleanField(
        label=_("Keep these words as not found in the stored copy"), required=False
    )

    def __init__(
        self,
        *,
        reading: SourceReading,
        known: Iterable[Evidence],
        hints: Sequence[OriginHint],
        reviews: Sequence[FoundReview],
        review: FoundReview | None,
        publisher: Publisher | None,
        **kwargs: Any,
    ) -> None:
        pieces = list(known)
        initial = filled_in(reading, review, publisher)
        super().__init__(known=pieces, initial=initial, **kwargs)
        self.hints, self.reviews, self.review = hints, reviews, review
        if hints:
            self._ask_for_origin(pieces)
        if reading.domain and publisher is None:
            named = gettext("This is the publisher of everything on %(domain)s")
            self.fields["of_domain"].label = named % {"domain": reading.domain}
        else:
            del self.fields["of_domain"]

    def _ask_for_origin(self, pieces: list[Evidence]) -> None:
        """Put the likely origins first, and let nobody pass over them."""
        field: Any = self.fields["same_origin_as"]
        likely = [hint.piece for hint in self.hints]
        rest = [piece for piece in pieces if piece not in likely]
        field.choices = [
            ("", gettext("Choose: it may be a reprint")),
            (OWN, gettext("A source of its own")),
            *((str(one.pk), _entry(one)) for one in [*likely, *rest]),
        ]
        field.required = True
        field.error_messages["required"] = gettext(
            "Say whether this is of the same origin as evidence that stands here already."
        )


def _entry(piece: Evidence) -> str:
    return gettext("Entry %(number)d. %(said)s") % {
        "number": piece.entry.number,
        "said": said(piece),
    }


def chosen_review(reviews: Sequence[FoundReview], chosen: str) -> FoundReview | None:
    """Return the fact-check the form is filled in from: the nearest to the claim, unless another or none is asked."""
    if chosen == NONE:
        return None
    by_place = {str(review.place): review for review in reviews}
    return by_place.get(chosen) or next(iter(reviews), None)


def filled_in(
    reading: SourceReading, review: FoundReview | None, publisher: Publisher | None
) -> dict[str, Any]:
    """Return what the form opens with; a person corrects all of it."""
    copy = reading.snapshot
    values: dict[str, Any] = {
        "kind": KINDS.get(copy.media_type if copy else "", EvidenceKind.NEWS_REPORT),
        "url": reading.canonical_url,
        "source_text": copy.filename if copy and not reading.url else "",
        "title": reading.title,
        "publisher_name": publisher.name if publisher else reading.publisher_name,
        "published_on": reading.published_on,
        "of_domain": True,
    }
    if review is not None:
        values |= {
            "kind": EvidenceKind.FACT_CHECK,
            "rating": review.rating,
            "title": review.title or reading.title,
            "published_on": review.published_on or reading.published_on,
        }
        if publisher is None:
            values["publisher_name"] = review.reviewer or reading.publisher_name
    return values


def draft_of(data: dict[str, Any], publisher: Publisher | None) -> EvidenceDraft:
    """Return what a valid form says, as the verb takes it."""
    return EvidenceDraft(
        stance=Stance(data["stance"]),
        kind=EvidenceKind(data["kind"]),
        publisher=publisher,
        **{name: data[name] for name in TAKEN_OVER},
    )


TAKEN_OVER = (
    "url",
    "source_text",
    "title",
    "published_on",
    "excerpt",
    "note",
    "rating",
    "primary",
    "same_origin_as",
)
