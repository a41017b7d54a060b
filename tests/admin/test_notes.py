"""Notes on a review: written on the claim's page, shown there in order, and made harmless."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Claim, Review, ReviewNote, User
from claims.vocabulary import Role
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, text_of


def page_of(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/change/"


def note_url(review: Review) -> str:
    return f"/admin/claims/review/{review.pk}/note/"


PEOPLE = "/admin/claims/review/people/"


def test_a_note_is_written_on_the_claims_page(
    sign_in: SignIn, review: Review, contributor: User
) -> None:
    client = sign_in(contributor)
    assert f'action="{note_url(review)}"' in client.get(page_of(review.claim)).content.decode()
    answer = client.post(note_url(review), {"text": "Call *them* again."}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{page_of(review.claim)}#notes"
    assert said(answer) == ["Note added."]
    assert "Call <em>them</em> again." in answer.content.decode()
    assert ReviewNote.objects.get().by == contributor


def test_notes_stand_in_the_order_they_were_written(
    sign_in: SignIn, review: Review, reviewer: User, editor: User
) -> None:
    for number, by in enumerate((reviewer, editor, reviewer)):
        workflow.add_note(review, text=f"Remark {number}.", by=by)
    shown = text_of(sign_in(editor).get(page_of(review.claim))).partition("Notes of the desk")[2]
    places = [shown.index(f"Remark {number}.") for number in range(3)]
    assert places == sorted(places)


def test_a_name_that_is_nobodys_is_shown_as_such_and_nothing_is_lost(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    client = sign_in(reviewer)
    text = "@sofia and @nobody should look."
    answer = client.post(note_url(review), {"text": text}, follow=True)
    assert said(answer) == ["Note added. Nobody on the desk is called @nobody."]
    shown = " ".join(text_of(answer).split())
    assert text in shown
    assert f"Mentions @sofia ({second_reviewer.public_name})" in shown
    assert "Nobody on the desk is called @nobody" in shown.partition(text)[2]


def test_what_a_note_holds_does_not_come_alive(
    sign_in: SignIn, review: Review, reviewer: User
) -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://i.example/x.png)"
    workflow.add_note(review, text=text, by=reviewer)
    page = sign_in(reviewer).get(page_of(review.claim)).content.decode()
    notes = page.partition('id="notes"')[2].partition("</ol>")[0]
    assert "&lt;script&gt;" in notes
    assert "<script" not in notes
    assert "<img" not in notes
    assert 'href="javascript' not in notes


@pytest.mark.parametrize("text", ["", "a\0b", "x" * 20_001])
def test_a_note_that_cannot_be_kept_comes_back_with_the_reason(
    sign_in: SignIn, review: Review, reviewer: User, text: str
) -> None:
    answer = sign_in(reviewer).post(note_url(review), {"text": text})
    assert answer.status_code == 200
    assert "text" in answer.context["form"].errors
    assert answer.context["form"]["text"].value() == text
    assert not ReviewNote.objects.exists()


def test_a_review_that_ended_keeps_its_notes(
    sign_in: SignIn, review: Review, reviewer: User
) -> None:
    workflow.add_note(review, text="They called back.", by=reviewer)
    workflow.close_review(review, reason="A duplicate.", by=reviewer)
    shown = text_of(sign_in(reviewer).get(page_of(review.claim)))
    assert "They called back." in shown.partition("Earlier reviews")[2]


def test_somebody_without_the_verb_writes_none(
    sign_in: SignIn, review: Review, importer: User
) -> None:
    client = sign_in(importer)
    assert note_url(review) not in client.get(page_of(review.claim)).content.decode()
    assert client.post(note_url(review), {"text": "Mine."}).status_code == 403


def test_colleagues_are_offered_by_the_beginning_of_either_name(
    sign_in: SignIn, reviewer: User, second_reviewer: User, contributor: User
) -> None:
    factories.person(Role.EDITOR, username="zelda", public_name="Sofía Paz")
    factories.person(Role.EDITOR, username="solveig", is_active=False)
    offered = sign_in(reviewer).get(PEOPLE, {"q": "SO"}).json()
    assert offered == {
        "people": [
            {"name": "sofia", "called": second_reviewer.public_name},
            {"name": "zelda", "called": "Sofía Paz"},
        ]
    }


@pytest.mark.parametrize("odd", ["\0", "%", "_", "\\", "x" * 5_000, "'"])
def test_an_odd_beginning_offers_nobody(sign_in: SignIn, reviewer: User, odd: str) -> None:
    assert sign_in(reviewer).get(PEOPLE, {"q": odd}).json() == {"people": []}


def test_strangers_are_not_told_who_is_here(sign_in: SignIn, review: Review) -> None:
    assert sign_in(factories.UserFactory(is_staff=True)).get(PEOPLE).status_code == 403
    assert sign_in(factories.UserFactory(is_staff=False)).get(PEOPLE).status_code == 302


@pytest.mark.parametrize("rows", [1, 20])
def test_offering_people_takes_five_queries(
    sign_in: SignIn, reviewer: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        factories.person(Role.REVIEWER)
    client = sign_in(reviewer)
    # session, person, their permissions, their groups' permissions; the people
    with django_assert_num_queries(5):
        client.get(PEOPLE)


@pytest.mark.parametrize("rows", [1, 20])
def test_a_page_with_notes_takes_two_queries_more(
    sign_in: SignIn, review: Review, reviewer: User, rows: int, django_assert_num_queries
) -> None:
    people = [factories.person(Role.REVIEWER, username=f"p{number}") for number in range(rows)]
    for one in people:
        names = " ".join(f"@{person.username}" for person in people)
        workflow.add_note(review, text=names, by=one)
    client = sign_in(reviewer)
    # session, person, their permissions, their groups' permissions; claim; the replay's five; reviews,
    # proposals, notes, whom the notes mention; conflicts of interest; links for experts; answers to the
    # checklist, its items; topics; related claims
    with django_assert_num_queries(21):
        client.get(page_of(review.claim))
