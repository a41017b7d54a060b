"""`reason`: one word beside each error that no description can foresee, and beside no other."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from claims.api.reasons import MEANINGS, Reason
from claims.models import Claim, User
from tests.api.conftest import Api
from tests.api.writer import Writer

DOCS = (settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_documentation_explains_each_word() -> None:
    table = DOCS.partition("| `reason` | what is wrong |\n|---|---|\n")[2].partition("\n\n")[0]
    told = dict(re.findall(r"^\| `(.+?)` \| (.+) \|$", table, re.MULTILINE))
    assert told == {reason.value: meaning for reason, meaning in MEANINGS.items()}
    assert MEANINGS.keys() == set(Reason)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"as_of": "2999-01-01"}, "to_come"),
        ({"as_of": "0001-01-01T00:00:00+23:59"}, "no_moment"),
        ({"said_from": "2024-01-02", "said_to": "2024-01-01"}, "combination"),
        ({"fields": "topics"}, "combination"),
        ({"order": "relevance"}, "combination"),
        ({"as_of": "2024-01-01", "expand": "topics"}, "past"),
        ({"cursor": "abc"}, "cursor"),
        ({"q": "!"}, "no_text"),
        ({"limit": "0"}, None),
        ({"fields": "colour"}, None),
        ({"expand": "colour"}, None),
        ({"language": "?"}, None),
        ({"as_of": "then"}, None),
        ({"colour": "red"}, None),
    ],
)
def test_only_what_no_description_says_of_a_parameter_has_a_reason(
    api: Api, published: Claim, given: dict[str, str], reason: str | None
) -> None:
    (error,) = api.get("claims/", 400, **given)["errors"]
    assert error.get("reason") == reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"wording": "\u200b"}, "no_text"),
        ({"wording": "A.", "said_on": "2999-01-01"}, "to_come"),
        ({"wording": "A.", "claimant": {"id": "0"}}, "unknown"),
        ({"wording": "A.", "claimant": {"name": "Ada"}}, "combination"),
        ({"wording": "A" * 1001}, None),
        ({"wording": "A\x07."}, None),
        ({"wording": "A.", "language": "?"}, None),
        ({"wording": "A.", "kind": "rumour"}, None),
        ({}, None),
    ],
)
def test_only_what_no_description_says_of_a_member_has_a_reason(
    api: Api, editor: User, body: dict[str, object], reason: str | None
) -> None:
    problem = Writer(api, editor).refused("claims/", body, 422, "values-not-usable")
    assert [error.get("reason") for error in problem["errors"]] == [reason]


def test_what_the_rules_forbid_is_said_to_be_so(api: Api, editor: User) -> None:
    body = {"kind": "error", "text": "The second source was withdrawn."}
    problem = Writer(api, editor).refused("reports/", body, 422, "values-not-usable")
    assert [error["reason"] for error in problem["errors"]] == ["rule"]


def test_a_whole_number_is_one_however_it_is_written(
    api: Api, published: Claim, editor: User
) -> None:
    body = {"stance": "refutes", "kind": "document", "url": "https://source.example/b"}
    path, seen = f"claims/{published.public_id}/evidence/", {"if_match": "*"}
    for number, reason in ((999.0, "unknown"), (999.5, None)):
        given = {**body, "same_origin_as": number}
        problem = Writer(api, editor).refused(path, given, 422, "values-not-usable", **seen)
        assert [error.get("reason") for error in problem["errors"]] == [reason]
