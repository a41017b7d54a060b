"""What the register's terms mean, in words for readers."""

from __future__ import annotations

from django_stubs_ext import StrOrPromise

from claims.vocabulary import DEFINITIONS, Act, ClaimKind, CueClass, Position, Stance

WITHDRAWN = "withdrawn"

MEANINGS: dict[str, StrOrPromise] = {
    **{status.value: meaning for status, meaning in DEFINITIONS.items()},
    WITHDRAWN: (
        "The register took its verdict back and says why. No status is in force until a new verdict is given."
    ),
}

# "Fact" alone, above a claim that is disputed, would read as a verdict.
KINDS: dict[str, str] = {
    ClaimKind.FACT: "Claim of fact",
    ClaimKind.FIGURE: "Claim about a figure",
    ClaimKind.QUOTATION: "Claim about what was said",
    ClaimKind.FORECAST: "Forecast",
    ClaimKind.OPINION: "Opinion",
}

CLOCKS: dict[str, str] = {
    "as_of": "What the register said on",
    "effective_as_of": "How things stood, as known today, on",
}

GROUPS: dict[str, str] = {
    Stance.SUPPORTS: "Evidence for the claim",
    Stance.REFUTES: "Evidence against the claim",
    Stance.CONTEXT: "Context",
}

POSITIONS: dict[str, str] = {
    Position.ASSERTS: "asserted",
    Position.DENIES: "denied",
    Position.QUESTIONS: "questioned",
    Position.CANNOT_CONFIRM: "not confirmed",
    Position.REPEATS: "repeated",
}

CUES: dict[str, str] = {
    CueClass.NEUTRAL: "a neutral expression",
    CueClass.DISTANCING: "an expression with which the article keeps its distance",
    CueClass.HEDGE: "a hedge",
    CueClass.CONFIRMATION: "a confirmation",
    CueClass.NON_CONFIRMATION: "neither a confirmation nor a denial",
    CueClass.DENIAL: "a denial",
    CueClass.REFUSAL: "a refusal to comment",
}

# Acts whose own label says too little once they stand in a list that readers follow.
STORIES: dict[str, str] = {
    Act.CLAIM_RECORDED: "The claim was recorded",
    Act.APPEARANCE_ADDED: "Another place where it was said was added",
    Act.APPEARANCE_WITHDRAWN: "A place where it was said was withdrawn",
    Act.CLAIM_REWORDED: "The claim was reworded",
    Act.EVIDENCE_ADDED: "Evidence was added",
    Act.EVIDENCE_WITHDRAWN: "Evidence was withdrawn",
    Act.VERDICT_GIVEN: "A verdict was given",
    Act.VERDICT_OVERRIDE: "A verdict was published by one person",
    Act.VERDICT_IMPORTED: "A verdict given elsewhere was imported",
    Act.VERDICT_VOIDED: "The verdict was withdrawn",
    Act.CLAIMANT_CONTACTED: "The claimant was contacted",
    Act.CLAIM_MERGED: "The claim was merged into another",
    Act.CLAIM_ABSORBED: "A duplicate was merged into this claim",
    Act.CLAIM_DISCARDED: "The claim was discarded",
    Act.TEXT_REDACTED: "Text was removed",
}
