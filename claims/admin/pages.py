"""One small page per verb: GET shows a form, POST calls the verb, a refusal shows where it belongs.

The verb holds the rules. The page only keeps what was typed, catches refusals around the verb, and sees to it
that nobody decides on what they have not seen.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.kept import keeping_what_was_typed
from claims.admin.news import news_since
from claims.admin.party import Party
from claims.admin.site import DeskSite, person_of
from claims.admin.versions import both_versions
from claims.history.recorder import locked
from claims.models import Claim, User
from claims.vocabulary import Verb
from claims.workflow import RuleBroken
from claims.workflow.refusals import require

Subject = TypeVar("Subject", bound=Model)
CHANGED = _(
    "This changed while the page was open, so nothing was done. What you typed is kept: look at what is new, "
    "then submit again."
)
COLLISION = _(
    "Somebody else did the same at this very moment. What you typed is kept: look, then submit again."
)


class Changed(RuleBroken):
    """What a person is about to act on is no longer what they looked at."""

    def __init__(self) -> None:
        super().__init__(CHANGED)


def show_refusal(form: forms.Form, refusal: ValidationError) -> None:
    """Put what a verb refused at the field it names, or above the form."""
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for field, reasons in by_field.items():
        for reason in reasons:
            form.add_error(field if field in form.fields else None, reason)


def log_act(request: HttpRequest, subject: Model, said: StrOrPromise) -> None:
    """Note an act in the admin's own log, without the words of the claim: a redaction must find no copy here.

    It is noted as the code says it, and translated when it is shown.
    """
    with translation.override(None):
        name = f"{subject._meta.verbose_name} {getattr(subject, 'public_id', subject.pk)}"
        told = str(said)
    LogEntry.objects.create(
        user=person_of(request),
        content_type=get_content_type_for_model(subject),
        object_id=str(subject.pk),
        object_repr=name,
        action_flag=CHANGE,
        change_message=told,
    )


class VerbPage(ABC, Generic[Subject]):
    """The page on which a person uses one verb on one thing."""

    verb: ClassVar[Verb]
    slug: ClassVar[str]
    title: ClassVar[StrOrPromise]
    intro: ClassVar[StrOrPromise] = ""
    button: ClassVar[StrOrPromise]
    done: ClassVar[StrOrPromise]
    route: ClassVar[str] = "<int:pk>/"
    template: ClassVar[str] = "admin/claims/act.html"
    form_class: ClassVar[type[forms.Form]] = forms.Form
    parties: ClassVar[tuple[Party, ...]] = ()
    guarded: ClassVar[bool] = True
    shared: ClassVar[bool] = (
        False  # whether the form starts from what somebody else may have written
    )

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self, prefix: str) -> URLPattern:
        """Return where the page lives."""
        view = self.site.admin_view(self.answer)
        answer = keeping_what_was_typed(self.site, view, self.labels)
        guarded: Any = require_http_methods(["GET", "HEAD", "POST"])(answer)
        guarded.verb = self.verb  # so that whoever walks the addresses can tell who may use them
        pattern: URLPattern = path(
            f"{self.route}{self.slug}/", guarded, name=f"{prefix}_{self.slug}"
        )
        return pattern

    def labels(self) -> dict[str, StrOrPromise]:
        """Return what the fields of the form are called."""
        fields = self.form_class.base_fields
        labels = {name: field.label or name for name, field in fields.items()}
        for party in self.parties:
            labels |= party.labels()
        return labels

    # --- What each page says for itself ------------------------------------------------------

    @abstractmethod
    def subject(self, **ids: Any) -> Subject:
        """Return what the page is about, by the keys in its address; raises Http404."""

    @abstractmethod
    def claim_of(self, subject: Subject) -> Claim | None:
        """Return the claim whose lock the act is done under."""

    @abstractmethod
    def perform(self, subject: Subject, data: dict[str, Any], by: User) -> Any:
        """Call the verb."""

    @abstractmethod
    def back(self, subject: Subject) -> str:
        """Return where the page was opened from."""

    def after(self, subject: Subject, result: Any) -> str:
        """Return where to go when it is done."""
        return self.back(subject)

    def logged(self, subject: Subject, result: Any) -> Model:
        """Return whose admin log notes the act."""
        return self.claim_of(subject) or subject

    def said(self, result: Any) -> StrOrPromise:
        """Return what to tell the person when it is done."""
        return str(self.done)

    def closed_because(self, subject: Subject, by: User) -> StrOrPromise:
        """Return why there is nothing to do here now, or nothing."""
        return ""

    def version(self, subject: Subject) -> str:
        """Return what changes whenever a person should look again before acting."""
        claim = self.claim_of(subject)
        return str(claim.head_number) if claim else ""

    def form(self, subject: Subject, request: HttpRequest, **data: Any) -> forms.Form:
        """Return the form, filled in from `data` when something was sent."""
        return self.form_class(**data)

    def context(self, subject: Subject, form: forms.Form) -> dict[str, Any]:
        """Return what the template shows beside the form."""
        return {}

    # --- The same for all --------------------------------------------------------------------

    def answer(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        """Show the form, or do what it says."""
        by = person_of(request)
        require(by, self.verb)
        if any(isinstance(key, int) and key > BIGGEST_KEY for key in ids.values()):
            raise Http404
        subject = self.subject(**ids)
        if request.method == "POST":
            return self._act(request, subject, ids)
        if reason := self.closed_because(subject, by):
            messages.error(request, reason)
            return redirect(self.back(subject))
        return self._page(request, subject, self.form(subject, request))

    def _act(self, request: HttpRequest, subject: Subject, ids: dict[str, Any]) -> HttpResponse:
        form, status = self._sent(request, subject), 200
        shown: dict[str, Any] = {}
        if not form.is_valid():
            return self._page(request, subject, form)
        try:
            with transaction.atomic():
                subject = self._unchanged(request, subject, ids)
                result = self.perform(subject, form.cleaned_data, person_of(request))
                log_act(request, self.logged(subject, result), self.done)
        except PermissionDenied as refusal:
            form.add_error(None, str(refusal))
            status = 403
        except ValidationError as refusal:
            show_refusal(form, refusal)
            if isinstance(refusal, Changed):
                shown = self._what_changed(request, form, ids)
        except IntegrityError:
            form.add_error(None, COLLISION)
        else:
            workflow.discard_draft(request.get_full_path(), by=person_of(request))
            return self.completed(request, subject, result)
        # The verb may have touched the instance before it refused: show what is really there.
        return self._page(request, self.subject(**ids), form, status=status, **shown)

    def _what_changed(
        self, request: HttpRequest, form: forms.Form, ids: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what is new, and where two people wrote the same fields, both versions."""
        fresh = self.subject(**ids)
        shown = news_since(self.claim_of(fresh), request.POST.get("seen", ""))
        if self.shared:
            shown["versions"] = list(both_versions(self.form(fresh, request), form))
        return shown

    def _sent(self, request: HttpRequest, subject: Subject) -> forms.Form:
        files: MultiValueDict[str, Any] = request.FILES
        return self.form(subject, request, data=request.POST, files=files)

    def _unchanged(self, request: HttpRequest, subject: Subject, ids: dict[str, Any]) -> Subject:
        """Return the subject fresh under its claim's lock, if it is still what the person looked at."""
        claim = self.claim_of(subject)
        if not self.guarded or claim is None:
            return subject
        locked(claim)
        fresh = self.subject(**ids)
        if self.version(fresh) != request.POST.get("seen"):
            raise Changed
        return fresh

    def _page(
        self,
        request: HttpRequest,
        subject: Subject,
        form: forms.Form,
        *,
        status: int = 200,
        **shown: Any,
    ) -> HttpResponse:
        context = {
            **self.site.each_context(request),
            "title": self.title,
            "page": self,
            "subject": subject,
            "claim": self.claim_of(subject),
            "form": form,
            "seen": self.version(subject),
            "back": self.back(subject),
            **self.context(subject, form),
            **shown,
        }
        return self.shown(request, context, status)

    def shown(self, request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
        """Answer with the page."""
        return TemplateResponse(request, self.template, context, status=status)

    def completed(self, request: HttpRequest, subject: Subject, result: Any) -> HttpResponse:
        """Say that it is done, and go on."""
        messages.success(request, self.said(result))
        return redirect(self.after(subject, result))
