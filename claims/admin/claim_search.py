"""The search of lists that are about claims: by the register's own index, or by the id of one claim."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.base import LETTERS, WORDS, DeskAdmin, Row
from claims.models import Claim
from claims.search.desk import find_claims


class ClaimSearch(DeskAdmin[Row]):
    """Finds rows by the words of a claim. Claims that were merged or discarded are found by their id alone.

    `claim_path` leads from a row to its claim; "pk" where the row is the claim.
    """

    claim_path: ClassVar[str] = "pk"
    search_fields = ("public_id",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        words = search_term.replace("\0", " ")[:LETTERS].split()[:WORDS]
        if not words:
            return queryset, False
        named = Claim.objects.known_as(words[0]) if len(words) == 1 else Claim.objects.none()
        keys = list(named.values_list("pk", flat=True))
        found = find_claims(" ".join(words), unfinished=True).values("pk")
        return queryset.filter(**{f"{self.claim_path}__in": keys or found}), False
