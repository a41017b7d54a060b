"""Publishing a verdict alone from the desk."""

from __future__ import annotations

from typing import Any

from claims import workflow
from claims.models import Claim, Review, User
from claims.vocabulary import Act, ReviewReason, VerificationStatus
from claims.workflow import VerdictDraft
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, submit, text_of

FIELDS: dict[str, Any] = {
    "status": "unconfirmed",
    "rationale": "Nobody has seen it.",
    "would_settle": "A photograph.",
    "reason": "Shared a million times.",
}
DRAFT = VerdictDraft(
    status=VerificationStatus.UNCONFIRMED, rationale="Nobody has seen it.", would_settle="A photo."
)


def url_of(claim: Claim, page: str = "override") -> str:
    return f"/admin/claims/claim/{claim.pk}/{page}/"


def test_an_editor_publishes_alone_and_everybody_on_the_desk_sees_it(
    sign_in: SignIn, editor: User, reviewer: User, claim: Claim
) -> None:
    client = sign_in(editor)
    assert url_of(claim) in links_in(client.get(url_of(claim, "change")))
    page = submit(client, url_of(claim), **FIELDS)
    assert "published under your name alone" in said(page)[0]
    assert claim.entries.latest("number").act == Act.VERDICT_OVERRIDE
    words = " ".join(text_of(sign_in(reviewer).get(url_of(claim, "change"))).split())
    assert f"{editor.public_name} published the verdict alone: Shared a million times." in words
    assert "Published by one person" in words


def test_a_reviewer_is_not_offered_it(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    client = sign_in(reviewer)
    assert url_of(claim) not in links_in(client.get(url_of(claim, "change")))
    assert client.get(url_of(claim)).status_code == 403


def test_what_is_missing_is_said_at_its_field(sign_in: SignIn, editor: User, claim: Claim) -> None:
    page = submit(sign_in(editor), url_of(claim), **{**FIELDS, "reason": "", "would_settle": ""})
    assert "reason" in page.context["form"].errors
    page = submit(sign_in(editor), url_of(claim), **{**FIELDS, "would_settle": ""})
    assert "would_settle" in page.context["form"].errors
    assert page.context["form"]["reason"].value() == "Shared a million times."


def test_a_proposal_that_waits_is_filled_in(sign_in: SignIn, editor: User, review: Review) -> None:
    page = sign_in(editor).get(url_of(review.claim))
    form, proposal = page.context["form"], review.latest_proposal()
    assert proposal is not None
    assert form["rationale"].value() == proposal.rationale
    assert form["evidence"].value() == [row.pk for row in proposal.evidence.all()]


def test_the_follow_up_offers_only_what_is_possible(
    sign_in: SignIn, editor: User, reviewer: User, second_reviewer: User, claim: Claim
) -> None:
    workflow.override_verdict(claim, DRAFT, reason="Haste.", by=editor)
    review = claim.reviews.active().get()
    workflow.propose_verdict(review, DRAFT, by=reviewer)
    approve, close = (f"/admin/claims/review/{review.pk}/{name}/" for name in ("approve", "close"))
    offered = {
        person: set(links_in(sign_in(person).get(url_of(claim, "change")))) & {approve, close}
        for person in (editor, second_reviewer)
    }
    assert offered == {editor: set(), second_reviewer: {approve}}
    told = said(sign_in(editor).get(approve, follow=True))
    assert told == ["You published the verdict in force alone; somebody else must approve this."]
    assert "two people give" in said(sign_in(second_reviewer).get(close, follow=True))[0]


def test_no_page_where_no_verdict_is_possible(sign_in: SignIn, editor: User) -> None:
    claim = factories.ClaimFactory(kind="opinion", by=editor)
    client = sign_in(editor)
    assert url_of(claim) not in links_in(client.get(url_of(claim, "change")))
    assert "not checkable" in said(client.get(url_of(claim), follow=True))[0]


def test_the_reason_is_not_one_to_choose_by_hand(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    form = sign_in(reviewer).get(url_of(claim, "open-review")).context["form"]
    assert ReviewReason.OVERRIDE not in dict(form.fields["reason"].choices)
