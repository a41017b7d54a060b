"""A redaction removes a value behind a tombstone; neither can be faked or hidden."""

from __future__ import annotations

from typing import Any

import pytest

from tests.verify.forging import (
    Bundle,
    altered,
    leaf_of,
    numbers,
    refusal,
    with_leaf,
)

pytestmark = pytest.mark.django_db  # else pytest-django makes no database for the bundles


def test_a_tombstone_whose_value_is_still_there_is_refused(bundle: Bundle) -> None:
    number = numbers(bundle, "text_redacted")[0]
    digests = leaf_of(bundle, leaf_of(bundle, number)["about"])["digests"]
    present = [d for d in digests if d not in leaf_of(bundle, number)["redacts"]]
    spoilt = with_leaf(bundle, number, redacts=present[:1])
    assert "redacts a value that is not missing" in refusal(spoilt)


@pytest.mark.parametrize("digest", ["A" * 43, "", None, 7, ["x"]])
def test_a_tombstone_of_an_unknown_digest_is_refused(bundle: Bundle, digest: Any) -> None:
    number = numbers(bundle, "text_redacted")[0]
    redacts = [*leaf_of(bundle, number)["redacts"], digest]
    assert f"entry {number}: " in refusal(with_leaf(bundle, number, redacts=redacts))


@pytest.mark.parametrize("about", [0, -1, -2, 1, 99, True, "5", 2.5])
def test_a_tombstone_must_be_about_the_entry_it_erases(bundle: Bundle, about: Any) -> None:
    number = numbers(bundle, "text_redacted")[0]
    assert f"entry {number}: " in refusal(with_leaf(bundle, number, about=about))


def test_a_redaction_cannot_be_hidden_moved_or_made_up(bundle: Bundle) -> None:
    target = leaf_of(bundle, numbers(bundle, "text_redacted")[0])["about"]
    pieces = bundle["document"]["evidence"]
    at = next(index for index, piece in enumerate(pieces) if piece["entry"] == target)
    marker = pieces[at]["redacted"]["excerpt"]
    place = ("document", "evidence", at, "redacted")
    assert "a redaction is not shown" in refusal(altered(bundle, place, {}))
    assert "called redacted but is here" in refusal(altered(bundle, place, {"url": marker}))
    assert refusal(altered(bundle, place, {"excerpt": {**marker, "reason": "safety"}}))
    assert refusal(altered(bundle, place, {"excerpt": marker, "title": marker}))
    other = ("document", "evidence", at - 1, "redacted")
    assert refusal(altered(bundle, other, {"excerpt": marker}))


def test_an_entry_cannot_be_counted_from_the_end(bundle: Bundle) -> None:
    number = numbers(bundle, "text_redacted")[0]
    from_the_end = leaf_of(bundle, number)["about"] - number
    assert f"about is {from_the_end}" in refusal(with_leaf(bundle, number, about=from_the_end))
