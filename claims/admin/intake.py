"""Bringing an article in: an address to fetch, a pasted text or a file. The next page shows what was understood."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.forms import line, text_area
from claims.admin.pages import VerbPage
from claims.models import ArticleIntake, Claim, User
from claims.tasks import enqueue
from claims.tasks.intakes import fetch_article
from claims.vocabulary import Verb
from claims.workflow import IntakeDraft
from claims.workflow.taking_in import FILE_ENDINGS, MAX_FILE_BYTES


class NewArticleForm(forms.Form):
    """Where the article is, or the article itself."""

    url = line(
        _("Web address"),
        _(
            "The page is fetched and archived. With a text or a file below, it says where that was published."
        ),
    )
    text = text_area(
        _("Or paste the text"),
        _("Plain text with its headline, or the page's HTML. A blank line divides paragraphs."),
        rows=10,
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        help_text=_("Plain text or HTML, as it was published; at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(FILE_ENDINGS)}),
    )


class NewArticle(VerbPage[ArticleIntake]):
    verb = Verb.RECORD_ARTICLE
    slug, title, button = "new", _("New article"), _("Go on")
    route = ""
    done = _("Intake begun.")
    intro = _("One of the three is enough. You see what was understood before anything is frozen.")
    form_class = NewArticleForm
    template = "admin/claims/new_article.html"

    def subject(self, **ids: Any) -> ArticleIntake:
        return ArticleIntake()

    def claim_of(self, subject: ArticleIntake) -> Claim | None:
        return None

    def version(self, subject: ArticleIntake) -> str:
        return ""

    def back(self, subject: ArticleIntake) -> str:
        return reverse("admin:claims_article_changelist")

    def logged(self, subject: ArticleIntake, result: ArticleIntake) -> ArticleIntake:
        return result

    def said(self, result: ArticleIntake) -> str:
        return ""

    def after(self, subject: ArticleIntake, result: ArticleIntake) -> str:
        return reverse("admin:claims_article_check", args=[result.pk])

    def perform(self, subject: ArticleIntake, data: dict[str, Any], by: User) -> ArticleIntake:
        upload: UploadedFile[bytes] | None = data["file"]
        draft = IntakeDraft(
            url=data["url"],
            text=data["text"],
            file=upload.read(MAX_FILE_BYTES + 1) if upload else b"",
            file_name=upload.name or "" if upload else "",
        )
        intake = workflow.start_intake(draft, by=by)
        if intake.is_under_way:
            enqueue(fetch_article, intake.pk)
        return intake
