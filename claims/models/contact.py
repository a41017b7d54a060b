"""The right of reply: what the claimant was asked, and answered, append-only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.entry import LedgerRow
from claims.models.fields import ErasableTextField, SaltField, known_value, paired_with_salt
from claims.vocabulary import ContactOutcome


class Contact(LedgerRow):
    """What is known of one attempt to hear the claimant; a later row about the same attempt takes its place."""

    KEY = "contact"
    ERASABLE = ("channel", "answer")
    FACTS = ("asked_on", "outcome", "answered_on")

    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("claim")
    )
    asked_on = models.DateField(_("asked on"))
    channel = ErasableTextField(_("through"), help_text="Such as: e-mail to the press office")
    channel_salt = SaltField()
    outcome = models.CharField(_("outcome"), max_length=12, choices=ContactOutcome.choices)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = ErasableTextField(_("answer"), help_text="In the claimant's own words")
    answer_salt = SaltField()

    class Meta:
        default_permissions = ("view",)
        verbose_name = _("contact with the claimant")
        verbose_name_plural = _("contacts with claimants")
        ordering = ["claim_id", "entry_id"]
        constraints = [
            known_value("contact_outcome_known", "outcome", ContactOutcome),
            models.CheckConstraint(
                name="contact_answered_after_asking",
                condition=models.Q(answered_on__isnull=True)
                | models.Q(answered_on__gte=models.F("asked_on")),
            ),
            *paired_with_salt("contact", "channel", "answer"),
        ]

    def __str__(self) -> str:
        return self.channel or "[redacted]"
