"""AVeriTeC (Schlichtkrull et al. 2023): its claims in, as far as its words allow.

Pure functions. What the dataset says badly is repaired in plain sight: every repair is a sentence that names the
row. It gives no stance, so one is derived only where label and answer leave no doubt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from claims.interop.statements import (
    CONTROLS,
    LONGEST_PASSAGE,
    LONGEST_SOURCE,
    Judgement,
    Piece,
    domain_of,
    is_web_address,
    one_line,
    without_controls,
)
from claims.vocabulary import EvidenceKind, RatedAs, Stance, VerificationStatus

SOURCE, OUTLET = "averitec", "AVeriTeC"
STATUS_OF_LABEL = {
    "Supported": VerificationStatus.CONFIRMED,
    "Refuted": VerificationStatus.DISPUTED,
    "Not Enough Evidence": VerificationStatus.UNCONFIRMED,
    "Conflicting Evidence/Cherrypicking": VerificationStatus.DISPUTED,
}
MEANING_OF_LABEL = {
    "Supported": RatedAs.TRUE,
    "Refuted": RatedAs.FALSE,
    "Not Enough Evidence": RatedAs.UNPROVEN,
    "Conflicting Evidence/Cherrypicking": RatedAs.MIXED,
}
STANCE_OF_LABEL = {"Supported": Stance.SUPPORTS, "Refuted": Stance.REFUTES}
ANSWER_OF_LABEL = {"Supported": "yes", "Refuted": "no"}
KIND_OF_MEDIUM = {
    "Web table": EvidenceKind.DATA,
    "Image/graphic": EvidenceKind.IMAGE_VIDEO,
    "Video": EvidenceKind.IMAGE_VIDEO,
    "PDF": EvidenceKind.DOCUMENT,
}
TEXTS = ("claim", "speaker", "justification")
METADATA = "Metadata"  # the annotators' word for what the claim itself says of its origin
# The web pages the dataset quotes did not exist before; an earlier claim date is a slip of the keyboard.
EARLIEST = date(1990, 1, 1)


@dataclass(slots=True)
class Gathered:
    """All rows that make the same statement: one claim of the register. Each row has its label and judgement."""

    key: str
    wording: str
    speaker: str
    said_on: date | None
    rows: list[int] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)


def gather(rows: Iterable[dict[str, Any]]) -> tuple[list[Gathered], list[str]]:
    """Return the claims of a dataset in their order, and a sentence for each row that was skipped.

    Rows with the same wording are one claim; each row's label is kept, in the order of the file.
    """
    claims: dict[str, Gathered] = {}
    skipped: list[str] = []
    for number, row in enumerate(rows):
        reason = _unusable(row)
        if reason:
            skipped.append(f"row {number}: skipped: {reason}")
            continue
        wording = one_line(row["claim"])
        key = hashlib.sha256(wording.casefold().encode()).hexdigest()[:32]
        if key not in claims:
            claims[key] = _opened(key, wording, row, number)
        elif claims[key].judgements:
            _note_repetition(claims[key], row, number)
        _take(claims[key], row, number)
    return list(claims.values()), skipped


def _unusable(row: Any) -> str:
    if not isinstance(row, dict):
        return "it is not an object"
    if not isinstance(row.get("claim") or "", str):
        return "the claim is no text"
    if not one_line(row.get("claim")):
        return "the claim is empty"
    if not (isinstance(row.get("label"), str) and row["label"] in STATUS_OF_LABEL):
        return f"the label {row.get('label')!r:.60} is unknown"
    return _unusable_answers(row.get("questions"))


def _unusable_answers(questions: Any) -> str:
    if not all(isinstance(one, dict) for one in as_list(questions)):
        return "the questions are no list of objects"
    for question in as_list(questions):
        if not all(isinstance(one, dict) for one in as_list(question.get("answers"))):
            return "the answers are no list of objects"
    return ""


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, nothing for null, and anything else as a list of itself."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _opened(key: str, wording: str, row: dict[str, Any], number: int) -> Gathered:
    day, repair = said_on(row.get("claim_date"))
    repairs = [f"row {number}: {repair}"] if repair else []
    if any(isinstance(row.get(name), str) and CONTROLS.search(row[name]) for name in TEXTS):
        repairs.append(f"row {number}: control characters left out")
    return Gathered(key, wording, one_line(row.get("speaker")), day, repairs=repairs)


def said_on(written: Any) -> tuple[date | None, str]:
    """Return the day of a `d-m-yyyy` date, and what was wrong with it."""
    if not written:
        return None, ""
    try:
        day = datetime.strptime(str(written), "%d-%m-%Y").date()
    except ValueError:
        return None, f"the claim date {written!r} is no date; left out"
    if not EARLIEST <= day <= date.today():
        return None, f"the claim date {written!r} is impossible; left out"
    return day, ""


def _note_repetition(claim: Gathered, row: dict[str, Any], number: int) -> None:
    said, before = row["label"], claim.labels[-1]
    how = "a further label" if said == before else f"“{said}” after “{before}”, both kept"
    claim.repairs.append(f"row {number}: the same claim as an earlier row: {how}")


def _take(claim: Gathered, row: dict[str, Any], number: int) -> None:
    first = len(claim.pieces)
    claim.rows.append(number)
    for piece, repair in _pieces(row):
        claim.pieces.append(piece)
        if repair:
            claim.repairs.append(f"row {number}: {repair}")
    label = row["label"]
    claim.labels.append(label)
    claim.judgements.append(
        Judgement(
            status=STATUS_OF_LABEL[label],
            known=f"The label of AVeriTeC: {label}.",
            rationale=without_controls(row.get("justification")),
            rests_on=tuple(range(first, len(claim.pieces))),
        )
    )


def checks_of(claim: Gathered) -> Iterator[Piece]:
    """Yield the label of each row as a piece of evidence: what the dataset's annotators came to, in their words."""
    for row, label, judged in zip(claim.rows, claim.labels, claim.judgements, strict=True):
        yield Piece(
            stance=STANCE_OF_LABEL.get(label, Stance.CONTEXT),
            kind=EvidenceKind.FACT_CHECK,
            source_text=f"AVeriTeC, training set, row {row}",
            outlet=OUTLET,
            excerpt=judged.rationale[:LONGEST_PASSAGE],
            rating=label,
            rated_as=MEANING_OF_LABEL[label],
        )


def _pieces(row: dict[str, Any]) -> Iterator[tuple[Piece, str]]:
    asked = [
        (str(question.get("question") or ""), answer)
        for question in as_list(row.get("questions"))
        for answer in as_list(question.get("answers"))
    ]
    for question, answer in asked:
        yield _piece(row["label"], question, answer, alone=len(asked) == 1)


def _piece(label: str, question: str, answer: dict[str, Any], *, alone: bool) -> tuple[Piece, str]:
    source = without_controls(answer.get("source_url"))
    cached = without_controls(answer.get("cached_source_url"))
    url = source if is_web_address(source) else ""
    archived = cached if is_web_address(cached) else ""
    excerpt = without_controls(answer.get("answer"))
    explanation = without_controls(answer.get("boolean_explanation"))
    asked = f"Question: {without_controls(question)}"
    kept = f"Archived copy: {cached}" if cached not in (archived, METADATA) else ""
    piece = Piece(
        stance=stance_of(label, answer, alone=alone),
        kind=KIND_OF_MEDIUM.get(str(answer.get("source_medium")), EvidenceKind.OTHER),
        url=url,
        archived_url=archived,
        outlet=domain_of(url),
        domain=domain_of(url),
        source_text="" if url else source[:LONGEST_SOURCE] or "No source was found.",
        excerpt=excerpt,
        remark="\n\n".join(filter(None, [asked, explanation, kept])),
    )
    return piece, "; ".join(_repairs(answer, source, url, kept))


def _repairs(answer: dict[str, Any], source: str, url: str, kept: str) -> Iterator[str]:
    if source not in (url, METADATA):
        yield f"the source {source[:80]!r} is no web address; kept as text"
    if kept:
        yield "the archived copy is no web address; kept as text"
    if any(CONTROLS.search(value) for value in answer.values() if isinstance(value, str)):
        yield "control characters left out of an answer"


def stance_of(label: str, answer: dict[str, Any], *, alone: bool) -> Stance:
    """Return what an answer does to its claim, where the dataset leaves no doubt; else context.

    No doubt is: "yes" to a yes-or-no question of a supported claim, "no" of a refuted one, and any answer that
    carried one of these labels alone. Whether a question was put for or against the claim is not said.
    """
    kind = answer.get("answer_type")
    if label not in STANCE_OF_LABEL or kind == "Unanswerable":
        return Stance.CONTEXT
    if kind == "Boolean":
        said = str(answer.get("answer") or "").strip().rstrip(".").casefold()
        agrees = said == ANSWER_OF_LABEL[label]
        return STANCE_OF_LABEL[label] if agrees else Stance.CONTEXT
    return STANCE_OF_LABEL[label] if alone else Stance.CONTEXT
