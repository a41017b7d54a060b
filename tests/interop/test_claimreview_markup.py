"""Verdicts as ClaimReview: what every one of them says, what none does, and that our shapes refuse what is wrong."""

from __future__ import annotations

import copy
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from claims import workflow
from claims.interop.claimreview import reviews_in
from claims.interop.claimreview_markup import claim_review, publisher_of
from claims.models import Claim
from claims.vocabulary import Cause, ReviewReason, Role, VerificationStatus
from claims.workflow import VerdictDraft
from tests import factories
from tests.interop.markup import complaints, unknown_properties
from tests.public.pages import document, everything

pytestmark = pytest.mark.django_db
BASE = "https://register.example"
FUNDING = {"ownershipFundingInfo": "https://register.example/funding", "unheardOf": "x"}
LABELS = {"confirmed": "Confirmed", "unconfirmed": "Unproven", "disputed": "Disputed"}


def markup_of(of: dict[str, Any]) -> dict[str, Any] | None:
    publisher = publisher_of("The Register", BASE, FUNDING)
    return claim_review(of, publisher=publisher, base=BASE)


def markup(claim: Claim) -> dict[str, Any]:
    found = markup_of(document(claim))
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("status", VerificationStatus)
def test_every_status_conforms_and_numbers_stand_with_confirmed_alone(
    status: VerificationStatus,
) -> None:
    found = markup(factories.published_claim(status))
    assert complaints(found) == ""
    assert unknown_properties(found) == []
    rating = found["reviewRating"]
    assert rating["alternateName"] == LABELS[status]
    numbers = {name: rating[name] for name in rating if name.endswith("Rating") or "Value" in name}
    confirmed = {"ratingValue": 5, "bestRating": 5, "worstRating": 1}
    assert numbers == (confirmed if status == VerificationStatus.CONFIRMED else {})


def test_no_rating_holds_the_word_of_its_opposite() -> None:
    for status in (VerificationStatus.UNCONFIRMED, VerificationStatus.DISPUTED):
        label = markup(factories.published_claim(status))["reviewRating"]["alternateName"].lower()
        assert not any(word in label for word in ("confirmed", "true", "correct", "verified"))


def test_a_whole_claim_is_told_with_its_places_and_sources() -> None:
    scene = everything("“plain” words")
    found = markup(scene.claim)
    claim = found["itemReviewed"]
    home = f"{BASE}/claims/{scene.claim.public_id}/"
    assert (found["@id"], claim["@id"]) == (f"{home}#review", f"{home}#claim")
    assert found["url"].startswith(home)
    assert found["@context"] == "https://schema.org"
    assert claim["author"] == {
        "@type": "Thing",
        "name": "Speaker “plain” words",
        "description": "Role “plain” words",
    }
    assert claim["firstAppearance"]["url"] == "https://news.example/report?a=1&b=2"
    assert claim["firstAppearance"]["publisher"]["name"] == "Publisher “plain” words"
    # Three pieces were added, one was withdrawn since.
    assert [source.get("url") for source in found["citation"]] == [
        "https://source.example/?q=1&r=2",
        None,
    ]
    assert found["author"]["ownershipFundingInfo"] == FUNDING["ownershipFundingInfo"]
    assert "unheardOf" not in found["author"]
    assert (complaints(found), unknown_properties(found)) == ("", [])


def test_the_claim_reviewed_is_the_wording_that_was_judged() -> None:
    scene = everything("it")
    assert document(scene.claim)["wording"] == "Second it"
    assert markup(scene.claim)["claimReviewed"] == "First it"


def test_a_correction_is_data(published: Claim) -> None:
    proposer, approver = factories.person(Role.REVIEWER), factories.person(Role.REVIEWER)
    factories.add_what_carries(published, VerificationStatus.DISPUTED, by=proposer)
    review = workflow.open_review(published, reason=ReviewReason.NEW_EVIDENCE, by=proposer)
    draft = VerdictDraft(
        status=VerificationStatus.DISPUTED, rationale="We erred.", cause=Cause.CORRECTION
    )
    workflow.propose_verdict(review, draft, by=proposer)
    workflow.approve_verdict(review, by=approver)
    found = markup(published)
    assert [one["@type"] for one in found["correction"]] == ["CorrectionComment"]
    assert found["correction"][0]["text"].startswith("Corrected from Confirmed to Disputed.")
    assert found["correction"][0]["datePublished"] == found["dateModified"]
    assert found["dateModified"] > found["datePublished"]
    assert (complaints(found), unknown_properties(found)) == ("", [])


def test_a_withdrawn_verdict_and_a_merged_claim_have_none(published: Claim, editor: Any) -> None:
    other = factories.published_claim()
    workflow.void_verdict(published, reason="An error.", by=editor)
    assert markup_of(document(published)) is None
    workflow.merge_claims(other, into=published, reason="The same.", by=editor)
    assert markup_of(document(other)) is None


def test_erased_words_have_none(published: Claim) -> None:
    gone = document(published)
    gone["wordings"][0]["text"] = None
    assert markup_of(gone) is None


def test_it_says_the_same_in_every_language(published: Claim) -> None:
    with translation.override("de"):
        german = markup(published)
    assert german == markup(published)
    assert german["reviewRating"]["ratingExplanation"].startswith("Independent evidence")


def test_an_imported_verdict_says_whence(published: Claim) -> None:
    there = document(published)
    there["verdict"] |= {"imported": True, "origin": "An older register"}
    found = markup_of(there)
    assert found is not None
    assert found["creditText"] == "An older register"
    assert unknown_properties(found) == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", ""])
def test_an_address_that_is_none_of_the_web_is_left_out(published: Claim, address: str) -> None:
    there = document(published)
    there["evidence"][0]["url"] = there["evidence"][0]["archived_url"] = address
    found = markup_of(there)
    assert found is not None
    assert "url" not in found["citation"][0]
    assert "archivedAt" not in found["citation"][0]


def test_a_claimant_known_to_be_a_person_or_a_body_is_called_so(published: Claim) -> None:
    there = document(published)
    for kind, named in (("person", "Person"), ("body", "Organization"), ("unnamed", "Thing")):
        there["claimant"] = {"name": "N", "role": "R", "kind": kind}
        found = markup_of(there)
        assert found is not None
        assert found["itemReviewed"]["author"]["@type"] == named
        assert (complaints(found), unknown_properties(found)) == ("", [])


def test_our_own_reader_reads_it(published: Claim) -> None:
    (read,) = reviews_in(markup(published))
    assert read.claim_text == document(published)["wording"]
    assert read.rating == "Confirmed"


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "no address": lambda found: found.pop("url"),
    "no rating": lambda found: found.pop("reviewRating"),
    "no label": lambda found: found["reviewRating"].pop("alternateName"),
    "another label": lambda found: found["reviewRating"].update(alternateName="Unconfirmed"),
    "confirmed without number": lambda found: found["reviewRating"].pop("ratingValue"),
    "another number": lambda found: found["reviewRating"].update(ratingValue=9),
    "a number for what is not proven": lambda found: found["reviewRating"].update(
        alternateName="Unproven"
    ),
    "a person for a claim": lambda found: found.update(
        claimReviewed={"@type": "Person", "name": "N"}
    ),
    "no claim": lambda found: found.pop("itemReviewed"),
    "no claim's text": lambda found: found["itemReviewed"].pop("text"),
    "no publisher": lambda found: found.pop("author"),
    "no policy of corrections": lambda found: found["author"].pop("correctionsPolicy"),
    "no date": lambda found: found.pop("dateModified"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_shapes_refuse_what_is_broken(published: Claim, name: str) -> None:
    found = copy.deepcopy(markup(published))
    BROKEN[name](found)
    assert complaints(found) != ""


def test_the_list_of_properties_finds_a_misspelt_one(published: Claim) -> None:
    found = markup(published)
    assert unknown_properties({**found, "claimsReviewed": "x"}) == ["ClaimReview.claimsReviewed"]
    found["reviewRating"]["ratingvalue"] = 5
    assert unknown_properties(found) == ["Rating.ratingvalue"]
