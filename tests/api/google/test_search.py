"""`claims.search`: who finds what, page by page, in the shape that clients index without looking."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import workflow
from claims.models import Claim, User
from claims.vocabulary import EvidenceKind, Precision, RedactionReason, Stance, VerificationStatus
from tests import factories
from tests.api.google.conftest import SEARCH, Found, Google, bridges
from tests.public.pages import document

Queries = Callable[[int], AbstractContextManager[Any]]


def texts(found: Found) -> list[str]:
    return [claim["text"] for claim in found.get("claims", [])]


def test_a_claim_has_all_that_clients_index_without_looking(google: Google) -> None:
    speaker = factories.ClaimantFactory(name="Mayor Ada")
    claim = factories.published_claim(
        VerificationStatus.UNCONFIRMED,
        wording="The ferry is late.",
        claimant=speaker,
        said_on=date(2024, 11, 5),
        language="pt-BR",
    )
    (found,) = google.get(query="ferry")["claims"]
    shown = document(claim)
    assert found == {
        "text": "The ferry is late.",
        "claimant": "Mayor Ada",
        "claimDate": "2024-11-05T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "factcheck", "site": "testserver"},
                "url": f"http://testserver{shown['html_url']}",
                "title": "Unproven: “The ferry is late.”",
                "reviewDate": shown["status_since"],
                "textualRating": "Unproven",
                "languageCode": "pt-BR",
            }
        ],
    }


@pytest.mark.parametrize("status", VerificationStatus)
def test_no_rating_holds_the_word_of_its_opposite(
    google: Google, status: VerificationStatus
) -> None:
    factories.published_claim(status, wording="The ferry is late.")
    (found,) = google.get(query="ferry")["claims"]
    (review,) = found["claimReview"]
    holds = "confirmed" in f"{review['textualRating']} {review['title']}".lower()
    assert holds == (status == VerificationStatus.CONFIRMED)


def test_somebody_not_known_has_no_name_and_a_day_not_known_is_left_out(google: Google) -> None:
    factories.published_claim(wording="The ferry is late.")
    (found,) = google.get(query="ferry")["claims"]
    assert found["claimant"] == ""
    assert "claimDate" not in found


def test_of_a_day_that_is_known_by_its_month_the_first_stands_for_all(google: Google) -> None:
    factories.published_claim(
        wording="The ferry is late.", said_on=date(2024, 11, 1), said_on_precision=Precision.MONTH
    )
    assert google.get(query="ferry")["claims"][0]["claimDate"] == "2024-11-01T00:00:00Z"


def test_where_nothing_is_found_there_is_no_list(google: Google, claim: Claim) -> None:
    assert google.get(query="volcano") == {}
    assert google.get(query=claim.wording) == {}, "nobody has published it"
    assert google.get(query="?!") == {}


def test_what_other_fact_checkers_say_comes_after_our_verdict(
    google: Google, published: Claim, contributor: User
) -> None:
    told = {"claim": published, "stance": Stance.REFUTES, "kind": EvidenceKind.FACT_CHECK}
    factories.EvidenceFactory(
        **told,
        by=contributor,
        url="https://www.checkers.example/bridge",
        title="No, it sank",
        publisher_name="The Checkers",
        published_on=date(2024, 6, 1),
        rating="Pants on Fire",
    )
    factories.EvidenceFactory(**told, by=contributor, publisher_name="Without a rating")
    (found,) = google.get(query=published.wording)["claims"]
    own, other = found["claimReview"]
    assert own["textualRating"] == "Confirmed"
    assert other == {
        "publisher": {"name": "The Checkers", "site": "checkers.example"},
        "url": "https://www.checkers.example/bridge",
        "title": "No, it sank",
        "textualRating": "Pants on Fire",
        "languageCode": "und",
        "reviewDate": "2024-06-01T00:00:00Z",
    }


def test_a_sentence_finds_the_claim_that_it_repeats(google: Google) -> None:
    factories.published_claim(wording="Unemployment in Norway fell to three percent in March.")
    sentence = "He told reporters that unemployment in Norway fell to three percent, a record."
    assert texts(google.get(query=sentence)) == [
        "Unemployment in Norway fell to three percent in March."
    ]


@pytest.mark.parametrize(
    ("asked", "found"), [("en", 1), ("en-US", 1), ("EN", 1), ("pt", 1), ("pt-PT", 1), ("de", 0)]
)
def test_the_region_of_a_language_makes_no_difference(
    google: Google, asked: str, found: int
) -> None:
    factories.published_claim(wording="The ferry is late.", language="en")
    factories.published_claim(wording="The ferry is late again.", language="pt-BR")
    assert len(texts(google.get(query="ferry", languageCode=asked))) == found


def test_the_register_is_the_one_site_that_checks(google: Google) -> None:
    bridges(2)
    for site in ("testserver", "www.testserver", "http://testserver/claims/", "TESTSERVER"):
        found = google.get(reviewPublisherSiteFilter=site)
        assert len(texts(found)) == 2, site
    assert google.get(reviewPublisherSiteFilter="other.example") == {}
    assert google.get(query="bridge", reviewPublisherSiteFilter="other.example") == {}


def test_the_age_is_that_of_the_younger_date(google: Google, monkeypatch: Any) -> None:
    factories.published_claim(wording="The ferry is late.", said_on=date(2020, 1, 1))
    assert google.get(query="ferry", maxAgeDays=1) != {}, "judged today"
    later = timezone.now() + timedelta(days=30)
    monkeypatch.setattr("claims.api.google.claims.timezone.now", lambda: later)
    assert google.get(query="ferry", maxAgeDays=29) == {}
    assert google.get(query="ferry", maxAgeDays=30) != {}
    assert google.get(query="ferry", maxAgeDays=0) != {}, "0 is what is not given"
    assert google.get(query="ferry", maxAgeDays=2**31 - 1) != {}


def walked(google: Google, **given: Any) -> list[str]:
    found, token = [], None
    while True:
        page = google.get(**given, **({"pageToken": token} if token else {}))
        found += texts(page)
        token = page.get("nextPageToken")
        if token is None:
            return found


@pytest.mark.parametrize("given", [{"query": "elbe"}, {"reviewPublisherSiteFilter": "testserver"}])
def test_every_claim_is_on_one_page(google: Google, given: dict[str, str]) -> None:
    wordings = [claim.wording for claim in bridges(7)]
    assert sorted(walked(google, **given, pageSize=3)) == wordings
    first = walked(google, **given)
    assert walked(google, **given, pageSize=3) == first
    assert texts(google.get(**given, offset=5)) == first[5:]
    assert texts(google.get(**given, pageSize=2, offset=5)) == first[5:]


def test_a_page_holds_ten_and_at_most_a_hundred(google: Google) -> None:
    bridges(11)
    assert len(texts(google.get(query="elbe"))) == 10
    assert len(texts(google.get(query="elbe", pageSize=1000))) == 11
    assert len(texts(google.get(query="elbe", pageSize=0))) == 10


def test_a_token_is_good_for_the_same_call_alone(google: Google) -> None:
    bridges(3)
    token = google.get(query="elbe", pageSize=1)["nextPageToken"]
    assert google.get(query="elbe", pageSize=2, pageToken=token) != {}
    for other in (
        {"query": "bridge"},
        {"query": "elbe", "languageCode": "en"},
        {"query": "elbe", "maxAgeDays": 3},
    ):
        assert list(google.refused(**other, pageToken=token)) == ["pageToken"]
    assert list(google.refused(query="elbe", pageToken=token[:-1])) == ["pageToken"]


def test_claims_that_public_lists_do_not_show_are_not_found(
    google: Google, editor: User, published: Claim
) -> None:
    survivor = factories.published_claim(wording="The bridge over the Elbe is safe.")
    assert len(texts(google.get(query="safe"))) == 2
    workflow.merge_claims(published, into=survivor, reason="The same.", by=editor)
    assert texts(google.get(query="safe")) == [survivor.wording]
    workflow.void_verdict(survivor, reason="We misread it.", by=editor)
    assert google.get(query="safe") == {}
    assert google.get(reviewPublisherSiteFilter="testserver") == {}


def test_the_wording_that_was_judged_is_the_one_told(
    google: Google, published: Claim, editor: User
) -> None:
    before = published.wording
    workflow.reword_claim(published, wording="The viaduct is safe.", reason="Clear.", by=editor)
    assert texts(google.get(query="viaduct")) == [before]


def test_erased_words_are_told_by_nobody(google: Google, editor: User, second_editor: User) -> None:
    speaker = factories.ClaimantFactory(name="Mayor Ada")
    claim = factories.published_claim(wording="The ferry is late.", claimant=speaker)
    proposal = workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.text"],
        reason=RedactionReason.SAFETY,
        by=editor,
    )
    workflow.redact_text(proposal, by=second_editor)
    assert google.get(query="ferry") == {}
    assert google.get(query="Ada") == {}
    assert google.get(reviewPublisherSiteFilter="testserver") == {}


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_costs_what_one_claim_costs(
    google: Google, django_assert_num_queries: Queries, number: int
) -> None:
    bridges(number)
    # 1: the best by rank; 2: which of them are chosen; 3: their documents
    with django_assert_num_queries(3):
        assert len(texts(google.get(query="elbe", pageSize=50))) == number
    with django_assert_num_queries(1):
        found = google.get(reviewPublisherSiteFilter="testserver", pageSize=50)
    assert len(texts(found)) == number
    sentence = "She wrote that bridge 1 over the Elbe is safe, as every engineer can see."
    # 1: the best by rank; 2 and 3: the nearest; 4: their claims; 5: which of them are chosen; 6: their documents
    with django_assert_num_queries(6):
        assert texts(google.get(query=sentence))


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "a\u2028b\u2029c", "\u202eabc"]
)
def test_hostile_words_are_data(google: Google, text: str) -> None:
    claim = factories.published_claim(
        wording=f"The ferry {text} is late.", claimant=factories.ClaimantFactory(name=f"N {text}")
    )
    response = google.client.get(SEARCH, {"query": "ferry"})
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    (found,) = response.json()["claims"]
    assert found["text"] == claim.wording
