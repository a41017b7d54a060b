"""The same public documents as tables (CSV), with a dictionary of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.interop.csv_table import csv_lines

Part = dict[str, Any]
DICTIONARY = "dictionary"
# Table by table each column with what it holds.
COLUMNS: dict[str, dict[str, str]] = {
    "claims": {
        "id": "the claim's public id",
        "wording": "the wording in force; empty where it was erased",
        "language": "BCP 47",
        "kind": "fact, number, quote …: a word of the vocabulary of claims",
        "claimant_id": "who is held to make it; empty where nobody is known or the name was erased",
        "claimant_name": "by the name the claim shows",
        "claimant_role": "in what role, where given",
        "said_on": "when it was said; ISO 8601, as exactly as said_on_precision tells",
        "said_on_precision": "day, month or year",
        "status": "the verdict in force: confirmed, unconfirmed, disputed; empty where it was withdrawn",
        "status_since": "since when; UTC",
        "published_at": "when readers first saw it; UTC",
        "verdict_entry": "the number of the entry that gave the verdict in force",
        "verdict_imported": "True where another outlet's verdict was taken over",
        "rationale": "why",
        "merged_into": "the claim that it was found to be the same as",
        "evidence": "how many pieces of evidence stand",
        "head_number": "how many entries its history has",
        "head_hash": "the hash of the last one, hexadecimal",
    },
    "evidence": {
        "claim": "the claim's public id",
        "entry": "the number of the entry that brought it; with `claim` its name for ever",
        "stance": "supports, refutes or context",
        "kind": "what sort of source",
        "primary": "True for a primary source",
        "origin": "the number of the first entry with evidence of the same origin",
        "url": "where it is, or was",
        "archived_url": "where a copy is kept",
        "title": "what it is called",
        "publisher": "by the name shown",
        "published_on": "ISO 8601",
        "excerpt": "word for word",
        "source_text": "a source without an address",
        "rating": "what another fact-checker called the claim, word for word",
        "recorded_at": "UTC",
        "withdrawn_by": "the number of the entry that withdrew it; empty where it stands",
    },
    "appearances": {
        "claim": "the claim's public id",
        "entry": "the number of the entry that brought it",
        "article": "the article's public id",
        "start": "code points from the start of the article's text",
        "end": "code points from the start of the article's text",
        "quote": "word for word; empty where it was erased",
        "speaker_id": "who says it there",
        "speaker_name": "by the name shown",
        "position": "asserts, denies …: how the speaker stands to it",
        "withdrawn_by": "the number of the entry that withdrew it; empty where it stands",
    },
    "history": {
        "claim": "the claim's public id",
        "number": "the entry's number within the claim",
        "act": "what was done: a word of the vocabulary of acts",
        "recorded_at": "when the register learned it; UTC",
        "effective_on": "from which day in the world an imported verdict holds",
        "by": "the public name of who did it",
        "reason": "the reason given in public",
        "about": "the number of the earlier entry it is about",
        "other_claim": "the other claim of a merger, where readers can see it",
        "reason_code": "of a redaction: the ground",
        "status": "the status it brought, of acts that gave a verdict",
        "cause": "why a verdict was given",
        "leaf_hash": "the hash of its leaf, hexadecimal",
    },
}


def head_of(table: str) -> str:
    """Return the first line of a table."""
    return next(csv_lines([*COLUMNS[table]], []))


def dictionary() -> Iterator[str]:
    """Yield the lines of the dictionary of all columns."""
    told = [(name, *column) for name, table in COLUMNS.items() for column in table.items()]
    return csv_lines(["table", "column", "meaning"], told)


def lines_of(document: Part) -> Iterator[tuple[str, str, int]]:
    """Yield, for each table, the lines of one claim's document and how many they are."""
    for name, rows in _rows(document).items():
        columns = list(COLUMNS[name])
        table = [[row.get(column) for column in columns] for row in rows]
        # The first line would be the head again.
        yield name, "".join(list(csv_lines(columns, table))[1:]), len(table)


def _rows(document: Part) -> dict[str, list[Part]]:
    claim = document["id"]
    return {
        "claims": [_claim(document)],
        "evidence": [
            {**one, "claim": claim, "withdrawn_by": _ended(one)} for one in document["evidence"]
        ],
        "appearances": [_appearance(claim, one) for one in document["appearances"]],
        "history": [{**one, "claim": claim} for one in document["history"]],
    }


def _claim(document: Part) -> Part:
    claimant, verdict = document["claimant"] or {}, document["verdict"] or {}
    merged, head = document["merged_into"] or {}, document["head"]
    return {
        **document,
        "claimant_id": claimant.get("id"),
        "claimant_name": claimant.get("name"),
        "claimant_role": claimant.get("role"),
        "verdict_entry": verdict.get("entry"),
        "rationale": verdict.get("rationale"),
        "merged_into": merged.get("id"),
        "evidence": sum(one["withdrawn"] is None for one in document["evidence"]),
        "head_number": head["number"],
        "head_hash": head["leaf_hash"],
    }


def _appearance(claim: str, one: Part) -> Part:
    quote, speaker = one["quote"], one["speaker"] or {}
    return {
        **one,
        "claim": claim,
        "article": one["article"]["id"],
        "start": quote["start"],
        "end": quote["end"],
        "quote": quote["exact"],
        "speaker_id": speaker.get("id"),
        "speaker_name": speaker.get("name"),
        "withdrawn_by": _ended(one),
    }


def _ended(one: Part) -> int | None:
    return one["withdrawn"]["entry"] if one["withdrawn"] else None
