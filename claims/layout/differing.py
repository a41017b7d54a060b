"""What differs between two documents of one claim, for programs: each thing by its place in the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claims.differences import differences
from claims.documents import Document
from claims.layout.changes import NOTICES, TEXTS

# Members of the document, as JSON pointers (RFC 6901): texts are compared word by word, the others as they are.
COMPARED = ("/wording", *(f"/verdict/{name}" for name, _ in TEXTS))
PLAIN = (
    "/status",
    "/language",
    "/kind",
    "/claimant/name",
    "/claimant/role",
    "/said_on",
    "/said_on_precision",
    "/verdict/cause",
    "/verdict/wording_version",
    "/verdict/effective_on",
    *(f"/{name}" for name, _ in NOTICES),
    "/merged_into/id",
)


def differing(before: Document, after: Document) -> Document:
    """Return what an earlier document and a later one do not share, and the acts that made it so.

    Of evidence, appearances and contacts what the later one has and the earlier one had not, and what was taken back;
    of the entries that the verdict rests on those that came and those that went.
    """
    known = before["head"]["number"]
    return {
        "from": _side(before),
        "to": _side(after),
        "changed": list(_changed(before, after)),
        "evidence": _rows("evidence", before, after),
        "appearances": _rows("appearances", before, after),
        "contacts": {"added": _added("contacts", before, after)},
        "rests_on": _basis(before, after),
        "acts": [entry for entry in after["history"] if entry["number"] > known],
    }


def _side(document: Document) -> Document:
    last = document["history"][-1]
    return {name: last[name] for name in ("number", "recorded_at", "leaf_hash")} | {
        "status": document["status"]
    }


def _changed(before: Document, after: Document) -> Iterator[Document]:
    for pointer in (*COMPARED, *PLAIN):
        old, new = _at(before, pointer), _at(after, pointer)
        if old == new:
            continue
        both_texts = pointer in COMPARED and isinstance(old, str) and isinstance(new, str)
        runs = differences(old, new) if both_texts else []
        told = [{"kind": run.kind, "text": run.text} for run in runs]
        yield {"pointer": pointer, "before": old, "after": new, "runs": told or None}


def _at(document: Document, pointer: str) -> Any:
    """Return what stands at a pointer; None where the document has nothing there, or nothing above it."""
    found: Any = document
    for name in pointer[1:].split("/"):
        found = found and found.get(name)
    return found


def _rows(name: str, before: Document, after: Document) -> Document:
    standing = {part["entry"] for part in before[name] if not part["withdrawn"]}
    gone = [part for part in after[name] if part["withdrawn"] and part["entry"] in standing]
    return {"added": _added(name, before, after), "withdrawn": gone}


def _added(name: str, before: Document, after: Document) -> list[Document]:
    known = {part["entry"] for part in before[name]}
    return [part for part in after[name] if part["entry"] not in known]


def _basis(before: Document, after: Document) -> Document:
    old, new = (set(_at(document, "/verdict/rests_on") or ()) for document in (before, after))
    return {"added": sorted(new - old), "removed": sorted(old - new)}
