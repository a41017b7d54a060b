"""Claims as the Fact Check Tools API finds them: by words, by language, by age and by who checked them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from claims.api.google.answering import Item, LongView, listed
from claims.api.google.errors import NotOffered
from claims.api.google.parameters import INT32, Asked
from claims.api.google.places import Place, best, newest, read_place
from claims.hosts import host_of
from claims.interop.google import claim_of
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.search.public import BEST, best_published, repeated_in

ENDLESS = 100_000  # days: longer than anything was recorded
is_web_address = URLValidator(schemes=["http", "https"])


class ClaimSearch(LongView):
    """`claims.search`."""

    method = "claims.search"

    def read(self, asked: Asked, **named: str) -> Item:
        """Return one page of the claims that hold all words of the query, the best first; where none does, of those
        that a sentence repeats. Without a query, of all claims, those judged last first.
        """
        asked.required("query", "reviewPublisherSiteFilter")
        place, chosen = read_place(asked), _chosen(asked)
        asked.check()
        site = asked.given.get("reviewPublisherSiteFilter")
        if site and site_of(site) != self.checker.site:
            return {}
        # 1 to 3: the keys; 4: the documents; without words, the documents alone
        found, token = _found(asked.given.get("query"), chosen, place, asked)
        return listed("claims", (claim_of(one, self.checker) for one in found), token)


class ImageSearch(LongView):
    """`claims.imageSearch`: the register looks at no images, and does not say that it found nothing in one."""

    method = "claims.imageSearch"

    def read(self, asked: Asked, **named: str) -> Item:
        """Refuse a call: one that is wrong for what is wrong with it, every other as not offered."""
        asked.required("imageUri")
        try:
            is_web_address(asked.given.get("imageUri", "https://none.example/"))
        except ValidationError:
            asked.refuse("imageUri", "must be the http or https address of an image")
        read_place(asked)
        asked.primary_language()
        asked.check()
        raise NotOffered("This register looks at no images; search for the words of a claim.")


def site_of(text: str) -> str:
    """Return a site as hosts are written here, whether it was given as a name or as an address."""
    return host_of(text if "://" in text else f"//{text}")


def _chosen(asked: Asked) -> ClaimQuerySet:
    claims = Claim.objects.listed().with_verdict_in_force()
    language = asked.primary_language()
    if language:
        claims = claims.in_language(language)
    days = asked.number("maxAgeDays", most=INT32)
    if 0 < days < ENDLESS:
        claims = claims.made_or_judged_since(timezone.now().date() - timedelta(days=days))
    return claims


def _found(
    typed: str | None, chosen: ClaimQuerySet, place: Place, asked: Asked
) -> tuple[list[Item], str | None]:
    if typed is None:
        return newest(chosen, place, asked)
    return best(best_published(typed, chosen) or _repeated(typed, chosen), place, asked)


def _repeated(typed: str, chosen: ClaimQuerySet) -> Sequence[int]:
    """Return the keys of those claims chosen that a sentence may repeat: hardly any holds each of its words."""
    near = [one.pk for one in repeated_in([typed], most=BEST)[0]]
    seen = set(chosen.order_by().among(near).values_list("pk", flat=True)) if near else set()
    return [key for key in near if key in seen]
