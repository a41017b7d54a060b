"""Withdrawing evidence, rewording, voiding, merging, opening a review: the small pages of a claim."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Claim, Claimant, Review, User
from claims.vocabulary import Act, ReviewReason
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, shown_in, submit, text_of


def url_of(claim: Claim, page: str) -> str:
    return f"/admin/claims/claim/{claim.pk}/{page}/"


def last_act(claim: Claim) -> str:
    return claim.entries.latest("number").act


def test_evidence_is_withdrawn_with_its_reason(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    evidence = factories.EvidenceFactory(claim=claim, by=reviewer)
    url = url_of(claim, f"evidence/{evidence.entry.number}/withdraw")
    page = submit(sign_in(reviewer), url, reason="A forgery.")
    assert last_act(claim) == Act.EVIDENCE_WITHDRAWN
    assert "A forgery." in text_of(page)


def test_a_withdrawal_needs_a_reason(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    evidence = factories.EvidenceFactory(claim=claim, by=reviewer)
    url = url_of(claim, f"evidence/{evidence.entry.number}/withdraw")
    page = submit(sign_in(reviewer), url, reason="  ")
    assert "reason" in page.context["form"].errors
    assert last_act(claim) == Act.EVIDENCE_ADDED


def test_evidence_withdrawn_already_says_so(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    evidence = factories.EvidenceFactory(claim=claim, by=reviewer)
    workflow.withdraw_evidence(evidence, reason="Wrong.", by=reviewer)
    url = url_of(claim, f"evidence/{evidence.entry.number}/withdraw")
    page = sign_in(reviewer).get(url, follow=True)
    assert said(page) == ["This evidence was withdrawn already."]


def test_evidence_of_another_claim_is_not_found_here(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    factories.EvidenceFactory(by=reviewer)
    assert sign_in(reviewer).get(url_of(claim, "evidence/2/withdraw")).status_code == 404


def test_a_claim_is_reworded(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    submit(
        sign_in(reviewer),
        url_of(claim, "reword"),
        wording="It stands.",
        kind="figure",
        claimant="keep",
        reason="Clearer.",
    )
    claim.refresh_from_db()
    assert (claim.wording, claim.kind) == ("It stands.", "figure")


@pytest.mark.parametrize(("choice", "name"), [("new", "The council"), ("nobody", None)])
def test_a_rewording_may_name_another_claimant(
    sign_in: SignIn, reviewer: User, choice: str, name: str | None
) -> None:
    claim = factories.ClaimFactory(claimant=factories.ClaimantFactory(), by=reviewer)
    submit(
        sign_in(reviewer),
        url_of(claim, "reword"),
        wording=claim.wording,
        kind="fact",
        claimant=choice,
        claimant_name=name or "",
        claimant_kind="body",
        reason="It was the council.",
    )
    claim.refresh_from_db()
    assert (claim.claimant and claim.claimant.name) == name


def test_a_rewording_that_changes_nothing_is_refused_at_the_wording(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    page = submit(
        sign_in(reviewer),
        url_of(claim, "reword"),
        wording=claim.wording,
        kind="fact",
        claimant="keep",
        reason="No reason.",
    )
    assert "would stay as it is" in page.context["form"].errors["wording"][0]
    assert page.context["form"]["reason"].value() == "No reason."


def test_a_new_claimant_is_not_kept_when_the_rewording_is_refused(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    submit(
        sign_in(reviewer),
        url_of(claim, "reword"),
        wording="x" * 1001,
        kind="fact",
        claimant="new",
        claimant_name="The council",
        reason="Why not.",
    )
    assert not Claimant.objects.exists()


def test_a_verdict_is_voided(sign_in: SignIn, editor: User, published: Claim) -> None:
    submit(sign_in(editor), url_of(published, "void"), reason="A mistake.")
    published.refresh_from_db()
    assert published.status is None


def test_there_is_nothing_to_void_without_a_verdict(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    page = sign_in(editor).get(url_of(claim, "void"), follow=True)
    assert said(page) == ["This claim has no verdict in force."]


@pytest.mark.parametrize(
    "given", ["{id}", "{id} ", "/claims/{id}/bridge-is-safe/", "/admin/claims/claim/{pk}/change/"]
)
def test_a_duplicate_is_merged_into_the_claim_named(
    sign_in: SignIn, editor: User, claim: Claim, given: str
) -> None:
    survivor = factories.ClaimFactory(by=editor)
    fields = {"into": given.format(id=survivor.public_id, pk=survivor.pk), "reason": "The same."}
    client = sign_in(editor)
    first = submit(client, url_of(claim, "merge"), **fields)
    assert "Nothing was done yet" in text_of(first)
    assert survivor.wording in text_of(first)
    submit(client, url_of(claim, "merge"), **fields, shown=shown_in(first))
    claim.refresh_from_db()
    assert claim.merged_into == survivor


def test_nobody_merges_into_another_claim_than_the_one_they_were_shown(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    shown, other = factories.ClaimFactory(by=editor), factories.ClaimFactory(by=editor)
    client, fields = sign_in(editor), {"into": shown.public_id, "reason": "The same."}
    token = shown_in(submit(client, url_of(claim, "merge"), **fields))
    fields = {"into": other.public_id, "reason": "The same.", "shown": token}
    page = submit(client, url_of(claim, "merge"), **fields)
    assert other.wording in text_of(page)
    assert shown_in(page).startswith(other.public_id)
    claim.refresh_from_db()
    assert claim.merged_into is None


def test_a_claim_under_review_is_not_offered_to_merge(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    client = sign_in(editor)
    assert url_of(claim, "merge") not in links_in(
        client.get(f"/admin/claims/claim/{claim.pk}/change/")
    )
    page = client.get(url_of(claim, "merge"), follow=True)
    assert said(page) == ["A review of this claim is in progress: end it first."]


@pytest.mark.parametrize(
    "given", ["", "nothing here", "0000000000", "/claim/99999999999999999999/"]
)
def test_a_survivor_that_is_not_there_is_refused_at_its_field(
    sign_in: SignIn, editor: User, claim: Claim, given: str
) -> None:
    page = submit(sign_in(editor), url_of(claim, "merge"), into=given, reason="The same.")
    assert "into" in page.context["form"].errors


def test_a_claim_is_not_merged_into_itself(sign_in: SignIn, editor: User, claim: Claim) -> None:
    page = submit(sign_in(editor), url_of(claim, "merge"), into=claim.public_id, reason="The same.")
    assert "into itself" in page.context["form"].errors["into"][0]


def test_a_merge_sent_twice_merges_once(sign_in: SignIn, editor: User, claim: Claim) -> None:
    survivor = factories.ClaimFactory(by=editor)
    client = sign_in(editor)
    fields = {"into": survivor.public_id, "reason": "The same."}
    fields["shown"] = shown_in(submit(client, url_of(claim, "merge"), **fields))
    submit(client, url_of(claim, "merge"), **fields)
    again = client.post(url_of(claim, "merge"), fields)
    assert "merged into another" in text_of(again)
    assert survivor.entries.filter(act=Act.CLAIM_ABSORBED).count() == 1


def test_a_review_is_opened(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    page = submit(
        sign_in(contributor), url_of(claim, "open-review"), reason="new_claim", note="Soon, please."
    )
    assert Review.objects.get().note == "Soon, please."
    assert "Review opened." in said(page)


def test_a_published_claim_is_not_taken_up_as_a_new_one(
    sign_in: SignIn, contributor: User, published: Claim
) -> None:
    client = sign_in(contributor)
    for reason in ("", "new_claim"):
        page = submit(client, url_of(published, "open-review"), reason=reason)
        assert "reason" in page.context["form"].errors
    submit(client, url_of(published, "open-review"), reason="new_evidence")
    assert published.reviews.active().get().reason == ReviewReason.NEW_EVIDENCE


def test_a_second_review_is_not_opened(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)
    client = sign_in(contributor)
    opened = client.get(url_of(claim, "open-review"), follow=True)
    assert said(opened) == ["This claim already has a review in progress."]
    sent = client.post(url_of(claim, "open-review"), {"reason": "new_claim", "seen": "1"})
    assert "already has a review" in text_of(sent)
    assert Review.objects.count() == 1


def test_a_forecast_gets_no_review(sign_in: SignIn, contributor: User) -> None:
    claim = factories.ClaimFactory(kind="forecast", by=contributor)
    client = sign_in(contributor)
    assert "not checkable" in text_of(client.get(url_of(claim, "open-review"), follow=True))
    sent = client.post(url_of(claim, "open-review"), {"reason": "new_claim", "seen": "1"})
    assert "not checkable" in text_of(sent)
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        # session, person, their permissions, their groups' permissions; claim …
        ("void", 5),
        ("reword", 5),
        ("merge", 6),  # … and whether a review is in progress
        ("open-review", 6),  # … and whether a review is in progress
        ("evidence/2/withdraw", 6),  # … evidence instead, and whether it stands
    ],
)
@pytest.mark.parametrize("rows", [1, 20])
def test_each_page_takes_a_fixed_number_of_queries(
    sign_in: SignIn, editor: User, rows: int, page: str, queries: int, django_assert_num_queries
) -> None:
    claim = factories.ClaimFactory(by=editor)
    for _ in range(rows):
        factories.EvidenceFactory(claim=claim, by=editor)
    factories.give_verdict(claim)
    client = sign_in(editor)
    with django_assert_num_queries(queries):
        assert client.get(url_of(claim, page)).status_code == 200
