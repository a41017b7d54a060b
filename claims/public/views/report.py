"""What readers tell the register: an error in a claim, evidence, a claimant's reply, or a claim to check."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from claims import addresses, languages, workflow
from claims.desk_vocabulary import ReportChannel, ReportKind
from claims.models import Claim, ReaderReport
from claims.public.answers import moved
from claims.public.arguments import BadArgument
from claims.public.limits import after, seconds_to_wait
from claims.public.posting import KeyedForm, form_page, new_key, seen
from claims.tasks import enqueue
from claims.tasks.readers import mail_receipt
from claims.workflow import ReportDraft
from claims.workflow.reports import SentAlready

ABOUT_A_CLAIM = [
    (ReportKind.ERROR, _("Something on the page is wrong")),
    (ReportKind.EVIDENCE, _("There is evidence the register should know")),
    (ReportKind.REPLY, _("I am the claimant, or speak for them")),
]


class ReportForm(KeyedForm):
    """What somebody has to say, and how they can be answered."""

    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=ABOUT_A_CLAIM,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is about.")},
    )
    text = forms.CharField(
        label=_("What you want to say"),
        help_text=_("Up to 20,000 characters. Only the desk reads it: it is not published."),
        widget=forms.Textarea({"rows": 8}),
        required=False,
    )
    url = forms.CharField(
        label=_("Web address of a source (optional)"),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        required=False,
    )
    sender_name = forms.CharField(
        label=_("Your name (optional)"),
        widget=forms.TextInput({"autocomplete": "name"}),
        required=False,
    )
    sender_email = forms.CharField(
        label=_("Your e-mail address (optional)"),
        help_text=_(
            "We write to you twice: now with a private link, and once the desk has decided."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
        required=False,
    )


class SuggestionForm(ReportForm):
    """A claim somebody would like to see checked."""

    field_order = ("text", "url")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        del self.fields["kind"]
        self.fields["text"].label = _("The claim, as it was said, and by whom")
        self.fields["url"].label = _("Web address where it was said (optional)")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one form is shown: its address, and the claim it is about, if it is about one."""

    path: str
    claim: Claim | None = None

    def form(self, data: object = None, *, kind: str = "") -> ReportForm:
        """Return the form, empty with a key of its own or with what was typed."""
        made = SuggestionForm if self.claim is None else ReportForm
        return made(data, initial={"key": new_key(), "kind": kind}, use_required_attribute=False)  # type: ignore[arg-type]


@form_page
def about_claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form about a published claim, or take it; any other claim is not found."""
    claim = Claim.objects.published().known_as(public_id).with_survivor().first()
    if claim is None:
        raise Http404
    if claim.merged_into is not None:
        claim = claim.survivor
        if request.method != "POST":
            return moved(request, addresses.report_form(claim.public_id))
    desk = Desk(addresses.report_form(claim.public_id), claim)
    if request.method == "POST":
        return _take(request, desk)
    return _show(request, desk, desk.form(kind=_kind(request)))


@form_page
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the form for a claim that the register might check, or take it."""
    desk = Desk(languages.plain(request.path))
    return _take(request, desk) if request.method == "POST" else _show(request, desk, desk.form())


def _kind(request: HttpRequest) -> str:
    """Return which kind of report a link asked for."""
    given = request.GET.get("kind", "")
    known = [kind.value for kind, _label in ABOUT_A_CLAIM]
    if given and given not in known:
        raise BadArgument(
            "kind", given, _("it is none of: %(known)s.") % {"known": ", ".join(known)}
        )
    return given


def _take(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Hand a report to the desk and lead to its receipt; or show again what was typed, and why it was not taken."""
    form = desk.form(request.POST)
    if not form.is_valid():
        return _show(request, desk, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if wait := seconds_to_wait(request, "report"):
        response = _show(request, desk, form, status=HTTPStatus.TOO_MANY_REQUESTS, wait=wait)
        return after(response, wait)
    try:
        report = _filed(form, desk.claim)
    except SentAlready as refusal:
        form.renew(" ".join(refusal.messages))
    except ValidationError as refusal:
        form.refuse(refusal)
    else:
        return seen(request, addresses.report_receipt(report.token))
    return _show(request, desk, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _filed(form: ReportForm, claim: Claim | None) -> ReaderReport:
    said = {
        name: form.cleaned_data[name] for name in ("text", "url", "sender_name", "sender_email")
    }
    kind = form.cleaned_data["kind"] if claim else ReportKind.CLAIM
    draft = ReportDraft(
        kind=kind,
        channel=ReportChannel.PAGE,
        claim=claim,
        seed=form.seed,
        language=languages.spoken(),
        **said,
    )
    with transaction.atomic():
        report = workflow.file_report(draft, by=None)
        if report.sender_email and not report.receipt_at:
            enqueue(mail_receipt, report.pk)
    return report


def _show(
    request: HttpRequest,
    desk: Desk,
    form: ReportForm,
    *,
    status: int = HTTPStatus.OK,
    wait: int = 0,
) -> HttpResponse:
    context = {"form": form, "claim": desk.claim, "path": desk.path, "wait": wait, "noindex": True}
    return render(request, "public/report.html", context, status=status)
