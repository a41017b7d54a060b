"""Nobody loses what they typed because they were signed out, or because their form was too old.

Such a form is not acted upon. Its words are shown once more, to be copied, on a page without a button.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django_stubs_ext import StrOrPromise

View = Callable[..., HttpResponse]
NOT_TYPED = ("csrfmiddlewaretoken", "seen", "place", "shown")


def typed(request: HttpRequest, labels: Mapping[str, StrOrPromise]) -> list[tuple[str, str]]:
    """Return what a person typed or chose, each behind the label of its field."""
    return [
        (str(labels.get(name, name)), "\n".join(values))
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and any(value.strip() for value in values)
    ]


def keeping_what_was_typed(
    site: AdminSite, view: View, labels: Callable[[], Mapping[str, StrOrPromise]]
) -> View:
    """Return `view`, a view of the admin's, so that a form it turns away comes back with its words.

    `labels` gives those of the form's fields, in the language of the request.

    The check for forged forms is `admin_view`'s own; it is taken from the middleware because that would answer
    before anything here is asked.
    """

    @csrf_exempt
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        signed_out = not site.has_permission(request)
        turned_away = signed_out or isinstance(response, HttpResponseForbidden)
        if request.method != "POST" or not turned_away or not (words := typed(request, labels())):
            return response
        context = {
            **site.each_context(request),
            "title": gettext("Not sent"),
            "signed_out": signed_out,
            "typed": words,
            "next": urlencode({"next": request.path}),
            "here": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/claims/kept.html", context, status=403)

    return answer
