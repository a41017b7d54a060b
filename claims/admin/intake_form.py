"""The form on which a person says what an article is, part by part, before it is frozen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.forms import day, line, text_area
from claims.admin.intake_words import Comparison
from claims.models import Article, ArticleIntake, Publisher
from claims.vocabulary import Licence
from claims.workflow import IntakeCorrection

RECORD, SAVE = "record", "save"
APART = "apart"
PARTS = tuple(IntakeCorrection.__dataclass_fields__)


class IntakeForm(forms.Form):
    """Every part of the article as it was understood; `twins` are offered, and one choice among them asked for."""

    what_it_is = forms.ChoiceField(
        label=gettext_lazy("What this is"), required=False, widget=forms.RadioSelect
    )
    title = line(gettext_lazy("Title"))
    publisher_name = line(gettext_lazy("Publisher"))
    published_on = day(gettext_lazy("Published on"))
    date_unknown = forms.BooleanField(label=gettext_lazy("The date is not known"), required=False)
    authors = line(gettext_lazy("Authors"), gettext_lazy("Several are divided by semicolons."))
    dateline = line(gettext_lazy("Dateline"))
    standfirst = text_area(gettext_lazy("Standfirst"), rows=2)
    language = line(gettext_lazy("Language"), gettext_lazy("A tag such as en, de or pt-BR."))
    url = line(gettext_lazy("Web address"))
    canonical_url = line(
        gettext_lazy("Canonical address"), gettext_lazy("The one the page gives itself.")
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("Readers may see"), choices=Licence.choices, widget=forms.RadioSelect
    )
    text = text_area(
        gettext_lazy("Text"), gettext_lazy("A blank line divides paragraphs."), rows=16
    )
    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *,
        intake: ArticleIntake,
        twins: list[Comparison],
        publisher: Publisher | None,
        **kwargs: Any,
    ) -> None:
        first = {name: getattr(intake, name) for name in PARTS}
        super().__init__(initial=first, **kwargs)
        self.intake, self.twins = intake, twins
        self.versions = {twin.choice: twin.article for twin in twins}
        self._offer(twins)
        self.fields["published_on"].help_text = self._about_the_date()
        self.fields["publisher_name"].help_text = self._about_the_publisher(publisher)

    def _offer(self, twins: list[Comparison]) -> None:
        if not twins or any(twin.same_text for twin in twins):
            self.fields["what_it_is"].widget = forms.HiddenInput()
            return
        version = _("A new version of “%(title)s”")
        choices = [(twin.choice, version % {"title": twin.article.title}) for twin in twins]
        apart = (APART, _("An article of its own"))
        self.fields["what_it_is"].choices = [*choices, apart]  # type: ignore[attr-defined]

    def _about_the_date(self) -> str:
        if not self.intake.year_missing:
            return ""
        told = _("The text gives a day without a year (%(dateline)s). Give the full date.")
        return told % {"dateline": self.intake.dateline}

    def _about_the_publisher(self, known: Publisher | None) -> str:
        if known is None:
            return ""
        told = _("The register knows %(domain)s as “%(name)s”: the article goes under that name.")
        return told % {"domain": known.domain, "name": known.name}

    def clean(self) -> dict[str, Any]:
        """Hand the form itself on: it knows what its choices stand for."""
        return {**(super().clean() or {}), "form": self}

    @property
    def wants_recording(self) -> bool:
        """Whether the article is to be frozen now, and not only saved for later."""
        return bool(self.cleaned_data["then"] == RECORD)

    def correction(self) -> IntakeCorrection:
        """Return every part as it was typed."""
        data = {name: self.cleaned_data[name] for name in PARTS}
        return IntakeCorrection(**data | {"licence": Licence(data["licence"])})

    def decision(self) -> dict[str, Article | bool | None]:
        """Return what the person says this is, as the verb takes it."""
        chosen = self.cleaned_data["what_it_is"]
        return {"version_of": self.versions.get(chosen), "apart": chosen == APART}


class PasteForm(forms.Form):
    """The article's text, where its address gave none."""

    text = text_area(
        gettext_lazy("Text"),
        gettext_lazy(
            "Plain text with its headline, or the page's HTML. A blank line divides paragraphs."
        ),
        rows=12,
        required=True,
    )
