"""Nobody loses what they typed because they were signed out, or because their form was too old.

Such a form is not acted upon. Its words are shown once more, to be copied, on a page without a button.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
NOT_TYPED = ("csrfmiddlewaretoken", "seen", "place", "shown")


def typed(request: HttpRequest) -> dict[str, str]:
    """Return what a person typed or chose, by the name of the field in words."""
    return {
        name.replace("_", " ").capitalize(): "\n".join(values)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and any(value.strip() for value in values)
    }


def keeping_what_was_typed(site: AdminSite, view: View) -> View:
    """Return `view`, a view of the admin's, so that a form it turns away comes back with its words.

    The check for forged forms is `admin_view`'s own; it is taken from the middleware because that would answer
    before anything here is asked.
    """

    @csrf_exempt
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        signed_out = not site.has_permission(request)
        turned_away = signed_out or isinstance(response, HttpResponseForbidden)
        if request.method != "POST" or not turned_away or not (words := typed(request)):
            return response
        context = {
            **site.each_context(request),
            "title": "Not sent",
            "signed_out": signed_out,
            "typed": words,
            "next": urlencode({"next": request.path}),
            "here": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/claims/kept.html", context, status=403)

    return answer
