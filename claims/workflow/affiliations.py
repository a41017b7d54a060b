"""Verbs on what claimants were and for whom: add_affiliation, end_affiliation, withdraw_affiliation.

Readers see what stands on the page of a claimant they know; who stated it, and what was withdrawn, is internal.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Affiliation, Claimant, User
from claims.vocabulary import Verb
from claims.workflow.aliases import held_claimant
from claims.workflow.inputs import SHORT, clean_text
from claims.workflow.refusals import RuleBroken, require


def add_affiliation(
    claimant: Claimant,
    *,
    role: str,
    by: User,
    body: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Affiliation:
    """Record what `claimant` was, and for whom, from one day to another, both included; an open end is not known.

    Several may hold at once. Raises RuleBroken when it ends before it begins, is recorded already, or is of a claimant
    who was merged into another.
    """
    require(by, Verb.ADD_AFFILIATION)
    said = {
        "role": clean_text("role", " ".join(role.split()), limit=SHORT, required=True),
        "body": clean_text("body", " ".join(body.split()), limit=SHORT),
        "since": since,
        "until": until,
    }
    _in_order(since, until)
    with transaction.atomic():
        held = held_claimant(claimant)
        if held.affiliations.standing().filter(**said).exists():
            raise RuleBroken(_("This affiliation is recorded already."), field="role")
        return Affiliation.objects.create(claimant=held, added_by=by, **said)


def end_affiliation(affiliation: Affiliation, *, until: date, by: User) -> Affiliation:
    """Say on which day an affiliation ended whose end was not known.

    Raises RuleBroken when that is before it began, when its end is known, and when it was withdrawn.
    """
    require(by, Verb.END_AFFILIATION)
    with transaction.atomic():
        held = _held(affiliation)
        if held.until is not None:
            told = _("Its end is known already. Where that is wrong, withdraw it and add it anew.")
            raise RuleBroken(told, field="until")
        _in_order(held.since, until)
        affiliation.until, affiliation.ended_by = until, by
        affiliation.ended_at = timezone.now()
        affiliation.save(update_fields=["until", "ended_by", "ended_at"])
    return affiliation


def withdraw_affiliation(affiliation: Affiliation, *, reason: str, by: User) -> Affiliation:
    """Take an affiliation back; the desk sees that it was there, and why not any more.

    Raises RuleBroken when the reason is missing or it was withdrawn already.
    """
    require(by, Verb.WITHDRAW_AFFILIATION)
    said = clean_text("reason", reason, required=True)
    with transaction.atomic():
        _held(affiliation)
        affiliation.withdrawn_at, affiliation.withdrawn_by = timezone.now(), by
        affiliation.withdrawal_reason = said
        affiliation.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    return affiliation


def _held(affiliation: Affiliation) -> Affiliation:
    held = Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation.pk)
    if held.withdrawn_at is not None:
        raise RuleBroken(_("This affiliation was withdrawn already."))
    return held


def _in_order(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until < since:
        raise RuleBroken(_("It would end before it began."), field="until")
