"""How forms of readers are shown and taken.

Readers have no cookies, so there is no session to forge a request in, and nothing a forged one could do that its author
could not do alone: Django's CSRF check, which rests on a cookie, is left out for these pages and for no others. In its
place stands what robots and mistakes are kept out by: a signed key that each form has of its own, a moment to type, a
field nobody sees, a count for each address, and a refusal of what another site sends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from claims import languages
from claims.models.private_links import new_seed
from claims.public.answers import in_confidence, not_to_be_kept, with_care

LEAST_SECONDS = 3
MOST_SECONDS = 24 * 60 * 60
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_signer = signing.TimestampSigner(salt="claims.public.posting")


class SeeOther(HttpResponseRedirect):
    """After something was taken: where to look at it, with a GET."""

    status_code = HTTPStatus.SEE_OTHER


def form_page(view: View[P]) -> View[P]:
    """Make a view one that shows a form and takes it. No cache keeps it: what is typed and its key are one person's."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method == "POST":
            raise PermissionDenied
        response = taken(view, request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return not_to_be_kept(response)

    return page


def secret_page(view: View[P]) -> View[P]:
    """Make a view one that answers whoever knows its secret address, and takes what they decide there.

    The address is the key: who has it needs no form of ours, and a mail program that ends a subscription (RFC 8058)
    has seen none. So nothing is asked of where a request comes from.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return in_confidence(taken(view, request, *args, **kwargs))

    return page


def taken(
    view: View[P], request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    """Return what a view answers to what was typed, with care; where that is more than any form takes, say so."""
    try:
        return with_care(view)(request, *args, **kwargs)
    except RequestDataTooBig:
        return render(request, "public/too_large.html", status=413)


def seen(request: HttpRequest, path: str) -> SeeOther:
    """Lead to a page in the language of the one that was posted to."""
    return SeeOther(languages.local(path))


class ReadersForm(forms.Form):
    """A form that anybody may send: with a key of its own and a field that only robots fill in.

    Its fields only hold what was typed; what is wrong with it, the verb says, and `refuse` puts it where it belongs.
    """

    trap = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Refuse what a person who sees the form would not send."""
        if self.cleaned_data.get("trap"):
            self._start_afresh(
                _("A field that has to stay empty was filled in. Please send it again.")
            )
        return self.cleaned_data

    def refuse(self, refusal: ValidationError) -> None:
        """Show what a verb said at the fields at fault; above the form where there is none."""
        by_field = (
            refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        )
        for name, told in by_field.items():
            self.add_error(name if name in self.fields else None, told)

    def _start_afresh(self, told: StrOrPromise) -> None:
        self.add_error(None, told)
        self.data = {**dict(self.data.items()), "trap": "", "key": new_key()}


class KeyedForm(ReadersForm):
    """A form whose key is looked at: made for this form here, not just now, and not long ago."""

    def clean(self) -> dict[str, object]:
        """Refuse a key that is not ours or too old, with a new one, and what nobody can have typed in the time."""
        cleaned = super().clean()
        key = self.cleaned_data.get("key") or ""
        try:
            self.seed = _signer.unsign(key, max_age=MOST_SECONDS)
        except signing.BadSignature:
            self._start_afresh(
                _("The form was open too long. Please look it over and send it again.")
            )
            return cleaned
        if not _is_older_than(key, LEAST_SECONDS):
            told = _(
                "That was sent faster than anybody types. Please wait a moment and send it again."
            )
            self.add_error(None, told)
        return cleaned

    def renew(self, told: StrOrPromise) -> None:
        """Say why the form has to be sent again, as a form of its own."""
        self._start_afresh(told)


def new_key() -> str:
    """Return the key of a new form: a seed of its own, signed, with the moment."""
    return _signer.sign(new_seed())


def _is_older_than(key: str, seconds: int) -> bool:
    try:
        _signer.unsign(key, max_age=seconds)
    except signing.SignatureExpired:
        return True
    return False
