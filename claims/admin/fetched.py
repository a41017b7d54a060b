"""What the desk's scripts ask for: a page's form as a fragment, and an act's outcome as JSON.

The page, its form and its verb are the same as without a script; only the answer has another shape.
A refusal says the reasons by field, so that a script can put them there and touch nothing that was typed; as with the
pages, it is an answer like any other (200), and 403 only where the role is at fault.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from claims.admin.pages import Subject, VerbPage


def is_fetched(request: HttpRequest) -> bool:
    """Whether a script of the desk asks, and not somebody who follows a link or sends a form."""
    return request.headers.get("X-Requested-With") == "fetch"


def refusal_of(form: forms.Form, status: int) -> JsonResponse:
    """Return why a form was refused: `general` reasons, and `fields` with theirs."""
    reasons = {name: list(told) for name, told in form.errors.items()}
    general = reasons.pop("__all__", [])
    hidden = [name for name in reasons if form[name].is_hidden]
    general += [reason for name in hidden for reason in reasons.pop(name)]
    return JsonResponse({"refused": {"general": general, "fields": reasons}}, status=status)


class FetchedPage(VerbPage[Subject]):
    """The page of a verb that a script may use as well."""

    fragment: ClassVar[str]

    def shown(self, request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
        """Answer a script with the form alone, or with the reasons why it was refused."""
        if not is_fetched(request):
            return super().shown(request, context, status)
        if request.method == "POST":
            return refusal_of(context["form"], status)
        return TemplateResponse(request, self.fragment, context)

    def completed(self, request: HttpRequest, subject: Subject, result: Any) -> HttpResponse:
        """Tell a script what was done."""
        if not is_fetched(request):
            return super().completed(request, subject, result)
        return JsonResponse({"said": self.said(result), **self.outcome(request, subject, result)})

    def outcome(self, request: HttpRequest, subject: Subject, result: Any) -> dict[str, Any]:
        """Return what a script needs to know of the result."""
        return {}
