"""What is done to webhooks on the desk: a page for each verb. A secret is shown once, where it was made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.admin.forms import PersonField, line
from claims.admin.pages import Subject, VerbPage
from claims.desk_vocabulary import TOLD_EVENTS, DeliveryState
from claims.models import Delivery, User, Webhook
from claims.tasks import enqueue
from claims.tasks.webhooks import send_webhooks
from claims.vocabulary import Verb
from claims.workflow.webhooks import LONGEST_OVERLAP, OVERLAP, SetUp

LIST = "admin:claims_webhook_changelist"
ON_ITS_WAY = gettext_lazy("It is on its way.")


def named(event: Any) -> str:
    """Return an event's words and its name."""
    return _("%(event)s (%(name)s)") % {"event": event.label, "name": event.value}


class WebhookForm(forms.Form):
    """Whereto, and of what."""

    url = line(
        gettext_lazy("Address"),
        gettext_lazy("Where the receiver waits: https://, and reachable from the Internet."),
        required=True,
    )
    description = line(gettext_lazy("Description"), gettext_lazy("Whose it is, or what it is for."))
    events = forms.MultipleChoiceField(
        label=gettext_lazy("It is told of"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        choices = [(event.value, named(event)) for event in TOLD_EVENTS]
        self.fields["events"].choices = choices  # type: ignore[attr-defined]


class ChangeForm(WebhookForm):
    """The same, and whose it is."""

    owner = PersonField(
        label=gettext_lazy("Owner"),
        help_text=gettext_lazy("Who is told when it is switched off."),
        queryset=User.objects.none(),
        empty_label=None,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        able = User.objects.with_perm(f"claims.{Verb.SET_UP_WEBHOOK}")
        self.fields["owner"].queryset = able.order_by("username")  # type: ignore[attr-defined]


class RotateForm(forms.Form):
    """How long the earlier secret goes on."""

    overlap_hours = forms.IntegerField(
        label=gettext_lazy("Hours for which the earlier secret goes on"),
        help_text=gettext_lazy("Messages are signed with both. 0, where others know it."),
        min_value=0,
        max_value=LONGEST_OVERLAP,
        initial=OVERLAP,
    )


class AboutWebhook(VerbPage[Subject]):
    """A page about a webhook or what was sent to it. One permission opens them all."""

    verb = Verb.SET_UP_WEBHOOK
    guarded = False

    def claim_of(self, subject: Subject) -> None:
        return None


class WebhookPage(AboutWebhook[Webhook]):
    """A page about one webhook."""

    def subject(self, **ids: int) -> Webhook:
        webhooks = Webhook.objects.select_related("owner").prefetch_related("interests")
        return get_object_or_404(webhooks, **ids)

    def back(self, subject: Webhook) -> str:
        return reverse("admin:claims_webhook_change", args=[subject.pk])


class OnWebhook(WebhookPage):
    """A page for what is done to a webhook that is switched on."""

    def closed_because(self, subject: Webhook, by: User) -> StrOrPromise:
        return "" if subject.is_enabled else _("This webhook is switched off: switch it on first.")


class ShowsSecret(WebhookPage):
    """A page that ends with a secret nobody is told again."""

    def logged(self, subject: Webhook, result: SetUp) -> Webhook:
        return result.webhook

    def completed(self, request: HttpRequest, subject: Webhook, result: SetUp) -> HttpResponse:
        """Show the secret, this once."""
        context = {
            **self.site.each_context(request),
            "title": _("The secret of this webhook"),
            "webhook": result.webhook,
            "secret": result.secret,
            "back": super().back(result.webhook),
        }
        response = TemplateResponse(request, "admin/claims/webhook_secret.html", context)
        response.headers["Cache-Control"] = "private, no-store"
        return response


class SetUpWebhook(ShowsSecret):
    slug, title = "new", gettext_lazy("New webhook")
    button, done = gettext_lazy("Set it up"), gettext_lazy("Webhook set up.")
    intro = gettext_lazy(
        "The address is told of each public act you tick, within seconds. Its secret is shown once, on the next page."
    )
    route = ""
    form_class = WebhookForm

    def subject(self, **ids: int) -> Webhook:
        return Webhook()

    def back(self, subject: Webhook) -> str:
        return reverse(LIST)

    def form(self, subject: Webhook, request: HttpRequest, **data: Any) -> forms.Form:
        return WebhookForm(initial={"events": [event.value for event in TOLD_EVENTS]}, **data)

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> SetUp:
        return workflow.set_up_webhook(by=by, **data)


class ChangeWebhook(WebhookPage):
    slug, title = "change-it", gettext_lazy("Change a webhook")
    button, done = gettext_lazy("Change it"), gettext_lazy("Webhook changed.")
    intro = gettext_lazy("What waits to be sent goes to the new address. The secret stays.")
    form_class = ChangeForm

    def form(self, subject: Webhook, request: HttpRequest, **data: Any) -> forms.Form:
        initial = {
            "url": subject.url,
            "description": subject.description,
            "events": [event.value for event in subject.events],
            "owner": subject.owner_id,
        }
        return ChangeForm(initial=initial, **data)

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> Webhook:
        return workflow.change_webhook(subject, by=by, **data)


class RotateSecret(ShowsSecret):
    slug, title = "rotate", gettext_lazy("Make a new secret")
    button, done = gettext_lazy("Make it"), gettext_lazy("A new secret was made.")
    intro = gettext_lazy(
        "The new secret is shown once. Give it to the receiver while messages are signed with both."
    )
    form_class = RotateForm

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> SetUp:
        return workflow.rotate_webhook_secret(subject, overlap_hours=data["overlap_hours"], by=by)


class DisableWebhook(OnWebhook):
    slug, title = "switch-off", gettext_lazy("Switch a webhook off")
    button, done = gettext_lazy("Switch it off"), gettext_lazy("Webhook switched off.")
    intro = gettext_lazy("Nothing is sent to it from now on, and what waits is given up.")

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> Webhook:
        return workflow.disable_webhook(subject, by=by)


class EnableWebhook(WebhookPage):
    slug, title = "switch-on", gettext_lazy("Switch a webhook on")
    button, done = gettext_lazy("Switch it on"), gettext_lazy("Webhook switched on.")
    intro = gettext_lazy(
        "It is told of public acts from now on. What happened meanwhile it finds among the changes in the API; "
        "messages that failed can be sent again from its page."
    )

    def closed_because(self, subject: Webhook, by: User) -> StrOrPromise:
        return _("This webhook is switched on.") if subject.is_enabled else ""

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> Webhook:
        return workflow.enable_webhook(subject, by=by)


class PingWebhook(OnWebhook):
    slug, title = "ping", gettext_lazy("Send a test")
    button, done = gettext_lazy("Send it"), ON_ITS_WAY
    intro = gettext_lazy(
        "One message, webhook.ping, is sent as any other is: signed, and again if it fails."
    )

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> Delivery:
        delivery = workflow.ping_webhook(subject, by=by)
        enqueue(send_webhooks)
        return delivery


class ReplayFailed(OnWebhook):
    slug, title = "send-failed", gettext_lazy("Send again what failed")
    button, done = gettext_lazy("Send all of them again"), ON_ITS_WAY
    intro = gettext_lazy(
        "Every message to this webhook that was given up is sent again, in its order and under its id: a receiver that "
        "keeps ids knows which it had."
    )

    def perform(self, subject: Webhook, data: dict[str, Any], by: User) -> int:
        number = workflow.replay_failed(subject, by=by)
        enqueue(send_webhooks)
        return number

    def said(self, result: int) -> str:
        told = ngettext(
            "%(number)d message is on its way.", "%(number)d messages are on their way.", result
        )
        return told % {"number": result}


class ReplayDelivery(AboutWebhook[Delivery]):
    slug, title = "send-again", gettext_lazy("Message")
    button, done = gettext_lazy("Send it again"), ON_ITS_WAY
    template = "admin/claims/delivery.html"

    def subject(self, **ids: int) -> Delivery:
        deliveries = Delivery.objects.with_message().prefetch_related("attempts")
        return get_object_or_404(deliveries, **ids)

    def back(self, subject: Delivery) -> str:
        return reverse("admin:claims_webhook_change", args=[subject.webhook_id])

    def context(self, subject: Delivery, form: forms.Form) -> dict[str, Any]:
        ended = subject.state != DeliveryState.WAITING
        return {"can_be_sent": ended and subject.webhook.is_enabled}

    def perform(self, subject: Delivery, data: dict[str, Any], by: User) -> Delivery:
        delivery = workflow.replay_delivery(subject, by=by)
        enqueue(send_webhooks)
        return delivery


WEBHOOK_PAGES: tuple[type[VerbPage[Any]], ...] = (
    SetUpWebhook,
    ChangeWebhook,
    RotateSecret,
    DisableWebhook,
    EnableWebhook,
    PingWebhook,
    ReplayFailed,
)
