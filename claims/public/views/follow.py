"""Following a claim by e-mail: the form that asks for it, and the private page that confirms and ends it."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from claims import addresses, languages
from claims.models import Claim, Follower
from claims.public.answers import moved
from claims.public.arguments import BadArgument
from claims.public.limits import seconds_to_wait
from claims.public.posting import KeyedForm, form_page, new_key, secret_page, seen
from claims.tasks import enqueue
from claims.tasks.following import mail_confirmation
from claims.workflow.following import ask_to_follow, confirm_following, stop_following

CONFIRM, STOP = "confirm", "stop"
ONE_CLICK = ("List-Unsubscribe", "One-Click")


class FollowForm(KeyedForm):
    """The address that changes shall be mailed to."""

    email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Used for this claim alone, shown to nobody, and deleted when you stop."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        required=False,
    )


@form_page
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form by which a published claim is followed, or take it; any other claim is not found."""
    claim = _published(public_id)
    if request.method == "POST":
        return _take(request, claim)
    if claim.merged_into is not None:
        return moved(request, addresses.follow_form(claim.merged_into.public_id))
    return _show_form(request, claim, _form())


@form_page
def show_sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that a mail is on its way: the same to whoever follows already, to the newcomer, and to who guesses."""
    claim = _published(public_id)
    context = {"claim": claim, "path": addresses.follow_sent(public_id), "noindex": True}
    return render(request, "public/follow_sent.html", context)


@secret_page
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show whether a claim is followed; take what whoever was mailed the address decides.

    A mail program that ends it says so in words of its own (RFC 8058), and must be answered without a redirect. What
    was ended is not found any more, like what never was.
    """
    follower = Follower.objects.opened_with(token).first()
    if follower is None:
        raise Http404
    if request.method != "POST":
        return _show_private(request, follower)
    act = _decision(request)
    if act == CONFIRM:
        confirm_following(follower)
        return seen(request, addresses.following(token))
    stop_following(follower)
    return _show_private(request, follower, ended=True)


def _decision(request: HttpRequest) -> str:
    name, value = ONE_CLICK
    if request.POST.get(name) == value:
        return STOP
    act = request.POST.get("act", "")
    if act not in {CONFIRM, STOP}:
        known = f"{CONFIRM}, {STOP}"
        raise BadArgument("act", act, _("it is none of: %(known)s.") % {"known": known})
    return act


def _published(public_id: str) -> Claim:
    claim = Claim.objects.published().known_as(public_id).with_survivor().first()
    if claim is None:
        raise Http404
    return claim


def _form(data: object = None) -> FollowForm:
    return FollowForm(data, initial={"key": new_key()}, use_required_attribute=False)  # type: ignore[arg-type]


def _take(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Have the mail sent that asks for a confirmation; or show again what was typed, and why it was not taken."""
    form = _form(request.POST)
    if not form.is_valid():
        return _show_form(request, claim, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if wait := seconds_to_wait(request, "follow"):
        response = _show_form(request, claim, form, status=HTTPStatus.TOO_MANY_REQUESTS, wait=wait)
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        with transaction.atomic():
            address = form.cleaned_data["email"]
            follower = ask_to_follow(claim, email=address, language=languages.spoken())
            enqueue(mail_confirmation, follower.pk)
    except ValidationError as refusal:
        form.refuse(refusal)
        return _show_form(request, claim, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return seen(request, addresses.follow_sent(claim.public_id))


def _show_form(
    request: HttpRequest,
    claim: Claim,
    form: FollowForm,
    *,
    status: int = HTTPStatus.OK,
    wait: int = 0,
) -> HttpResponse:
    path = addresses.follow_form(claim.public_id)
    context = {"form": form, "claim": claim, "path": path, "wait": wait, "noindex": True}
    return render(request, "public/follow.html", context, status=status)


def _show_private(request: HttpRequest, follower: Follower, *, ended: bool = False) -> HttpResponse:
    context = {"follower": follower, "claim": follower.claim, "ended": ended}
    return render(request, "public/following.html", {**context, "private": True, "noindex": True})
