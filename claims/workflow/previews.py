"""Verbs on preview links: create_preview, revoke_preview. An expert outside reads one proposed verdict, for a while."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.history.recorder import locked
from claims.models import PreviewLink, Review, User
from claims.models.private_links import token_digest
from claims.vocabulary import ReviewState, Verb
from claims.workflow.inputs import clean_text
from claims.workflow.opinions import knows_what_was_proposed
from claims.workflow.refusals import RuleBroken, require

LONGEST_LABEL, LONGEST_DAYS, TOKEN_BYTES = 120, 30, 32


class Preview(NamedTuple):
    """A link that was just made, and its secret, which nobody can tell from then on."""

    link: PreviewLink
    token: str


def create_preview(review: Review, *, label: str, days: int, by: User) -> Preview:
    """Make an address at which whoever knows it reads what is proposed in `review`, as a page of the register.

    `label` says for whom it is, and stands across the page; it works for `days` days (1 to 30), until the proposal is
    decided on, or until somebody revokes it. Only a digest of its secret (256 random bits) is kept.

    Raises RuleBroken when nothing is proposed, when `by` has yet to rate the claim without knowing what is, or when
    somebody of that label has an address that works.
    """
    require(by, Verb.CREATE_PREVIEW)
    with transaction.atomic():
        locked(review.claim)
        review.refresh_from_db(fields=["state", "rating_state"])
        knows_what_was_proposed(review, by)
        proposal = review.latest_proposal()
        if review.state != ReviewState.PROPOSED or proposal is None:
            raise RuleBroken(_("Nothing is proposed that could be shown."))
        name = clean_text("label", label, limit=LONGEST_LABEL, required=True)
        now = timezone.now()
        if proposal.previews.open_at(now).filter(label__iexact=name).exists():
            said = _("%(label)s has an address that works. Revoke that one first.")
            raise RuleBroken(said % {"label": name}, field="label")
        token = secrets.token_urlsafe(TOKEN_BYTES)
        link = PreviewLink.objects.create(
            proposal=proposal,
            label=name,
            token_digest=token_digest(token),
            by=by,
            at=now,
            expires_at=now + timedelta(days=_clean_days(days)),
        )
    return Preview(link, token)


def revoke_preview(link: PreviewLink, *, by: User) -> PreviewLink:
    """End a link: its address leads nowhere from now on. Raises RuleBroken when that was done already."""
    require(by, Verb.REVOKE_PREVIEW)
    with transaction.atomic():
        link = PreviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if link.revoked_at is not None:
            raise RuleBroken(_("This address was revoked already."))
        link.revoked_at, link.revoked_by = timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
    return link


def _clean_days(days: int) -> int:
    if not 1 <= days <= LONGEST_DAYS:
        said = _("An address works for 1 to %(most)d days.")
        raise RuleBroken(said % {"most": LONGEST_DAYS}, field="days")
    return days
