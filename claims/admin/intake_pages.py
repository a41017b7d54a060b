"""The pages of one intake: fetching it, what to do when that fails, checking what was understood, recording it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.intake_form import IntakeForm, PasteForm
from claims.admin.intake_words import AGAIN, advice_on, compared
from claims.admin.pages import Changed, VerbPage
from claims.admin.site import person_of
from claims.desk_vocabulary import UNFINISHED_INTAKES, IntakeState
from claims.models import ArticleIntake, Claim, Publisher, User
from claims.tasks import enqueue
from claims.tasks.intakes import fetch_article
from claims.vocabulary import Verb
from claims.workflow import RecordedArticle
from claims.workflow.refusals import require
from claims.workflow.twins import twins_of

LIST = "admin:claims_article_changelist"
SLOW = timedelta(seconds=30)


def check_url(intake: ArticleIntake) -> str:
    """Return where an intake is looked at, whatever its state."""
    return reverse("admin:claims_article_check", args=[intake.pk])


class IntakePage(VerbPage[ArticleIntake]):
    """What all pages of an intake share."""

    verb = Verb.RECORD_ARTICLE
    route = "intake/<int:pk>/"
    states: ClassVar[tuple[str, ...]]

    def subject(self, **ids: Any) -> ArticleIntake:
        return get_object_or_404(ArticleIntake.objects.select_related("article", "by"), **ids)

    def claim_of(self, subject: ArticleIntake) -> Claim | None:
        return None

    def back(self, subject: ArticleIntake) -> str:
        if subject.article:
            return reverse("admin:claims_article_change", args=[subject.article.pk])
        return check_url(subject) if subject.is_unfinished else reverse(LIST)

    def closed_because(self, subject: ArticleIntake, by: User) -> str:
        if subject.state in self.states:
            return ""
        told = _("This is not possible any more: %(state)s.")
        return told % {"state": subject.get_state_display()}

    def version(self, subject: ArticleIntake) -> str:
        return subject.changed_at.isoformat()

    def logged(self, subject: ArticleIntake, result: Any) -> Model:
        return subject

    def _unchanged(
        self, request: HttpRequest, subject: ArticleIntake, ids: dict[str, Any]
    ) -> ArticleIntake:
        ArticleIntake.objects.select_for_update().values_list("pk").get(pk=subject.pk)
        fresh = self.subject(**ids)
        if self.version(fresh) != request.POST.get("seen"):
            raise Changed
        return fresh


class CheckIntake(IntakePage):
    slug, title, button = "check", gettext_lazy("Check the article"), gettext_lazy("Record")
    done = gettext_lazy("Intake checked.")
    states = UNFINISHED_INTAKES
    form_class = IntakeForm
    template = "admin/claims/intake_check.html"
    shared = True

    def form(self, subject: ArticleIntake, request: HttpRequest, **data: Any) -> forms.Form:
        if subject.state != IntakeState.READY and not data:
            return forms.Form()  # there is nothing to check yet
        twins = [compared(twin, subject) for twin in twins_of(subject)]
        publisher = Publisher.objects.of_address(subject.canonical_url or subject.url)
        return IntakeForm(intake=subject, twins=twins, publisher=publisher, **data)

    def _page(
        self,
        request: HttpRequest,
        subject: ArticleIntake,
        form: forms.Form,
        *,
        status: int = 200,
        **shown: Any,
    ) -> HttpResponse:
        """Show the form, or how far the fetching has come, or lead to what there is to do instead."""
        if isinstance(form, IntakeForm):
            return super()._page(request, subject, form, status=status, **shown)
        if subject.state == IntakeState.FAILED:
            return redirect("admin:claims_article_paste", subject.pk)
        context = {
            **self.site.each_context(request),
            "title": _("Fetching the article"),
            "intake": subject,
            "slow": is_slow(subject),
        }
        return TemplateResponse(request, "admin/claims/intake_progress.html", context)

    def context(self, subject: ArticleIntake, form: Any) -> dict[str, Any]:
        return {
            "twins": form.twins,
            "known": next((twin for twin in form.twins if twin.same_text), None),
            "others": ArticleIntake.objects.without_contents().of_the_same(subject),
        }

    def perform(self, subject: ArticleIntake, data: dict[str, Any], by: User) -> Any:
        form: IntakeForm = data["form"]
        workflow.correct_intake(subject, form.correction(), by=by)
        if not form.wants_recording:
            return subject
        return workflow.record_intake(subject, by=by, **form.decision())  # type: ignore[arg-type]

    def said(self, result: Any) -> str:
        if isinstance(result, RecordedArticle):
            return _("Article recorded.")
        return _("Saved. Nothing is frozen yet.")

    def after(self, subject: ArticleIntake, result: Any) -> str:
        return self.back(subject) if isinstance(result, RecordedArticle) else check_url(subject)


class PasteInstead(IntakePage):
    slug, title = "paste", gettext_lazy("The article could not be fetched")
    button = gettext_lazy("Go on with this text")
    done = gettext_lazy("Text pasted.")
    states = (IntakeState.WAITING, IntakeState.FETCHING, IntakeState.FAILED)
    form_class = PasteForm
    template = "admin/claims/intake_failed.html"

    def back(self, subject: ArticleIntake) -> str:
        return super().back(subject) if subject.state != IntakeState.FAILED else reverse(LIST)

    def context(self, subject: ArticleIntake, form: forms.Form) -> dict[str, Any]:
        failed = subject.state == IntakeState.FAILED
        heading = {} if failed else {"title": _("Paste the text instead")}
        return {
            "failed": failed,
            "advice": advice_on(subject.trouble),
            "again": subject.trouble in AGAIN,
            **heading,
        }

    def perform(self, subject: ArticleIntake, data: dict[str, Any], by: User) -> ArticleIntake:
        return workflow.fill_intake(subject, data["text"], by=by)

    def said(self, result: ArticleIntake) -> str:
        return ""

    def after(self, subject: ArticleIntake, result: ArticleIntake) -> str:
        return check_url(subject)


class FetchAgain(IntakePage):
    slug, title, button = "again", gettext_lazy("Try again"), gettext_lazy("Fetch the page again")
    done = gettext_lazy("Fetching once more.")
    states = (IntakeState.FAILED,)
    form_class = forms.Form

    def perform(self, subject: ArticleIntake, data: dict[str, Any], by: User) -> ArticleIntake:
        workflow.retry_intake(subject, by=by)
        enqueue(fetch_article, subject.pk)
        return subject

    def said(self, result: ArticleIntake) -> str:
        return ""


class DiscardIntake(IntakePage):
    slug, title = "discard", gettext_lazy("Discard this intake")
    button = gettext_lazy("Discard")
    done = gettext_lazy("Intake discarded.")
    intro = gettext_lazy(
        "What was sent or fetched is cleared away, with what you corrected. Nothing was recorded."
    )
    states = UNFINISHED_INTAKES
    form_class = forms.Form
    template = "admin/claims/intake_discard.html"

    def perform(self, subject: ArticleIntake, data: dict[str, Any], by: User) -> ArticleIntake:
        return workflow.discard_intake(subject, by=by)

    def after(self, subject: ArticleIntake, result: ArticleIntake) -> str:
        return reverse(LIST)


PAGES = (CheckIntake, PasteInstead, FetchAgain, DiscardIntake)


def is_slow(intake: ArticleIntake) -> bool:
    """Whether an intake waits for longer than a running worker would let it."""
    waiting = intake.state == IntakeState.WAITING
    return waiting and intake.age(timezone.now()) > SLOW


@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """Answer how far the fetching has come, for a page that asks again and again."""
    require(person_of(request), Verb.RECORD_ARTICLE)
    intakes = ArticleIntake.objects.without_contents()
    intake = get_object_or_404(intakes, pk=min(pk, BIGGEST_KEY))
    return JsonResponse(
        {"state": intake.state, "under_way": intake.is_under_way, "slow": is_slow(intake)}
    )


def urls(site: Any) -> list[URLPattern]:
    """Return where the pages of an intake live."""
    pages = [page(site).urls("claims_article") for page in PAGES]
    asked = site.admin_view(progress)
    return [*pages, path("intake/<int:pk>/progress/", asked, name="claims_article_progress")]


def unfinished_of(person: User) -> list[ArticleIntake]:
    """Return the intakes a person has begun and not ended, the latest first."""
    mine = ArticleIntake.objects.without_contents().unfinished().begun_by(person)
    return list(mine[:50])
