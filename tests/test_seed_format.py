"""Seed files that do not fit: each is refused with file, claim, act and field named."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from claims.management.stories import SeedError, read_stories, read_story
from tests.seed_examples import Write, bridge_story, spoil, writer


@pytest.fixture
def small() -> dict[str, Any]:
    return bridge_story()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return writer(tmp_path)


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (
            "claims.0.kind",
            "gossip",
            r"claim bridge, field kind: must be one of fact, .* not 'gossip'",
        ),
        ("claims.0.wording", None, r"claim bridge, field wording: it is missing"),
        ("claims.0.colour", "red", r"claim bridge, field colour: there is no such field here"),
        ("claims.0.key", None, r"claim no. 1, field key: it is missing"),
        (
            "claims.0.claimant",
            "nobody",
            r"claim bridge, field claimant: there is no “nobody” among",
        ),
        ("claims.0.expect.status", "true", r"claim bridge, expect, field status: must be one of"),
        (
            "claims.0.appearances.0.exact",
            "the tunnel",
            r"appearance 1, field exact: .* stands 0 times",
        ),
        (
            "claims.0.appearances.0.inferred",
            "no",
            r"appearance 1, field inferred: must be true or false",
        ),
        ("claims.0.acts.0.verb", "publish", r"claim bridge, act 1, field verb: must be one of"),
        ("claims.0.acts.0.verb", ["a"], r"claim bridge, act 1, field verb: must be one of"),
        (
            "claims.0.acts.0.published_on",
            "May",
            r"act 1 \(add_evidence\), field published_on: must be a date",
        ),
        (
            "claims.0.acts.0.by",
            "boss",
            r"act 1 \(add_evidence\), field by: must be one of contributor",
        ),
        (
            "claims.0.acts.0.publisher",
            "times",
            r"act 1 \(add_evidence\), field publisher: there is no “times”",
        ),
        (
            "claims.0.acts.0.same_origin_as",
            "poll",
            r"field same_origin_as: no earlier act .* “poll”",
        ),
        (
            "claims.0.acts.1.as",
            "survey",
            r"act 2 \(open_review\), field as: “survey” is the name of",
        ),
        (
            "claims.0.acts.3.evidence",
            ["first"],
            r"act 4 \(propose_verdict\), field evidence: no earlier act",
        ),
        (
            "claims.0.acts.4.review",
            "second",
            r"act 5 \(approve_verdict\), field review: no earlier act",
        ),
        (
            "claims.0.acts.4",
            {"verb": "file_claim", "by": "editor", "topics": ["bridges"]},
            r"act 5 \(file_claim\), field topics: there is no “bridges”",
        ),
        (
            "claims.0.acts.4",
            {
                "verb": "relate_claims",
                "by": "editor",
                "other": "tower",
                "kind": "repeats",
                "reason": "r",
            },
            r"act 5 \(relate_claims\), field other: there is no “tower” among the claims of this file so far",
        ),
        ("claims.0.acts.4.as", "x", r"act 5 \(approve_verdict\), field as: there is no such field"),
        ("claims.0.acts.4", "approve", r"claim bridge, act 5, field verb: must be one of"),
        ("articles.0.publisher", "times", r"article story, field publisher: there is no “times”"),
        ("articles.0.paragraphs", "text", r"article story, field paragraphs: must be a list"),
        ("articles.0.title", "  ", r"article story, field title: must be a text"),
        ("publishers", "The Paper", r"the file, field publishers: must be a list|field publishers"),
        ("claims.0", "claim", r"claim no. 1: a set of fields is expected here"),
    ],
)
def test_a_field_that_does_not_fit_is_named(
    small: dict[str, Any], write: Write, path: str, value: Any, told: str
) -> None:
    file = write(spoil(small, path, value))
    with pytest.raises(SeedError, match=rf"^small\.yaml: .*{told}"):
        read_story(file)


@pytest.mark.parametrize("name", ["publishers", "claimants", "articles", "claims"])
def test_a_key_may_be_given_only_once(small: dict[str, Any], write: Write, name: str) -> None:
    small[name].append(copy.deepcopy(small[name][0]))
    with pytest.raises(SeedError, match=r"field key: “\w+” is the key of another one already"):
        read_story(write(small))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("claims: [", "this is not readable YAML"),
        ("claims: []\nclaims: []\n", "the field 'claims' is given twice"),
        ("- a list", "a set of fields is expected here"),
        ("", "a set of fields is expected here"),
        ("claims: [{key: a, said_on: 2024-13-45}]", "this is not readable YAML"),
        ("{[a]: 1}", "this is not readable YAML"),
    ],
)
def test_a_file_that_is_no_story_is_refused(write: Write, text: str, told: str) -> None:
    with pytest.raises(SeedError, match=told):
        read_story(write(text))


def test_a_folder_without_stories_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="no seed file"):
        read_stories(tmp_path)
    with pytest.raises(SeedError, match=r"none\.yaml: the file: it cannot be read: No such file"):
        read_stories(tmp_path / "none.yaml")
