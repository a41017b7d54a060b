"""Whether the evidence of a claim would carry a verdict, said before anybody proposes one."""

from __future__ import annotations

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from claims.models import Evidence
from claims.vocabulary import VerificationStatus
from claims.workflow import VerdictDraft
from claims.workflow.rules import missing_for


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the evidence would carry a status, and what is missing if not."""

    status: VerificationStatus
    missing: list[StrOrPromise]


def readiness(pieces: list[Evidence]) -> list[Readiness]:
    """Return what each status still needs if it rests on `pieces`."""
    return [
        Readiness(status, [rule.missing for rule in missing_for(_bare(status), pieces)])
        for status in VerificationStatus
    ]


def _bare(status: VerificationStatus) -> VerdictDraft:
    return VerdictDraft(status=status, rationale="")
