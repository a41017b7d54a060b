"""Whether the evidence of a claim would carry a verdict, said before anybody proposes one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_stubs_ext import StrOrPromise

from claims.models import Evidence
from claims.vocabulary import VerificationStatus
from claims.workflow import VerdictDraft
from claims.workflow.rules import missing_for

NUMBER = re.compile(r"#([0-9]+)")


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the evidence would carry a status: what it lacks, and what the verdict itself has to say."""

    status: VerificationStatus
    missing: list[StrOrPromise]
    to_say: list[StrOrPromise]
    in_force: bool = False

    @property
    def linked(self) -> SafeString:
        """What is missing, with each piece it names as a link to where the claim's page shows it."""
        return format_html_join(" ", "{}", ((_linked(str(told)),) for told in self.missing))


def readiness(pieces: list[Evidence], in_force: str | None = None) -> list[Readiness]:
    """Return what each status still needs if it rests on `pieces`; `in_force` is the one of the last verdict."""
    return [_ready(status, pieces, in_force=status == in_force) for status in VerificationStatus]


def _ready(status: VerificationStatus, pieces: list[Evidence], *, in_force: bool) -> Readiness:
    broken = missing_for(VerdictDraft(status=status, rationale=""), pieces)
    lacks = [rule.missing(pieces) for rule in broken if rule.field == "evidence"]
    to_say = [rule.missing(pieces) for rule in broken if rule.field != "evidence"]
    return Readiness(status, lacks, to_say, in_force)


def _linked(told: str) -> SafeString:
    link = '<a href="#evidence-{0}">#{0}</a>'
    parts = enumerate(NUMBER.split(told))
    return format_html_join("", "{}", ((format_html(link, p) if n % 2 else p,) for n, p in parts))
