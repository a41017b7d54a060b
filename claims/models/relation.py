"""How claims stand to one another: one repeats, contradicts or is narrower than another, as the desk states it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from claims.desk_vocabulary import RelationKind
from claims.models.claim import Claim
from claims.models.fields import known_value
from claims.models.stated import Stated, StatedQuerySet, withdrawn_by_somebody

# Whoever says the same as another does not say the opposite of it.
EXCLUSIVE = (RelationKind.REPEATS, RelationKind.CONTRADICTS)


class RelationQuerySet(StatedQuerySet["ClaimRelation"]):
    """Reads of relations. A relation is of both of its claims, whichever it was stated of."""

    def of(self, claim: Claim) -> Self:
        """Those of `claim`, with the claims at both ends, in the order in which they were stated."""
        ends = self.filter(models.Q(claim=claim) | models.Q(other=claim))
        return ends.select_related("claim", "other").order_by("pk")

    def between(self, one: Claim, another: Claim) -> Self:
        """Those of these two claims, whichever way round."""
        return self.filter(claim__in=(one, another), other__in=(one, another))

    def with_people(self) -> Self:
        """Fetch along who stated and who withdrew them."""
        return self.select_related("added_by", "withdrawn_by")

    def readable_with(self, claim: Claim | int) -> Self:
        """Those of `claim` (or of the one with that key) that stand and whose other end public lists show, with
        what lists show of it.
        """
        ends = (
            self._readable(claim)
            .select_related("claim__document", "other__document")
            .order_by("pk")
        )
        return ends.defer("claim__document__body", "other__document__body")

    def page_marks(
        self, public_id: str
    ) -> models.QuerySet[ClaimRelation, tuple[str, str, str, str]]:
        """Of those that `readable_with` the claim of that id what changes with them on its page: the kind, the id of
        the claim it was stated of, and the SHA-256 of the documents of that claim and of the other.
        """
        own = Claim.objects.known_as(public_id).order_by().values("pk")
        found = self._readable(models.Subquery(own)).order_by("pk")
        ends = ("claim__public_id", "claim__document__sha256", "other__document__sha256")
        return found.values_list("kind", *ends)

    def _readable(self, claim: Claim | int | models.Subquery) -> Self:
        return self.standing().filter(
            models.Q(claim=claim) & _listed("other") | models.Q(other=claim) & _listed("claim")
        )


def _listed(end: str) -> models.Q:
    """Return that the claim at one end is listed, as `Claim.objects.listed` has it, of columns fetched anyway."""
    ended = {f"{end}__merged_into__isnull": True, f"{end}__discarded_at__isnull": True}
    return models.Q(**{f"{end}__published_at__isnull": False}, **ended)


class ClaimRelation(Stated):
    """One claim stands so to another. Stated from the side of `claim`; withdrawn where it was wrong, never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="related_from")
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind.choices)
    reason = models.TextField()
    looked_at_from: Claim  # set by whoever looks at it from one of its ends

    objects = RelationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("relation of claims")
        verbose_name_plural = _("relations of claims")
        ordering = ["pk"]
        constraints = [
            known_value("claim_relation_kind_known", "kind", RelationKind),
            models.CheckConstraint(
                name="claim_relation_of_two", condition=~models.Q(claim=models.F("other"))
            ),
            models.CheckConstraint(
                name="claim_relation_has_reason", condition=~models.Q(reason="")
            ),
            models.UniqueConstraint(
                Least("claim", "other"),
                Greatest("claim", "other"),
                "kind",
                condition=models.Q(withdrawn_at=None),
                name="claim_relation_once",
            ),
            models.UniqueConstraint(
                Least("claim", "other"),
                Greatest("claim", "other"),
                condition=models.Q(withdrawn_at=None, kind__in=EXCLUSIVE),
                name="claim_relation_not_both",
            ),
            withdrawn_by_somebody("claim_relation_withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.kind} {self.other_id}"

    def beyond(self, claim: Claim) -> Claim:
        """Return the claim at the other end, seen from `claim`."""
        return self.other if self.claim_id == claim.pk else self.claim

    def is_stated_of(self, claim: Claim) -> bool:
        """Whether it reads from `claim` to the other: otherwise its words are to be turned round."""
        return self.claim_id == claim.pk
