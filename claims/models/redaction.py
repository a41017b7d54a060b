"""Tombstones: what was erased of the history, by which act, and the digest that still proves it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.article import Article
from claims.models.entry import HistoryEntry

QUOTE, QUOTED_TEXT_DIGEST = "appearance.exact", "appearance.article_sha256"
# The values by which claims show who somebody is.
NAMING = ("wording.claimant_name", "wording.claimant_role", "appearance.speaker_name")


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Reads of tombstones."""

    def of_entries(self, entries: Iterable[HistoryEntry]) -> Self:
        """What was erased of these entries, and by which act."""
        return self.filter(target__in=entries).select_related("entry", "target")

    def told(self, first: int, last: int) -> models.QuerySet[Redaction, tuple[Any, ...]]:
        """What was erased of the acts with these places in the log: entry, name of the value, reason, moment."""
        erased = self.filter(target__log_leaf__index__range=(first, last))
        return erased.values_list("target", "field", "entry__reason_code", "entry__recorded_at")

    def naming(self, claimants: Iterable[int]) -> Self:
        """What was erased of the names and roles under which claims showed any of these claimants."""
        keys = list(claimants)
        *held_as, spoke_as = NAMING
        held = models.Q(field__in=held_as, target__wording__claimant__in=keys)
        spoke = models.Q(field=spoke_as, target__appearance__speaker__in=keys)
        return self.filter(held | spoke)

    def unseen_in(self, article: Article) -> models.QuerySet[Redaction, tuple[str, int, int, str]]:
        """What was erased of quotes from an article in claims that readers cannot see: which value, from where to
        where in the text the quote stands, and the ground. The words are gone for readers of the article, too.
        """
        quotes = self.filter(target__appearance__article=article)
        unseen = quotes.filter(target__claim__published_at=None).order_by("pk")
        places = ("target__appearance__start", "target__appearance__end")
        return unseen.values_list("field", *places, "entry__reason_code")

    def of_public_names(self, public_id: str) -> Self:
        """What was erased, once readers could see it, of the names under which published claims showed a claimant.

        A name that was erased before its claim was published is not among them: it never was public.
        """
        held = models.Q(
            field="wording.claimant_name", target__wording__claimant__public_id=public_id
        )
        spoke = models.Q(
            field="appearance.speaker_name", target__appearance__speaker__public_id=public_id
        )
        seen = models.Q(entry__claim__published_at__lte=models.F("entry__recorded_at"))
        return self.filter(held | spoke, seen).select_related("entry")


class Redaction(models.Model):
    """The public tombstone of one erased value: the database erases nothing without it."""

    entry = models.ForeignKey(HistoryEntry, on_delete=models.PROTECT, related_name="redactions")
    target = models.ForeignKey(
        HistoryEntry, on_delete=models.PROTECT, related_name="tombstones", db_index=False
    )
    field = models.CharField(max_length=60, help_text=_("Such as evidence.excerpt"))
    digest = models.BinaryField(max_length=32)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["entry_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["target", "field"], name="redacted_once")]

    def __str__(self) -> str:
        return f"{self.field} of entry {self.target_id}"
