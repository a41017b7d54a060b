"""Conflicts of interest on the desk: declared on a claim's page, listed, ended; and what they close."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry

from claims import workflow
from claims.models import Claim, Claimant, ConflictOfInterest, Review, User
from claims.vocabulary import ReviewReason
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, submit, text_of

LIST = "/admin/claims/conflictofinterest/"


@pytest.fixture
def theirs(contributor: User) -> Claim:
    """A claim of somebody who is named."""
    claimant = factories.ClaimantFactory(name="Ada Berg")
    return factories.ClaimFactory(claimant=claimant, by=contributor)


@pytest.fixture
def conflict(claim: Claim, reviewer: User) -> ConflictOfInterest:
    """What the reviewer declared."""
    return workflow.declare_conflict(claim=claim, reason="A cousin of mine.", by=reviewer)


def page_of(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/declare-conflict/"


@pytest.mark.parametrize("about", ["claim", "claimant"])
def test_one_is_declared_on_a_claim_or_on_its_claimant(
    sign_in: SignIn, reviewer: User, theirs: Claim, about: str
) -> None:
    page = submit(sign_in(reviewer), page_of(theirs), about=about, reason="A cousin.")
    assert said(page) == ["Conflict of interest declared."]
    conflict = ConflictOfInterest.objects.get()
    assert conflict.person == reviewer
    assert (conflict.claim, conflict.claimant) == (
        (theirs, None) if about == "claim" else (None, theirs.claimant)
    )


def test_where_nobody_is_named_there_is_nothing_to_choose(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    page = sign_in(reviewer).get(page_of(claim))
    assert page.context["form"]["about"].is_hidden
    submit(sign_in(reviewer), page_of(claim), about="claim", reason="r")
    assert ConflictOfInterest.objects.get().claim == claim


@pytest.mark.parametrize("about", ["claimant", "", "nonsense"])
def test_it_cannot_be_about_anything_else(
    sign_in: SignIn, reviewer: User, claim: Claim, about: str
) -> None:
    page = submit(sign_in(reviewer), page_of(claim), about=about, reason="r")
    assert "about" in page.context["form"].errors
    assert not ConflictOfInterest.objects.exists()


def test_one_is_declared_on_a_claimant_without_a_claim(
    sign_in: SignIn, reviewer: User, theirs: Claim
) -> None:
    url = f"/admin/claims/claimant/{theirs.claimant_id}/declare-conflict/"
    submit(sign_in(reviewer), url, about="claimant", reason="r")
    assert ConflictOfInterest.objects.get().claimant == Claimant.objects.get()


def test_an_editor_puts_down_that_of_somebody_else(
    sign_in: SignIn, editor: User, reviewer: User, claim: Claim
) -> None:
    submit(sign_in(editor), page_of(claim), about="claim", person=reviewer.pk, reason="Told me.")
    conflict = ConflictOfInterest.objects.get()
    assert (conflict.person, conflict.declared_by) == (reviewer, editor)


def test_nobody_else_does(
    sign_in: SignIn, reviewer: User, second_reviewer: User, claim: Claim
) -> None:
    submit(sign_in(reviewer), page_of(claim), about="claim", person=second_reviewer.pk, reason="r")
    assert ConflictOfInterest.objects.get().person == reviewer


def test_what_the_verb_refuses_is_said_and_nothing_typed_is_lost(
    sign_in: SignIn, reviewer: User, claim: Claim, conflict: ConflictOfInterest
) -> None:
    page = submit(sign_in(reviewer), page_of(claim), about="claim", reason="Once more.")
    assert "This conflict of interest is known already." in text_of(page)
    assert page.context["form"]["reason"].value() == "Once more."


def test_the_log_that_everybody_reads_says_nothing_of_it(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    submit(sign_in(reviewer), page_of(claim), about="claim", reason="A cousin.")
    entry = LogEntry.objects.get(content_type__model="conflictofinterest")
    assert "cousin" not in entry.object_repr + entry.change_message


def test_people_see_their_own_and_editors_see_all(
    sign_in: SignIn,
    reviewer: User,
    second_reviewer: User,
    editor: User,
    conflict: ConflictOfInterest,
) -> None:
    for person, seen in ((reviewer, True), (second_reviewer, False), (editor, True)):
        page = sign_in(person).get(LIST)
        assert ("A cousin of mine." in text_of(page)) is seen
    assert "My conflicts of interest" in text_of(sign_in(reviewer).get(LIST))


def test_one_is_ended_and_stays_in_the_list_of_those_that_ended(
    sign_in: SignIn, reviewer: User, conflict: ConflictOfInterest
) -> None:
    client = sign_in(reviewer)
    assert "A cousin of mine." in text_of(client.get(f"{LIST}{conflict.pk}/end/"))
    submit(client, f"{LIST}{conflict.pk}/end/")
    assert "A cousin of mine." not in text_of(client.get(LIST))
    assert "A cousin of mine." in text_of(client.get(f"{LIST}?state=ended"))


def test_one_that_has_ended_is_not_ended_again(
    sign_in: SignIn, reviewer: User, conflict: ConflictOfInterest
) -> None:
    workflow.end_conflict(conflict, by=reviewer)
    page = sign_in(reviewer).get(f"{LIST}{conflict.pk}/end/", follow=True)
    assert said(page) == ["This conflict of interest was ended already."]


@pytest.mark.parametrize("method", ["get", "post"])
def test_to_others_there_is_no_such_thing(
    sign_in: SignIn, second_reviewer: User, conflict: ConflictOfInterest, method: str
) -> None:
    client = sign_in(second_reviewer)
    assert getattr(client, method)(f"{LIST}{conflict.pk}/end/").status_code == 404
    assert client.get(f"{LIST}{'9' * 30}/end/").status_code == 404


@pytest.mark.parametrize("verb", ["propose", "approve"])
def test_the_pages_of_verdicts_are_closed_and_say_why(
    sign_in: SignIn, second_reviewer: User, review: Review, reviewer: User, verb: str
) -> None:
    workflow.declare_conflict(claim=review.claim, reason="r", by=second_reviewer)
    if verb == "propose":
        workflow.return_review(review, reason="Say more.", by=reviewer)
    url = f"/admin/claims/review/{review.pk}/{verb}/"
    page = sign_in(second_reviewer).get(url, follow=True)
    told = "You declared a conflict of interest on this claim"
    assert said(page) == [f"{told}."]
    assert f"{told}: its verdict is for others." in " ".join(text_of(page).split())


def test_whoever_declared_one_is_not_offered_as_assignee(
    sign_in: SignIn, editor: User, reviewer: User, theirs: Claim
) -> None:
    workflow.declare_conflict(claimant=theirs.claimant, reason="r", by=reviewer)
    review = workflow.open_review(theirs, reason=ReviewReason.NEW_CLAIM, by=editor)
    page = sign_in(editor).get(f"/admin/claims/review/{review.pk}/assign/")
    assert reviewer not in page.context["form"].fields["to"].queryset
    told = f"Left out, because of a conflict of interest: {reviewer.public_name}"
    assert told in text_of(page)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_six_queries(
    sign_in: SignIn, reviewer: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        claim = factories.ClaimFactory(claimant=factories.ClaimantFactory())
        workflow.declare_conflict(claim=claim, reason="r", by=reviewer)
    client = sign_in(reviewer)
    # session, person, their permissions, their groups' permissions; count, page of rows
    with django_assert_num_queries(6):
        client.get(LIST)
