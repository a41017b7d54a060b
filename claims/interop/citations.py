"""A claim's verdict as a reference: BibTeX and CSL-JSON, for those who cite it. Pure functions of the document.

A reference names the claim with its claimant and its status, never the bare claim alone, and leads to the page as it
was, so that it says for ever what was cited.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.documents import Document

# What TeX would take for its own; braces too, since only balanced ones may stand in a field.
_TEX: Mapping[int, str] = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#_%"},
    }
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference to a verdict says, in any format."""

    key: str
    title: str
    register: str
    address: str
    version: str
    digest: str
    issued: datetime


def reference_of(document: Document, *, register: str, address: str) -> Reference:
    """Return the reference to a verdict as it stands in `document`, kept at `address` for ever."""
    head = document["head"]
    last = document["history"][-1]
    return Reference(
        key=f"{document['id']}-{head['number']}",
        title=f"{_quoted(document)} {_claimed_by(document)}. {document['status_label']}",
        register=register,
        address=address,
        version=f"entry {head['number']}",
        digest=head["leaf_hash"],
        issued=datetime.fromisoformat(last["recorded_at"]),
    )


def csl_json(reference: Reference) -> str:
    """Return the reference as a CSL-JSON list of one item."""
    item: dict[str, Any] = {
        "id": reference.key,
        "type": "webpage",
        "title": reference.title,
        "author": [{"literal": reference.register}],
        "container-title": reference.register,
        "genre": "Fact-check",
        "issued": {"date-parts": [[*reference.issued.timetuple()[:3]]]},
        "version": reference.version,
        "note": f"SHA-256 {reference.digest}",
        "URL": reference.address,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def bibtex(reference: Reference) -> str:
    """Return the reference as a BibTeX entry."""
    register = _tex(reference.register)
    fields = {
        "author": f"{{{{{register}}}}}",
        "title": f"{{{{{_tex(reference.title)}}}}}",
        "howpublished": f"{{\\url{{{reference.address}}}}}",
        "year": f"{{{reference.issued.year}}}",
        "month": _MONTHS[reference.issued.month - 1],
        "note": f"{{Fact-check, {reference.version}, SHA-256 {reference.digest}}}",
        "url": f"{{{reference.address}}}",
    }
    lines = ",\n".join(f"  {name:<12} = {value}" for name, value in fields.items())
    return f"@misc{{{reference.key},\n{lines}\n}}\n"


def _quoted(document: Document) -> str:
    wording = document["wording"]
    return f"“{_one_line(wording)}”" if wording else "[wording removed]"


def _claimed_by(document: Document) -> str:
    claimant = document["claimant"]
    if claimant:
        return _one_line(claimant["name"])
    erased = "claimant_name" in document["wordings"][-1]["redacted"]
    return "[claimant removed]" if erased else "Claimant not known"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)
