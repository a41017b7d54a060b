"""Verbs on conflicts of interest, and what they forbid: declare_conflict, record_conflict, end_conflict."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Claimant, ConflictOfInterest, User
from claims.models.compiled import Compiled
from claims.vocabulary import Verb
from claims.workflow.inputs import clean_text
from claims.workflow.refusals import RuleBroken, require

DECLARED = Compiled[tuple[int | None, int | None]](
    ConflictOfInterest,
    lambda person: (
        ConflictOfInterest.objects.filter(person=person)
        .in_force()
        .order_by()
        .values_list("claim", "claimant")
    ),
    kinds=(int,),
)


def declare_conflict(
    *, reason: str, by: User, claim: Claim | None = None, claimant: Claimant | None = None
) -> ConflictOfInterest:
    """Say that one keeps out of the verdicts on a claim, or on all claims of a claimant; give exactly one of them.

    Raises RuleBroken when the reason is missing or this was declared already.
    """
    require(by, Verb.DECLARE_CONFLICT)
    return _put(by, reason, by, claim, claimant)


def record_conflict(
    person: User,
    *,
    reason: str,
    by: User,
    claim: Claim | None = None,
    claimant: Claimant | None = None,
) -> ConflictOfInterest:
    """Put down the conflict of interest of somebody else, who told of it or of whom it is known.

    Raises RuleBroken as `declare_conflict` does.
    """
    require(by, Verb.RECORD_CONFLICT)
    return _put(person, reason, by, claim, claimant)


def end_conflict(conflict: ConflictOfInterest, *, by: User) -> ConflictOfInterest:
    """End a conflict of interest from now on: one's own, or anybody's for whoever may record them.

    Raises PermissionDenied for somebody else's, RuleBroken when it was ended already.
    """
    require(by, Verb.END_CONFLICT)
    if conflict.person_id != by.pk:
        require(by, Verb.RECORD_CONFLICT)
    with transaction.atomic():
        held = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
        if held.ended_at is not None:
            raise RuleBroken(_("This conflict of interest was ended already."))
        conflict.ended_at, conflict.ended_by = timezone.now(), by
        conflict.save(update_fields=["ended_at", "ended_by"])
    return conflict


def _put(
    person: User, reason: str, by: User, claim: Claim | None, claimant: Claimant | None
) -> ConflictOfInterest:
    if (claim is None) == (claimant is None):
        raise RuleBroken(_("Say which claim, or which claimant."), field="about")
    said = clean_text("reason", reason, required=True)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        mine = ConflictOfInterest.objects.of(person).in_force()
        if mine.filter(claim=claim, claimant=claimant).exists():
            raise RuleBroken(_("This conflict of interest is known already."), field="about")
        return ConflictOfInterest.objects.create(
            person=person, claim=claim, claimant=claimant, reason=said, declared_by=by
        )


def conflict_with(person: User, claim: Claim) -> str:
    """Return what `person` declared a conflict of interest on, in words, where it binds `claim`; or nothing.

    A conflict on a claimant binds all claims of theirs, and those of everybody who was found to be the same.
    """
    reach = ConflictOfInterest.objects.reach_of(DECLARED.rows(person.pk))
    if claim.pk in reach.claims:
        return _("this claim")
    return _("this claimant") if claim.claimant_id in reach.claimants else ""


def free_of_conflict(by: User, claim: Claim) -> None:
    """Raise PermissionDenied when `by` declared a conflict of interest that binds `claim`."""
    if about := conflict_with(by, claim):
        said = _("You declared a conflict of interest on %(about)s.") % {"about": about}
        raise PermissionDenied(said)
