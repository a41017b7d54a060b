"""What the register exports is proved; whatever is changed in the document is refused."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from claims import verify, vocabulary
from claims.models import User
from claims.workflow import withdraw_evidence
from tests import factories
from tests.management import eventful
from tests.verify.forging import (
    Bundle,
    Place,
    altered,
    changed,
    leaf_of,
    positions,
    refusal,
)

pytestmark = pytest.mark.django_db  # else pytest-django makes no database for the bundles
OPEN = verify.OPEN
ADDRESSES = {"url", "html_url", "history_url"}


@pytest.mark.parametrize("name", ["eventful", "merged", "simple"])
def test_what_the_register_exports_verifies(texts: dict[str, str], name: str) -> None:
    assert "proved: the document shows what these entries say" in verify.verify(texts[name])


def test_the_eventful_bundle_holds_every_kind_of_entry(texts: dict[str, str]) -> None:
    kinds = {
        leaf_of(one, n)["kind"]
        for one in map(json.loads, texts.values())
        for n in range(1, len(one["entries"]) + 1)
    }
    assert kinds == set(vocabulary.Act.values) - {"claim_discarded"}  # only what nobody published


def test_it_says_what_was_redacted_and_what_it_cannot_prove(texts: dict[str, str]) -> None:
    told = "\n".join(verify.verify(texts["eventful"]))
    assert "2 redacted, each behind a public tombstone" in told
    assert told.count("court_order") == 2
    assert "not proved: that no entry follows the last one" in told


def test_the_verifier_labels_words_as_the_vocabulary_does() -> None:
    for choices in ("Act", "VerificationStatus", "Cause", "EvidenceKind"):
        for word, label in getattr(vocabulary, choices).choices:
            plain = word.replace("_", " ").capitalize()
            assert verify.LABELS.get(plain, plain) == label


@pytest.mark.parametrize("relied_on", [True, False])
def test_evidence_withdrawn_beneath_a_verdict_cannot_be_hidden(
    editor: User, *, relied_on: bool
) -> None:
    claim = factories.published_claim()
    later = factories.EvidenceFactory(claim=claim)
    piece = claim.evidence.order_by("pk")[0] if relied_on else later
    withdraw_evidence(piece, reason="Retracted.", by=editor)
    text = eventful.exported(claim)
    assert verify.verify(text)
    bundle = json.loads(text)
    member = "verdict_on_withdrawn_evidence"
    assert bundle["document"][member] is relied_on
    assert member in refusal(altered(bundle, ("document", member), not relied_on))


# One thing changed


def is_hashed(path: Place) -> bool:
    """Return whether the history says what stands at a place of the document."""
    return not ("article" in path and path[-1] in OPEN)


@pytest.mark.parametrize("shown", [["a"], {"a": "b"}, 7, True])
@pytest.mark.parametrize("name", OPEN)
def test_what_is_not_hashed_of_an_article_is_a_text_or_nothing(
    texts: dict[str, str], name: str, shown: Any
) -> None:
    bundle = json.loads(texts["eventful"])
    path: Place = ("document", "appearances", 0, "article", name)
    for lawful in ("Another", None):
        verify.verify(json.dumps(altered(bundle, path, lawful)))
    assert name in refusal(altered(bundle, path, shown))


@pytest.mark.parametrize("scheme", ["javascript:", "data:", "//", "x", "ftp://register.example"])
def test_an_address_of_the_register_is_one_of_the_web(texts: dict[str, str], scheme: str) -> None:
    bundle = json.loads(texts["eventful"])
    address = f"{scheme}/claims/{bundle['claim']}/"
    path = altered(bundle, ("document", "html_url"), f"/claims/{bundle['claim']}/")
    assert verify.verify(json.dumps(path))  # as exports of the whole register hold it
    assert "html_url" in refusal(altered(bundle, ("document", "html_url"), address))


@pytest.mark.parametrize("name", ["eventful", "merged"])
def test_every_value_of_the_document_is_compared(texts: dict[str, str], name: str) -> None:
    bundle = json.loads(texts[name])
    accepted = []
    for path in positions(bundle["document"], ("document",)):
        held = bundle
        for key in path:
            held = held[key]
        try:
            verify.verify(json.dumps(altered(bundle, path, changed(held))))
            accepted.append(path)
        except verify.Refused:
            pass
    assert [path for path in accepted if is_hashed(path)] == []


def members(value: Any, path: Place = ()) -> Iterator[Place]:
    """Yield the path of every member of every object."""
    for key, member in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict):
            yield (*path, key)
        if isinstance(member, dict | list):
            yield from members(member, (*path, key))


def test_no_member_of_a_bundle_can_be_left_out_or_added(bundle: Bundle) -> None:
    for path in members(bundle):
        spoilt = copy.deepcopy(bundle)
        home: Any = spoilt
        for key in path[:-1]:
            home = home[key]
        del home[path[-1]]
        assert refusal(spoilt), path


def test_no_object_of_a_bundle_can_be_given_a_member_more(bundle: Bundle) -> None:
    homes = {path[:-1] for path in members(bundle)}
    for path in homes:
        spoilt = copy.deepcopy(bundle)
        home: Any = spoilt
        for key in path:
            home = home[key]
        home["added"] = 0
        assert refusal(spoilt), path


def test_true_is_not_one_and_one_is_not_one_point_nought(bundle: Bundle) -> None:
    assert bundle["document"]["wordings"][0]["version"] == 1
    assert refusal(altered(bundle, ("document", "wordings", 0, "version"), True))
    assert refusal(altered(bundle, ("document", "wordings", 0, "version"), 1.0))
    assert refusal(altered(bundle, ("head", "number"), float(bundle["head"]["number"])))


def test_no_character_of_a_leaf_can_be_changed(bundle: Bundle) -> None:
    for number, entry in enumerate(bundle["entries"]):
        for at in range(0, len(entry["leaf"]), 7):
            leaf = entry["leaf"]
            spoilt = leaf[:at] + chr(ord(leaf[at]) ^ 1) + leaf[at + 1 :]
            assert f"entry {number + 1}: " in refusal(
                altered(bundle, ("entries", number, "leaf"), spoilt)
            )


def test_no_character_of_a_disclosure_can_be_changed(bundle: Bundle) -> None:
    for number, entry in enumerate(bundle["entries"]):
        for index, one in enumerate(entry["disclosures"]):
            spoilt = one[:-1] + ("A" if one[-1] != "A" else "B")
            path = ("entries", number, "disclosures", index)
            assert "is not one that was hashed" in refusal(altered(bundle, path, spoilt))


def test_addresses_are_those_of_the_ids_they_stand_beside(bundle: Bundle) -> None:
    elsewhere = "https://elsewhere.example/claims/0000000000/"
    for path in positions(bundle["document"], ("document",)):
        if path[-1] in ADDRESSES and "evidence" not in path:
            assert "does not say so" in refusal(altered(bundle, path, elsewhere))
