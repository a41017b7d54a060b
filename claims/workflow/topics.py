"""Verbs on topics: record_topic, change_topic, file_claim.

Readers see the name of a topic once a published claim is filed there. The rest is internal.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims import documents
from claims.history.recorder import locked
from claims.models import Claim, ClaimTopic, Topic, User
from claims.models.fields import new_public_id
from claims.vocabulary import Verb
from claims.workflow.inputs import clean_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.telling import changed

LONGEST_NAME, LONGEST_INTERVAL = 100, 3660


def record_topic(*, name: str, by: User, recheck_days: int | None = None) -> Topic:
    """Record a subject that claims are filed under; `recheck_days`: after how many days they are looked at again.

    Raises RuleBroken for a name that is known, and for an interval under a day or over ten years.
    """
    require(by, Verb.RECORD_TOPIC)
    with transaction.atomic():
        clean = _clean_name(name)
        return Topic.objects.create(
            name=clean, slug=_free_slug(clean), recheck_days=_clean_days(recheck_days)
        )


def change_topic(topic: Topic, *, name: str, recheck_days: int | None, by: User) -> Topic:
    """Rename a topic and set its interval; its address stays. Raises RuleBroken as `record_topic` does."""
    require(by, Verb.CHANGE_TOPIC)
    with transaction.atomic():
        before = Topic.objects.select_for_update().get(pk=topic.pk)
        clean, days = _clean_name(name, of=topic), _clean_days(recheck_days)
        topic.name, topic.recheck_days = clean, days
        topic.save(update_fields=["name", "recheck_days"])
        filed = Claim.objects.under_topic(topic.slug).order_by("pk")
        documents.keep_around(*[claim.pk for claim in filed.select_for_update(of=("self",))])
        if clean != before.name:
            changed(topic)
    return topic


def file_claim(claim: Claim, *, topics: Iterable[Topic], by: User) -> Claim:
    """File `claim` under exactly these topics.

    Raises RuleBroken when it is filed so already, and for a claim that was merged away or discarded.
    """
    require(by, Verb.FILE_CLAIM)
    with transaction.atomic():
        wanted = {topic.pk for topic in topics}
        # Topics are locked before claims, as whoever renames a topic locks the claims filed there.
        list(Topic.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
        held = locked(claim)
        if held.merged_into_id or held.discarded_at:
            raise RuleBroken(_("Nothing more happens to this claim."))
        filed = set(held.filings.values_list("topic", flat=True))
        if wanted == filed:
            raise RuleBroken(_("It is filed so already."), field="topics")
        held.filings.exclude(topic__in=wanted).delete()
        ClaimTopic.objects.bulk_create(
            ClaimTopic(claim=held, topic_id=key, filed_by=by) for key in sorted(wanted - filed)
        )
        documents.keep_around(held.pk)
    return claim


def _clean_name(name: str, *, of: Topic | None = None) -> str:
    text = clean_text("name", " ".join(name.split()), limit=LONGEST_NAME, required=True)
    same = Topic.objects.named(text)
    if (same.exclude(pk=of.pk) if of else same).exists():
        raise RuleBroken(_("There is a topic of this name."), field="name")
    return text


def _clean_days(days: int | None) -> int | None:
    if days is not None and not 1 <= days <= LONGEST_INTERVAL:
        said = _("Between 1 day and %(most)d days.") % {"most": LONGEST_INTERVAL}
        raise RuleBroken(said, field="recheck_days")
    return days


def _free_slug(name: str) -> str:
    """Return an address for a topic that no other has; a name without Latin letters is given one by chance."""
    slug = slugify(name)[: LONGEST_NAME - 11]
    if slug and not Topic.objects.filter(slug=slug).exists():
        return slug
    return f"{slug}-{new_public_id()}".lstrip("-")
