"""How claims stand to one another, on the desk: seen from both claims, stated and withdrawn on pages of their own."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.desk_vocabulary import RelationKind
from claims.models import Claim, ClaimRelation, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, text_of

pytestmark = pytest.mark.django_db


def page(claim: Claim, act: str = "change") -> str:
    return f"/admin/claims/claim/{claim.pk}/{act}/"


def taking_back(claim: Claim, relation: ClaimRelation) -> str:
    return f"/admin/claims/claim/{claim.pk}/relation/{relation.pk}/take-relation-back/"


@pytest.fixture
def other() -> Claim:
    """Another claim, which is not public."""
    return factories.ClaimFactory(wording="It is not safe.")


@pytest.fixture
def relation(published: Claim, other: Claim, reviewer: User) -> ClaimRelation:
    """What was stated of the two."""
    return workflow.relate_claims(
        other, published, kind=RelationKind.NARROWER, reason="Part of it.", by=reviewer
    )


def shown(sign_in: SignIn, by: User, claim: Claim) -> str:
    return " ".join(text_of(sign_in(by).get(page(claim))).split())


def test_a_reviewer_relates_a_claim_to_one_named_by_its_address(
    sign_in: SignIn, reviewer: User, published: Claim, other: Claim
) -> None:
    client = sign_in(reviewer)
    assert page(published, "relate") in links_in(client.get(page(published)))
    sent = {"kind": "contradicts", "other": f"http://x{page(other)}", "reason": "The opposite."}
    answer = client.post(page(published, "relate"), sent, follow=True)
    assert "The claims are related." in text_of(answer)
    made = ClaimRelation.objects.get()
    assert (made.claim, made.other, made.kind) == (published, other, RelationKind.CONTRADICTS)
    assert (made.reason, made.added_by) == ("The opposite.", reviewer)


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    sign_in: SignIn, reviewer: User, published: Claim, other: Claim, relation: ClaimRelation
) -> None:
    client = sign_in(reviewer)
    sent = {"kind": "narrower", "other": other.public_id, "reason": "Once more."}
    told = text_of(client.post(page(published, "relate"), sent))
    assert "stated of the two claims already" in told
    assert "Once more." in told
    unknown = text_of(client.post(page(published, "relate"), {**sent, "other": "nothing"}))
    assert "No claim of this id is known." in unknown
    assert ClaimRelation.objects.count() == 1


def test_both_pages_say_it_from_their_side(
    sign_in: SignIn, contributor: User, published: Claim, other: Claim, relation: ClaimRelation
) -> None:
    there = shown(sign_in, contributor, other)
    assert f"is narrower than {published.wording}" in there
    here = shown(sign_in, contributor, published)
    assert "is broader than It is not safe. (not public yet) Part of it." in here


def test_it_is_taken_back_from_either_page_with_the_reason_kept(
    sign_in: SignIn, reviewer: User, published: Claim, other: Claim, relation: ClaimRelation
) -> None:
    client = sign_in(reviewer)
    for claim in (published, other):
        assert taking_back(claim, relation) in links_in(client.get(page(claim)))
    assert "It is not safe." in text_of(client.get(taking_back(published, relation)))
    client.post(taking_back(published, relation), {"reason": "Another bridge."})
    relation.refresh_from_db()
    assert relation.withdrawal_reason == "Another bridge."
    for claim in (published, other):
        seen = client.get(page(claim))
        assert "Another bridge." in text_of(seen)
        assert taking_back(claim, relation) not in links_in(seen)
    again = client.get(taking_back(published, relation), follow=True)
    assert "withdrawn already" in text_of(again)


def test_whoever_came_from_one_claim_goes_back_to_it(
    sign_in: SignIn, reviewer: User, published: Claim, other: Claim, relation: ClaimRelation
) -> None:
    for claim in (published, other):
        assert f"{page(claim)}#related-heading" in links_in(
            sign_in(reviewer).get(taking_back(claim, relation))
        )


def test_the_relation_of_other_claims_is_not_found(
    sign_in: SignIn, reviewer: User, relation: ClaimRelation
) -> None:
    stranger = factories.ClaimFactory()
    assert sign_in(reviewer).get(taking_back(stranger, relation)).status_code == 404


def test_a_contributor_and_a_claim_that_has_ended_are_offered_nothing(
    sign_in: SignIn, contributor: User, editor: User, published: Claim, other: Claim
) -> None:
    assert page(published, "relate") not in links_in(sign_in(contributor).get(page(published)))
    workflow.merge_claims(other, into=published, reason="The same.", by=editor)
    assert page(other, "relate") not in links_in(sign_in(editor).get(page(other)))
