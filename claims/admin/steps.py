"""The next steps: the verbs that lead somewhere from where a claim or a review stands, for one person."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.models import Review, User
from claims.vocabulary import Verb
from claims.workflow import RuleBroken
from claims.workflow.machine import possible


@dataclass(frozen=True, slots=True)
class Step:
    """A verb that is possible here and permitted to this person."""

    label: StrOrPromise
    url_name: str
    pk: int
    chief: bool = False


REVIEW_STEPS = (
    (Verb.APPROVE_VERDICT, _("Look at it and approve"), "approve"),
    (Verb.PROPOSE_VERDICT, _("Propose a verdict"), "propose"),
    (Verb.RETURN_REVIEW, _("Return"), "return"),
    (Verb.ASSIGN_REVIEW, _("Assign"), "assign"),
    (Verb.CLOSE_REVIEW, _("Close"), "close"),
)


def may(person: User, verb: Verb) -> bool:
    """Whether this person's role has the verb."""
    return person.has_perm(f"claims.{verb}")


def refusal_of(rule: Callable[..., object], *about: Any) -> str:
    """Return why a rule of the workflow refuses what it is asked about, or nothing."""
    try:
        rule(*about)
    except PermissionDenied as refusal:
        return str(refusal)
    except RuleBroken as refusal:
        return " ".join(refusal.messages)
    return ""


def review_steps(
    review: Review, person: User, *, is_mine: bool, barred: Container[Verb] = ()
) -> Iterator[Step]:
    """Yield the verbs that lead somewhere from where `review` stands, for this person."""
    able = possible(review)
    for verb, label, slug in REVIEW_STEPS:
        if verb in barred or (verb == Verb.APPROVE_VERDICT and is_mine):
            continue
        if verb in able and may(person, verb):
            chief = verb in (Verb.APPROVE_VERDICT, Verb.PROPOSE_VERDICT)
            yield Step(label, f"admin:claims_review_{slug}", review.pk, chief=chief)
