"""What the desk found beside the text: others' fact-checks, wire credits, likely reprints. A person decides."""

from __future__ import annotations

import json

import pytest

from claims import workflow
from claims.models import Claim, Evidence, SourceReading, User
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of
from tests.admin.test_add_read_evidence import form_of, send, url_of
from tests.workflow.fetching_of import ADDRESS, PARAGRAPHS, page, read_reading

REVIEWS = [
    {
        "@type": "ClaimReview",
        "claimReviewed": claimed,
        "author": {"@type": "Organization", "name": "The Checkers"},
        "reviewRating": {"alternateName": rating},
        "datePublished": "2025-05-02",
        "name": f"Checked: {claimed}",
    }
    for claimed, rating in (("The tunnel floods.", "True"), ("Bridge 1 is safe", "À nuancer, 2/5"))
]
CHECKED = page(head=f'<script type="application/ld+json">{json.dumps(REVIEWS)}</script>')


@pytest.fixture
def claim(contributor: User) -> Claim:
    """A claim the second fact-check is about."""
    return factories.ClaimFactory(wording="Bridge 1 is safe.", by=contributor)


@pytest.fixture
def reading(claim: Claim, contributor: User) -> SourceReading:
    """A page that was read."""
    return read_reading(claim, contributor)


# --- Another outlet's fact-check ------------------------------------------------------------------


@pytest.fixture
def checked(claim: Claim, contributor: User) -> SourceReading:
    """A page with two fact-checks, the second of which is about our claim."""
    return read_reading(claim, contributor, CHECKED)


def test_the_nearest_fact_check_fills_the_form_in(
    sign_in: SignIn, contributor: User, checked: SourceReading
) -> None:
    response = sign_in(contributor).get(url_of(checked))
    filled = form_of(response)
    assert filled["kind"] == EvidenceKind.FACT_CHECK
    assert filled["rating"] == "À nuancer, 2/5"
    assert filled["title"] == "Checked: Bridge 1 is safe"
    assert "Fact-checks this page carries" in text_of(response)
    send(sign_in, contributor, checked)
    assert Evidence.objects.get().rating == "À nuancer, 2/5"


def test_another_one_can_be_chosen_or_none(
    sign_in: SignIn, contributor: User, checked: SourceReading
) -> None:
    client = sign_in(contributor)
    other = form_of(client.get(f"{url_of(checked)}?review=2"))
    assert (other["rating"], other["title"]) == ("True", "Checked: The tunnel floods.")
    none = form_of(client.get(f"{url_of(checked)}?review=none"))
    assert (none["kind"], none.get("rating")) == (EvidenceKind.NEWS_REPORT, None)
    assert none["title"] == "Bridge closed"


@pytest.mark.parametrize("odd", ["0", "3", "-1", "x", "9" * 30, "\0"])
def test_an_odd_choice_is_the_nearest(
    sign_in: SignIn, contributor: User, checked: SourceReading, odd: str
) -> None:
    response = sign_in(contributor).get(url_of(checked), {"review": odd})
    assert form_of(response)["rating"] == "À nuancer, 2/5"


# --- Reprints -------------------------------------------------------------------------------------


@pytest.fixture
def reprint(claim: Claim, contributor: User, reading: SourceReading) -> SourceReading:
    """The same story in another paper."""
    draft = EvidenceDraft(stance=Stance.REFUTES, kind=EvidenceKind.NEWS_REPORT, url=ADDRESS)
    workflow.add_read_evidence(reading, draft, by=contributor)
    body = page(paragraphs=(*PARAGRAPHS[:2], "It rained.")).replace(b"The Gazette", b"The Sun")
    return read_reading(claim, contributor, body, url="https://sun.example/bridge")


def test_a_likely_reprint_is_said_and_must_be_decided(
    sign_in: SignIn, contributor: User, reprint: SourceReading
) -> None:
    response = sign_in(contributor).get(url_of(reprint))
    text = text_of(response)
    assert "This may be of the same origin as evidence that stands here" in text
    assert "Entry 2" in text
    assert "Its stored text is nearly the same." in text
    refused = send(sign_in, contributor, reprint)
    assert "same_origin_as" in refused.context["form"].errors
    assert Evidence.objects.count() == 1


def test_a_person_may_say_that_it_is_one(
    sign_in: SignIn, contributor: User, reprint: SourceReading
) -> None:
    first = Evidence.objects.get()
    send(sign_in, contributor, reprint, same_origin_as=first.pk)
    assert Evidence.objects.latest("entry").origin == first.origin


def test_or_that_it_is_a_source_of_its_own(
    sign_in: SignIn, contributor: User, reprint: SourceReading
) -> None:
    send(sign_in, contributor, reprint, same_origin_as="own")
    row = Evidence.objects.latest("entry")
    assert row.origin == row.entry.number


def test_a_wire_credit_is_shown_with_its_words(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    credited = page().replace(b"</h1>", b"</h1><address>Associated Press in Oslo</address>")
    response = sign_in(contributor).get(url_of(read_reading(claim, contributor, credited)))
    assert "Credited to" in text_of(response)
    assert "Associated Press in Oslo" in text_of(response)
