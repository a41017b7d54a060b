"""What the register's terms mean, in words for readers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.vocabulary import (
    DEFINITIONS,
    WITHDRAWN_LABEL,
    Act,
    ClaimKind,
    CueClass,
    Position,
    RedactionReason,
    Stance,
    VerificationStatus,
)

WITHDRAWN = "withdrawn"

MEANINGS: dict[str, StrOrPromise] = {
    **{status.value: meaning for status, meaning in DEFINITIONS.items()},
    WITHDRAWN: _(
        "The register took its verdict back and says why. No status is in force until a new verdict is given."
    ),
}

STATUSES: dict[str, StrOrPromise] = {
    **{status.value: status.label for status in VerificationStatus},
    WITHDRAWN: WITHDRAWN_LABEL,
}

# "Fact" alone, above a claim that is disputed, would read as a verdict.
KINDS: dict[str, StrOrPromise] = {
    ClaimKind.FACT: _("Claim of fact"),
    ClaimKind.FIGURE: _("Claim about a figure"),
    ClaimKind.QUOTATION: _("Claim about what was said"),
    ClaimKind.FORECAST: _("Forecast"),
    ClaimKind.OPINION: _("Opinion"),
}

CLOCKS: dict[str, StrOrPromise] = {
    "as_of": _("What the register said on"),
    "effective_as_of": _("How things stood, as known today, on"),
}

GROUPS: dict[str, StrOrPromise] = {
    Stance.SUPPORTS: _("Evidence for the claim"),
    Stance.REFUTES: _("Evidence against the claim"),
    Stance.CONTEXT: _("Context"),
}

# Where nothing was found, that is worth saying: a reader looks for both sides.
NO_EVIDENCE: dict[str, StrOrPromise] = {
    Stance.SUPPORTS: _("No evidence for the claim has been recorded."),
    Stance.REFUTES: _("No evidence against the claim has been recorded."),
}

POSITIONS: dict[str, StrOrPromise] = {
    Position.ASSERTS: _("asserted"),
    Position.DENIES: _("denied"),
    Position.QUESTIONS: _("questioned"),
    Position.CANNOT_CONFIRM: _("not confirmed"),
    Position.REPEATS: _("repeated"),
}

# What each speaker does with the claim, after their name; and over all who do the same.
VOICES: dict[str, StrOrPromise] = {
    Position.ASSERTS: _("asserts it"),
    Position.DENIES: _("denies it"),
    Position.QUESTIONS: _("questions it"),
    Position.CANNOT_CONFIRM: _("cannot confirm it"),
    Position.REPEATS: _("repeats it"),
}
CHORUS: dict[str, StrOrPromise] = {
    Position.ASSERTS: _("Who asserts it"),
    Position.REPEATS: _("Who repeats it"),
    Position.QUESTIONS: _("Who questions it"),
    Position.CANNOT_CONFIRM: _("Who cannot confirm it"),
    Position.DENIES: _("Who denies it"),
}

CUES: dict[str, StrOrPromise] = {
    CueClass.NEUTRAL: _("a neutral expression"),
    CueClass.DISTANCING: _("an expression with which the article keeps its distance"),
    CueClass.HEDGE: _("a hedge"),
    CueClass.CONFIRMATION: _("a confirmation"),
    CueClass.NON_CONFIRMATION: _("neither a confirmation nor a denial"),
    CueClass.DENIAL: _("a denial"),
    CueClass.REFUSAL: _("a refusal to comment"),
}

# Acts whose own label says too little once they stand in a list that readers follow.
STORIES: dict[str, StrOrPromise] = {
    Act.CLAIM_RECORDED: _("The claim was recorded"),
    Act.APPEARANCE_ADDED: _("Another place where it was said was added"),
    Act.APPEARANCE_WITHDRAWN: _("A place where it was said was withdrawn"),
    Act.CLAIM_REWORDED: _("The claim was reworded"),
    Act.EVIDENCE_ADDED: _("Evidence was added"),
    Act.EVIDENCE_WITHDRAWN: _("Evidence was withdrawn"),
    Act.VERDICT_GIVEN: _("A verdict was given"),
    Act.VERDICT_OVERRIDE: _("A verdict was published by one person"),
    Act.VERDICT_IMPORTED: _("A verdict given elsewhere was imported"),
    Act.VERDICT_VOIDED: _("The verdict was withdrawn"),
    Act.CLAIMANT_CONTACTED: _("The claimant was contacted"),
    Act.CLAIM_MERGED: _("The claim was merged into another"),
    Act.CLAIM_ABSORBED: _("A duplicate was merged into this claim"),
    Act.CLAIM_DISCARDED: _("The claim was discarded"),
    Act.TEXT_REDACTED: _("Text was removed"),
}

# What stands in an article where words were taken out: whole, for some languages write nouns with a capital.
REMOVED: dict[str, StrOrPromise] = {
    RedactionReason.COURT_ORDER: _("removed: court order"),
    RedactionReason.DATA_PROTECTION: _("removed: data protection"),
    RedactionReason.COPYRIGHT: _("removed: copyright"),
    RedactionReason.SAFETY: _("removed: safety of a person"),
    RedactionReason.OTHER_LEGAL: _("removed: other legal duty"),
}

# The marks of the timeline, as its legend says them.
MARKS: dict[str, StrOrPromise] = {
    "said": _("Claim made"),
    "recorded": _("Claim recorded"),
    Stance.SUPPORTS: _("Evidence for"),
    Stance.REFUTES: _("Evidence against"),
    Stance.CONTEXT: _("Context"),
    "out": _("Withdrawn"),
    "wording": _("Reworded"),
    "correction": _("Correction"),
    "place": _("Found in an article"),
    "other": _("Another act"),
}
