"""A seed story of one claim, for the tests of the loader to write down whole or spoiled."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Write = Callable[..., Path]

SMALL: dict[str, Any] = {
    "publishers": [
        {"key": "paper", "name": "The Paper", "domain": "paper.example", "kind": "newspaper"}
    ],
    "claimants": [{"key": "mayor", "name": "The Mayor", "kind": "person"}],
    "articles": [
        {
            "key": "story",
            "title": "On bridges",
            "paragraphs": ["The mayor said the bridge is safe."],
        }
    ],
    "claims": [
        {
            "key": "bridge",
            "wording": "The bridge is safe.",
            "kind": "fact",
            "by": "contributor",
            "claimant": "mayor",
            "appearances": [
                {"article": "story", "exact": "the bridge is safe", "speaker": "mayor"}
            ],
            "acts": [
                {
                    "verb": "add_evidence",
                    "as": "survey",
                    "by": "contributor",
                    "stance": "refutes",
                    "kind": "data",
                    "source_text": "Survey of 2020",
                },
                {"verb": "open_review", "as": "first", "by": "contributor", "reason": "new_claim"},
                {"verb": "assign_review", "review": "first", "to": "reviewer", "by": "editor"},
                {
                    "verb": "propose_verdict",
                    "review": "first",
                    "by": "reviewer",
                    "status": "disputed",
                    "rationale": "The survey found cracks.",
                    "evidence": ["survey"],
                },
                {"verb": "approve_verdict", "review": "first", "by": "editor"},
            ],
            "expect": {"status": "disputed"},
        }
    ],
}


def bridge_story() -> dict[str, Any]:
    """Return a fresh copy of the story."""
    return copy.deepcopy(SMALL)


def writer(folder: Path) -> Write:
    """Return the function that writes a story, or any text, as a seed file in `folder`."""

    def write(story: Any, name: str = "small.yaml") -> Path:
        file = folder / name
        text = story if isinstance(story, str) else yaml.safe_dump(story, sort_keys=False)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def spoil(story: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return `story` with the value at a path such as "claims.0.kind" replaced, or dropped for None."""
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    spot: Any = story
    for step in way:
        spot = spot[step]
    if value is None:
        del spot[last]
    else:
        spot[last] = value
    return story
