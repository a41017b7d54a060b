"""The list of claims: status, claimant, review, last act; filters and search."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Claim, Review, User
from claims.vocabulary import Role, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of

LIST = "/admin/claims/claim/"


def test_a_row_says_status_review_and_last_act(
    sign_in: SignIn, contributor: User, published: Claim
) -> None:
    row = text_of(sign_in(contributor).get(LIST))
    assert "Confirmed" in row
    assert "Verdict given" in row


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=confirmed", True),
        ("status=disputed", False),
        ("status=none", False),
        ("status=withdrawn", False),
        ("status=nonsense", True),
        ("review=proposed", False),
        ("review=never", False),
        ("review=nonsense", True),
        ("kind__exact=fact", True),
        ("kind__exact=figure", False),
        ("q=Bridge", True),
        ("q=Tunnel", False),
        ("o=1", True),
        ("o=-99.abc", True),
    ],
)
def test_filters_and_search_find_what_they_say(
    sign_in: SignIn, contributor: User, published: Claim, query: str, *, found: bool
) -> None:
    page = sign_in(contributor).get(f"{LIST}?{query}")
    assert page.status_code == 200
    assert (published.wording in text_of(page)) is found


def test_a_claim_under_review_is_found_by_its_state(
    sign_in: SignIn, contributor: User, review: Review
) -> None:
    page = sign_in(contributor).get(f"{LIST}?review=proposed")
    assert review.claim.wording in text_of(page)


def test_a_merged_claim_is_told_apart(sign_in: SignIn, editor: User, claim: Claim) -> None:
    survivor = factories.ClaimFactory(by=editor)
    workflow.merge_claims(claim, into=survivor, reason="The same.", by=editor)
    shown = text_of(sign_in(editor).get(LIST))
    assert shown.count("Merged") == 2  # as its status and as its last act
    assert text_of(sign_in(editor).get(f"{LIST}?q={survivor.public_id}")).count("Merged") == 0


def test_what_was_never_taken_up_is_what_the_desk_says_waits(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    forecast = factories.ClaimFactory(wording="It will fall.", kind="forecast", by=editor)
    merged = factories.ClaimFactory(wording="It stood.", by=editor)
    workflow.merge_claims(merged, into=claim, reason="The same.", by=editor)
    shown = text_of(sign_in(editor).get(f"{LIST}?review=never"))
    assert claim.wording in shown
    assert forecast.wording not in shown
    assert merged.wording not in shown


@pytest.mark.parametrize(
    "query",
    [
        "wording__regex=(a%2B)%2B$",
        "wording__iregex=(a%2B)%2B$",
        "claimant__name__regex=x",
        "entries__by__email__startswith=a",
        "head_hash=x",
        "nonsense=1",
        "kind__exact__regex=x",
    ],
)
def test_a_look_up_that_is_not_offered_is_refused(
    sign_in: SignIn, contributor: User, query: str
) -> None:
    assert sign_in(contributor).get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["p=99999999999999999999", "p=x", "q=%00", "q=" + "x" * 5000, "all=1"]
)
def test_an_odd_query_is_no_error(sign_in: SignIn, contributor: User, query: str) -> None:
    page = sign_in(contributor).get(f"{LIST}?{query}", follow=True)
    assert page.status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_eight_queries(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        claimant = factories.ClaimantFactory()
        factories.proposed_review(
            factories.ClaimFactory(claimant=claimant),
            VerificationStatus.UNCONFIRMED,
            proposer=factories.person(Role.REVIEWER),
        )
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; the topics to choose from; count, page
    # of rows, the topics of the claims
    with django_assert_num_queries(8):
        client.get(LIST)
