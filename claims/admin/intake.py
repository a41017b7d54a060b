"""Bringing an article in: a pasted text or a file is read, checked by a person, and frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.admin.forms import day, line, text_area
from claims.admin.pages import VerbPage
from claims.models import Article, Claim, User
from claims.reading.parse import ParsedArticle, UnreadableArticle, parse_article
from claims.vocabulary import Licence, Verb
from claims.workflow import RecordedArticle

NO_DATE = _("The text gives no publication date. Give it, or say that it is not known.")
NO_YEAR = _("The text gives a day without a year (%(dateline)s). Give the full date.")


class NewArticleForm(forms.Form):
    """An article's text or file, and what the text itself does not say."""

    text = text_area(
        _("Text"),
        _("Paste the article: plain text with its headline, or the page's HTML."),
        rows=12,
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("Plain text or HTML, as it was published."),
    )
    title = line(_("Title"), _("Only if the text has no headline, or a wrong one."))
    publisher_name = line(_("Publisher"), _("Left empty, the one the article names."))
    published_on = day(_("Published on"), _("Left empty, the date the article gives."))
    date_unknown = forms.BooleanField(label=_("The date is not known"), required=False)
    url = line(_("Web address"), _("Where the article was published."))
    licence = forms.ChoiceField(
        label=_("Readers may see"),
        choices=Licence.choices,
        initial=Licence.QUOTES_ONLY,
        widget=forms.RadioSelect,
    )
    parsed: ParsedArticle

    def clean(self) -> dict[str, Any]:
        """Read the article and ask for what it leaves out."""
        data = super().clean() or {}
        original = self._original(data)
        if original is None or self.errors:
            return data
        try:
            self.parsed = self._read(original, data.get("published_on"))
        except UnreadableArticle as refusal:
            self.add_error("file" if data.get("file") else "text", str(refusal))
            return data
        self._ask_for_what_is_missing(data)
        if self.errors:
            self._keep_file(original)
        return {**data, "form": self}

    def _read(self, original: bytes, published_on: date | None) -> ParsedArticle:
        url = self.cleaned_data.get("url", "")
        return parse_article(original, url=url, published_on=published_on)

    def _original(self, data: dict[str, Any]) -> bytes | None:
        upload: UploadedFile[bytes] | None = data.get("file")
        typed: str = data.get("text", "")
        if bool(upload) == bool(typed):
            self.add_error("text", gettext("Paste a text or choose a file: one of the two."))
            return None
        return upload.read() if upload else typed.replace("\r\n", "\n").encode()

    def _ask_for_what_is_missing(self, data: dict[str, Any]) -> None:
        if not (data.get("title") or self.parsed.title):
            self.add_error("title", gettext("The text has no headline. Give the title."))
        if self.parsed.published_on is None and not data.get("date_unknown"):
            no_year = "year" in self.parsed.missing
            asked = NO_YEAR % {"dateline": self.parsed.dateline} if no_year else NO_DATE
            self.add_error("published_on", asked)

    def _keep_file(self, original: bytes) -> None:
        """A browser cannot fill a file in again: keep its text, where that loses nothing."""
        try:
            text = original.decode()
        except UnicodeDecodeError:
            self.add_error("file", gettext("Choose the file again."))
            return
        if self.files:
            self.data = {**self.data.dict(), "text": text}  # type: ignore[attr-defined]


class NewArticle(VerbPage[Article]):
    verb = Verb.RECORD_ARTICLE
    slug, title, button = "new", _("New article"), _("Read and record")
    route = ""
    done = _("Article recorded.")
    intro = _(
        "The text is frozen as it is read and identified by its SHA-256; the original is kept beside it. "
        "A changed text becomes a new article."
    )
    form_class = NewArticleForm
    template = "admin/claims/new_article.html"

    def subject(self, **ids: int) -> Article:
        return Article()

    def claim_of(self, subject: Article) -> Claim | None:
        return None

    def back(self, subject: Article) -> str:
        return reverse("admin:claims_article_changelist")

    def after(self, subject: Article, result: RecordedArticle) -> str:
        return reverse("admin:claims_article_change", args=[result.article.pk])

    def logged(self, subject: Article, result: RecordedArticle) -> Model:
        return result.article

    def said(self, result: RecordedArticle) -> StrOrPromise:
        if result.created:
            return self.done
        return gettext("This text is in the register already: here it is. Nothing was recorded.")

    def perform(self, subject: Article, data: dict[str, Any], by: User) -> RecordedArticle:
        form: NewArticleForm = data["form"]
        return workflow.ingest_article(
            form.parsed,
            title=data["title"],
            publisher_name=data["publisher_name"],
            licence=Licence(data["licence"]),
            by=by,
        )
