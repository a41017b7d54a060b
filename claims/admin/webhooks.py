"""Webhooks on the desk: their list, the page of each, and every message that was sent to them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.cells import moment, when
from claims.admin.filtering import FormFilteredAdmin
from claims.admin.ledger import ReadingAdmin, link_to_claim
from claims.admin.site import person_of
from claims.admin.steps import may
from claims.admin.webhook_acts import WEBHOOK_PAGES, ReplayDelivery, SetUpWebhook, named
from claims.admin.work_cells import named as cell
from claims.desk_vocabulary import DeliveryState
from claims.models import Delivery, Webhook
from claims.vocabulary import Verb

SHOWN = 20


def state_of(webhook: Webhook) -> SafeString:
    """Return whether a webhook is on, and if it fails, since when."""
    if not webhook.is_enabled:
        why = webhook.get_disabled_because_display()
        told = format_html('<span class="chip">{}</span>', _("Off"))
        return format_html('{}<span class="under">{}</span>', told, why)
    if webhook.failing_since is not None:
        told = format_html('<span class="chip chip-failed">{}</span>', _("Failing"))
        since = moment(_("since"), webhook.failing_since)
        return format_html('{}<span class="under">{}</span>', told, since)
    return format_html('<span class="chip">{}</span>', _("On"))


def state_of_delivery(delivery: Delivery) -> SafeString:
    """Return where a delivery stands, and when it is tried next."""
    mark = "chip chip-failed" if delivery.state == DeliveryState.FAILED else "chip"
    told = format_html('<span class="{}">{}</span>', mark, delivery.get_state_display())
    if delivery.next_attempt_at is None or not delivery.tries:
        return told
    again = moment(_("next attempt"), delivery.next_attempt_at)
    return format_html('{}<span class="under">{}</span>', told, again)


class WebhookAdmin(FormFilteredAdmin[Webhook]):
    """Who is told of public acts."""

    list_display = ("webhook", "stands", "waiting_and_failed", "whose", "since")
    list_display_links = None
    list_title = gettext_lazy("Webhooks")
    sortable_by = ()
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook, Webhook]:
        return Webhook.objects.listed()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        hint = _("Programs of others that are told of public acts as they happen.")
        shown: dict[str, Any] = {"list_title": self.list_title, "list_hint": hint}
        if may(person_of(request), Verb.SET_UP_WEBHOOK):
            new = reverse("admin:claims_webhook_new")
            shown |= {"new_url": new, "new_label": SetUpWebhook.title}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("Webhook"))
    def webhook(self, webhook: Webhook) -> SafeString:
        """Lead to its page."""
        url = reverse("admin:claims_webhook_change", args=[webhook.pk])
        link = format_html('<a href="{}">{}</a>', url, webhook)
        under = webhook.url if webhook.description else ""
        return format_html('{}<span class="under">{}</span>', link, under)

    @admin.display(description=gettext_lazy("State"))
    def stands(self, webhook: Webhook) -> SafeString:
        """Say whether it is on."""
        return cell(_("State"), state_of(webhook))

    @admin.display(description=gettext_lazy("Waiting, failed"))
    def waiting_and_failed(self, webhook: Any) -> SafeString:
        """Say how many messages wait and failed."""
        numbers = _("%(waiting)d waiting, %(failed)d failed") % {
            "waiting": webhook.waiting or 0,
            "failed": webhook.failed or 0,
        }
        return cell(_("Messages"), numbers)

    @admin.display(description=gettext_lazy("Owner"))
    def whose(self, webhook: Webhook) -> SafeString:
        """Name whoever is told when it is switched off."""
        return cell(_("Owner"), webhook.owner.public_name)

    @admin.display(description=gettext_lazy("Set up"))
    def since(self, webhook: Webhook) -> SafeString:
        """When it was set up."""
        return cell(_("Set up"), when(webhook.created_at))

    def get_urls(self) -> list[URLPattern]:
        pages: list[Any] = [page(self.admin_site) for page in WEBHOOK_PAGES]  # type: ignore[arg-type]
        return [*(page.urls("claims_webhook") for page in pages), *super().get_urls()]

    def show(self, request: HttpRequest, webhook: Webhook) -> HttpResponse:
        """Show all that is known of a webhook, and its latest messages."""
        deliveries = Delivery.objects.newest_first().filter(webhook=webhook)
        context = {
            **self.admin_site.each_context(request),
            "title": str(webhook),
            "opts": self.opts,
            "webhook": webhook,
            "state": state_of(webhook),
            "events": [named(event) for event in webhook.events],
            "deliveries": [(one, state_of_delivery(one)) for one in deliveries[:SHOWN]],
            "may_set_up": may(person_of(request), Verb.SET_UP_WEBHOOK),
        }
        return TemplateResponse(request, "admin/claims/webhook.html", context)


class DeliveryAdmin(ReadingAdmin[Delivery]):
    """Every message to every webhook, the latest first."""

    list_display = ("message", "about", "state_shown", "to", "asked")
    list_display_links = None
    list_filter = ("state",)
    open_lookups = frozenset({"state__exact", "webhook"})
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery, Delivery]:
        return Delivery.objects.newest_first()

    @admin.display(description=gettext_lazy("Message"))
    def message(self, delivery: Delivery) -> SafeString:
        """Lead to its attempts."""
        url = reverse("admin:claims_delivery_send-again", args=[delivery.pk])
        return format_html(
            '<a href="{}">{}</a><span class="under">{}</span>', url, delivery.event, delivery
        )

    @admin.display(description=gettext_lazy("About"))
    def about(self, delivery: Delivery) -> SafeString | str:
        """Lead to the entry that it tells of."""
        if delivery.entry is None:
            return "—"
        return link_to_claim(delivery.entry.claim, f"entry-{delivery.entry.number}")

    @admin.display(description=gettext_lazy("State"))
    def state_shown(self, delivery: Delivery) -> SafeString:
        """Say where it stands."""
        return state_of_delivery(delivery)

    @admin.display(description=gettext_lazy("To"))
    def to(self, delivery: Delivery) -> SafeString:
        """Lead to the webhook."""
        url = reverse("admin:claims_webhook_change", args=[delivery.webhook_id])
        return format_html('<a href="{}">{}</a>', url, delivery.webhook)

    @admin.display(description=gettext_lazy("Asked for"))
    def asked(self, delivery: Delivery) -> SafeString:
        """When it was asked for."""
        return when(delivery.created_at)

    def get_urls(self) -> list[URLPattern]:
        page = ReplayDelivery(self.admin_site)  # type: ignore[arg-type]
        return [page.urls("claims_delivery"), *super().get_urls()]

    def show(self, request: HttpRequest, delivery: Delivery) -> HttpResponse:
        """Lead to its attempts."""
        return redirect("admin:claims_delivery_send-again", delivery.pk)
