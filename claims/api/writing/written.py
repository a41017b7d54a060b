"""How an act through the API is answered: all from its row, so that the answer can be given again word for word."""

from __future__ import annotations

from typing import Any

from claims import addresses
from claims.api.conditions import head_mark
from claims.history.canonical import moment_text
from claims.models import ApiWrite, ArticleIntake, Claim

Part = dict[str, Any]


def part_of(write: ApiWrite, base: str) -> Part:
    """Return what the act brought about, as it stood when the act was done."""
    return {
        "id": write.public_id,
        "url": f"{base}{addresses.API}/writings/{write.public_id}/",
        "act": write.act,
        "at": moment_text(write.at),
        "expires_at": moment_text(write.expires_at),
        "claim": _claim_part(write, base),
        "article": _article_part(write, base),
        "intake": None if write.intake is None else {"state": "waiting"},
        "report": _report_part(write, base),
    }


def part_with_now(write: ApiWrite, base: str) -> Part:
    """Return the same, with how the thing stands now."""
    return {**part_of(write, base), "now": _now(write)}


def _claim_part(write: ApiWrite, base: str) -> Part | None:
    claim = write.claim
    if claim is None:
        return None
    seen = claim.published_at is not None and claim.published_at <= write.at
    return {
        "id": claim.public_id,
        "url": f"{base}{addresses.claim_api(claim.public_id)}",
        "state": "published" if seen else "unpublished",
        "entry": write.entry_number,
        "if_match": f'"{head_mark(write.head_hash or b"")}"',
    }


def _article_part(write: ApiWrite, base: str) -> Part | None:
    article = write.article
    if article is None:
        return None
    address = f"{base}{addresses.article_api(article.public_id)}"
    return {"id": article.public_id, "url": address, "sha256": article.sha256}


def _report_part(write: ApiWrite, base: str) -> Part | None:
    report = write.report
    if report is None:
        return None
    token = report.token
    receipt = f"{base}{addresses.report_receipt(token)}" if token else None
    return {"id": report.public_id, "receipt_url": receipt}


def _now(write: ApiWrite) -> Part:
    if write.claim is not None:
        claim = write.claim
        return {"state": _state_of(claim), "if_match": f'"{head_mark(claim.head_hash)}"'}
    if write.intake is not None:
        return {"state": write.intake.state, "article": _recorded(write.intake)}
    return {"state": write.report.state if write.report else "recorded"}


def _state_of(claim: Claim) -> str:
    if claim.merged_into_id is not None:
        return "merged"
    if claim.discarded_at is not None:
        return "discarded"
    return "published" if claim.is_published else "unpublished"


def _recorded(intake: ArticleIntake) -> str | None:
    return intake.article.public_id if intake.article else None
