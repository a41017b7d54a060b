"""A verdict as a reference: what it says, and that no text breaks out of its field."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from claims.interop.citations import Reference, bibtex, csl_json, reference_of

HOSTILE = r"100 % of {it} \input{x} & #1 $2_3^~ } and <b>"


def document(**fields: Any) -> dict[str, Any]:
    """Return as much of a document as a reference needs."""
    return {
        "id": "abc0123456",
        "wording": "The bridge\nis safe.",
        "claimant": {"name": "Ada Speaker"},
        "status_label": "Disputed",
        "wordings": [{"redacted": {}}],
        "history": [{"recorded_at": "2026-05-04T10:00:00.000000Z"}],
        "head": {"number": 7, "leaf_hash": "ab" * 32},
        **fields,
    }


def reference(**fields: Any) -> Reference:
    return reference_of(document(**fields), register="The Register", address="https://r.example/c/")


def test_a_reference_names_claim_claimant_and_status_in_one_line() -> None:
    assert reference().title == "“The bridge is safe.” Ada Speaker. Disputed"


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"claimant": None}, "“The bridge is safe.” Claimant not known. Disputed"),
        ({"wording": None}, "[wording removed] Ada Speaker. Disputed"),
        (
            {"claimant": None, "wordings": [{"redacted": {"claimant_name": {}}}]},
            "“The bridge is safe.” [claimant removed]. Disputed",
        ),
    ],
)
def test_what_is_unknown_or_erased_is_said(fields: dict[str, Any], title: str) -> None:
    assert reference(**fields).title == title


def test_csl_json_is_a_list_of_one_item_that_cites_a_page_of_then() -> None:
    assert json.loads(csl_json(reference())) == [
        {
            "id": "abc0123456-7",
            "type": "webpage",
            "title": "“The bridge is safe.” Ada Speaker. Disputed",
            "author": [{"literal": "The Register"}],
            "container-title": "The Register",
            "genre": "Fact-check",
            "issued": {"date-parts": [[2026, 5, 4]]},
            "version": "entry 7",
            "note": f"SHA-256 {'ab' * 32}",
            "URL": "https://r.example/c/",
        }
    ]


def test_bibtex_is_one_entry_with_a_field_on_each_line() -> None:
    lines = bibtex(reference()).splitlines()
    assert (lines[0], lines[-1]) == ("@misc{abc0123456-7,", "}")
    fields = dict(
        re.split(r"\s*=\s*", line.strip().rstrip(","), maxsplit=1) for line in lines[1:-1]
    )
    assert fields == {
        "author": "{{The Register}}",
        "title": "{{“The bridge is safe.” Ada Speaker. Disputed}}",
        "howpublished": r"{\url{https://r.example/c/}}",
        "year": "{2026}",
        "month": "may",
        "note": f"{{Fact-check, entry 7, SHA-256 {'ab' * 32}}}",
        "url": "{https://r.example/c/}",
    }


def test_no_text_breaks_out_of_its_field() -> None:
    text = bibtex(reference(wording=HOSTILE))
    told = r"100 \% of \{it\} \textbackslash{}input\{x\} \& \#1 \$2\_3\textasciicircum{}\textasciitilde{} \} and <b>"
    assert told in text
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
