"""Drafts, presence and collisions: nobody loses a character, and nobody sees what is not theirs."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, Draft, Review, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import seen, submit, text_of


def test_a_draft_comes_back_to_its_author_alone(
    sign_in: SignIn, reviewer: User, editor: User
) -> None:
    client = sign_in(reviewer)
    kept = client.post(
        "/admin/drafts/", {"page-of-draft": "/x/", "wording": "Half a sen", "seen": "1"}
    )
    assert kept.json() == {"kept": "Draft kept"}
    back = client.get("/admin/drafts/", {"page-of-draft": "/x/"})
    assert back.json()["fields"] == {"wording": "Half a sen"}
    assert "is back" in back.json()["said"]
    assert sign_in(editor).get("/admin/drafts/?page-of-draft=/x/").json()["fields"] == {}
    client.post("/admin/drafts/discard/", {"page-of-draft": "/x/"})
    assert client.get("/admin/drafts/?page-of-draft=/x/").json() == {"fields": {}, "said": ""}


def test_what_is_too_much_is_refused_in_words(sign_in: SignIn, reviewer: User) -> None:
    answer = sign_in(reviewer).post("/admin/drafts/", {"page-of-draft": "/x/", "a": "b" * 20_001})
    assert answer.status_code == 400
    assert "draft can hold" in answer.json()["refused"]


def test_a_form_that_was_sent_leaves_no_draft(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    url = f"/admin/claims/claim/{claim.pk}/open-review/"
    workflow.save_draft(url, {"note": "Half"}, by=reviewer)
    submit(sign_in(reviewer), url, reason="new_claim")
    assert not Draft.objects.exists()


def test_a_form_that_was_refused_keeps_its_draft(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    url = f"/admin/claims/claim/{claim.pk}/reword/"
    workflow.save_draft(url, {"wording": "Half"}, by=reviewer)
    submit(sign_in(reviewer), url, wording="Whole.", kind="fact", claimant="keep", reason="")
    assert Draft.objects.exists()


def test_who_rewords_second_sees_both_versions_and_keeps_theirs(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    url = f"/admin/claims/claim/{claim.pk}/reword/"
    client = sign_in(reviewer)
    token = seen(client, url)
    workflow.reword_claim(claim, wording="The bridge holds.", reason="Clearer", by=editor)
    typed = {"kind": "fact", "claimant": "keep", "reason": "Mine"}
    page = client.post(url, {"seen": token, "wording": "The bridge stands.", **typed})
    [wording] = [one for one in page.context["versions"] if one.label == "Wording"]
    assert (wording.theirs, wording.mine) == ("The bridge holds.", "The bridge stands.")
    assert "<del>holds</del>" in page.content.decode()
    assert "<ins>stands</ins>" in page.content.decode()
    assert "Both versions" in text_of(page)
    assert page.context["form"]["wording"].value() == "The bridge stands."


def test_who_proposes_second_sees_both_versions(
    sign_in: SignIn, review: Review, second_reviewer: User, editor: User
) -> None:
    url = f"/admin/claims/review/{review.pk}/propose/"
    workflow.return_review(review, reason="More", by=editor)
    client = sign_in(second_reviewer)
    token = seen(client, url)
    draft = workflow.VerdictDraft(status=VerificationStatus.CONFIRMED, rationale="Theirs.")
    workflow.propose_verdict(review, draft, by=editor)
    pieces = [row.pk for row in review.claim.evidence.all()]
    typed = {"status": "confirmed", "rationale": "Mine.", "evidence": pieces}
    page = client.post(url, {"seen": token, **typed})
    assert [(one.theirs, one.mine) for one in page.context["versions"] if one.mine == "Mine."] == [
        ("Theirs.", "Mine.")
    ]


def test_presence_says_who_else_is_here(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    url = f"/admin/presence/{claim.pk}/"
    assert sign_in(reviewer).post(url, {"doing": "Reword the claim"}).json() == {"others": []}
    [said] = sign_in(editor).post(url).json()["others"]
    assert reviewer.public_name in said
    assert "Reword the claim" in said
    sign_in(reviewer).post(f"{url}end/")
    assert sign_in(editor).post(url).json() == {"others": []}


def test_nothing_changes_on_get(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    client = sign_in(reviewer)
    assert client.get(f"/admin/presence/{claim.pk}/").status_code == 405
    assert client.get(f"/admin/presence/{claim.pk}/end/").status_code == 405
    assert client.get("/admin/drafts/discard/").status_code == 405


def test_who_may_not_see_claims_is_at_none(sign_in: SignIn, claim: Claim) -> None:
    stranger = sign_in(factories.UserFactory(is_staff=True))
    assert stranger.post(f"/admin/presence/{claim.pk}/").status_code == 403
    assert stranger.post(f"/admin/presence/{claim.pk}/end/").status_code == 403


def test_a_claim_that_is_not_there(sign_in: SignIn, reviewer: User) -> None:
    client = sign_in(reviewer)
    for key in (999, 10**30):
        assert client.post(f"/admin/presence/{key}/").status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_of_a_draft(
    sign_in: SignIn, reviewer: User, number: int, django_assert_num_queries: Any
) -> None:
    client = sign_in(reviewer)
    typed = {f"field{n}": "x" for n in range(number)}
    client.get("/admin/notices/count/")
    # Session, person; savepoint or transaction is counted by none; old fields away, new ones in.
    with django_assert_num_queries(6):
        client.post("/admin/drafts/", {"page-of-draft": "/x/", **typed})
    # Session, person; the draft.
    with django_assert_num_queries(3):
        client.get("/admin/drafts/?page-of-draft=/x/")
