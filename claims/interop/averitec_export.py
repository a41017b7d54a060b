"""Claims in the shape of AVeriTeC (Schlichtkrull et al. 2023), as `averitec` reads it. Pure functions.

The label is derived from what the evidence says that the verdict rests on, and not from the status alone: a claim that
is disputed by evidence against it alone is refuted, one with evidence for it as well is in conflict.
"""

from __future__ import annotations

from typing import Any

from claims.documents import Document
from claims.interop.claimreview_markup import judged, web_only
from claims.vocabulary import EvidenceKind, Stance, VerificationStatus

Row = dict[str, Any]
SUPPORTED, REFUTED = "Supported", "Refuted"
NOT_ENOUGH, CONFLICTING = "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"
ASKED = "Question: "  # how `averitec` keeps the question of an answer it took in
MEDIA: dict[str, str] = {
    EvidenceKind.DATA: "Web table",
    EvidenceKind.DOCUMENT: "PDF",
    EvidenceKind.IMAGE_VIDEO: "Image/graphic",
}
ANY_MEDIUM = "Web text"


def row_of(document: Document, *, base: str) -> Row | None:
    """Return a claim as one row of the dataset; None where no verdict is in force, or the claim's words are gone."""
    verdict, wording = document["verdict"], judged(document)
    if verdict is None or document["merged_into"] or not wording or not wording["text"]:
        return None
    first = next((part for part in document["appearances"] if not part["withdrawn"]), None)
    article = first["article"] if first else {}
    claimant = document["claimant"]
    return {
        "claim": wording["text"],
        "claim_date": _date(document),
        "speaker": claimant["name"] if claimant else None,
        "original_claim_url": web_only(article.get("source_url")) or None,
        "cached_original_claim_url": None,
        "reporting_source": article.get("publisher"),
        "fact_checking_article": base + document["html_url"],
        "label": label_of(document),
        "justification": verdict["rationale"] or "",
        "questions": [_question(piece) for piece in _standing(document)],
    }


def label_of(document: Document) -> str:
    """Return the label of a claim with a verdict in force, from the stances of what the verdict rests on."""
    verdict = document["verdict"]
    if verdict["status"] == VerificationStatus.CONFIRMED:
        return SUPPORTED
    if verdict["status"] == VerificationStatus.UNCONFIRMED:
        return NOT_ENOUGH
    rests_on = {
        piece["stance"] for piece in _standing(document) if piece["entry"] in verdict["rests_on"]
    }
    return CONFLICTING if Stance.SUPPORTS in rests_on else REFUTED


def _standing(document: Document) -> list[Document]:
    return [piece for piece in document["evidence"] if not piece["withdrawn"]]


def _date(document: Document) -> str | None:
    """Return the day as the dataset writes it, `d-m-yyyy`; None where no day is known."""
    if not document["said_on"] or document["said_on_precision"] != "day":
        return None
    year, month, day = document["said_on"].split("-")
    return f"{int(day)}-{int(month)}-{year}"


def _question(piece: Document) -> Row:
    asked, remark = _asked(piece)
    excerpt = piece["excerpt"] or ""
    return {
        "question": asked,
        "answers": [
            {
                "answer": excerpt or remark or piece["title"] or piece["source_text"] or "",
                "answer_type": "Extractive" if excerpt else "Abstractive",
                "source_url": web_only(piece["url"]) or piece["source_text"] or None,
                "cached_source_url": web_only(piece["archived_url"]) or None,
                "source_medium": MEDIA.get(piece["kind"], ANY_MEDIUM),
            }
        ],
    }


def _asked(piece: Document) -> tuple[str, str]:
    """Return the question that a piece answers, and what else is remarked of it.

    The register asks none; that of a claim which came from the dataset stands first in the remark.
    """
    remark = piece["remark"] or ""
    first, _, rest = remark.partition("\n\n")
    if first.startswith(ASKED):
        return first.removeprefix(ASKED), rest
    source = piece["publisher"] or piece["title"] or "this source"
    return f"What does {source} say of the claim?", remark
