"""The checklist on the claim's page: answered there and then, with a script or without."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, Review, ReviewCheck, User
from claims.vocabulary import ReviewReason
from claims.workflow.checklist import open_items
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, text_of
from tests.workflow.scene import UNCONFIRMED


@pytest.fixture
def listed(claim: Claim, contributor: User, editor: User) -> Review:
    """A review that goes by a checklist of two items."""
    factories.method("Look *twice*.", "Ask.", by=editor)
    return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def url_of(review: Review, number: int = 1) -> str:
    return f"/admin/claims/review/{review.pk}/item/{number}/check/"


def claim_page(client: Client, review: Review) -> str:
    return client.get(f"/admin/claims/claim/{review.claim_id}/change/").content.decode()


def boxes(page: str) -> list[str]:
    """Return whether each item is ticked, as a screen reader hears it."""
    return re.findall(r'role="checkbox"[^>]*aria-checked="(\w+)"', page)


def test_a_press_ticks_and_another_unticks(sign_in: SignIn, listed: Review, reviewer: User) -> None:
    client = sign_in(reviewer)
    assert boxes(claim_page(client, listed)) == ["false", "false"]
    answer = client.post(url_of(listed), {"answer": "done"}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("#checklist")
    assert boxes(answer.content.decode()) == ["true", "false"]
    shown = " ".join(text_of(answer).split())
    assert "1 of 2 answered" in shown
    assert f"Seen to by {reviewer.public_name}" in shown
    client.post(url_of(listed), {"answer": "open"})
    assert boxes(claim_page(client, listed)) == ["false", "false"]


def test_what_does_not_apply_says_why(sign_in: SignIn, listed: Review, reviewer: User) -> None:
    client = sign_in(reviewer)
    asked = client.post(url_of(listed), {"answer": "not_applicable", "why": " "})
    assert asked.context["form"].errors["why"] == ["Say why it does not apply."]
    answer = client.post(
        url_of(listed), {"answer": "not_applicable", "why": "<b>A figure</b>"}, follow=True
    )
    assert "Does not apply: <b>A figure</b>" in " ".join(text_of(answer).split()) or (
        "&lt;b&gt;A figure&lt;/b&gt;" in answer.content.decode()
    )


def test_the_script_gets_the_checklist_alone(
    sign_in: SignIn, listed: Review, reviewer: User
) -> None:
    answer = sign_in(reviewer).post(url_of(listed, 2), {"answer": "done", "fragment": "1"})
    assert answer["X-Fragment"] == "checklist"
    assert boxes(answer.content.decode()) == ["false", "true"]
    assert "<html" not in answer.content.decode()
    assert ReviewCheck.objects.get().by == reviewer


@pytest.mark.parametrize("sent", [{"answer": "perhaps"}, {}, {"answer": "not_applicable"}])
def test_what_the_script_cannot_show_comes_as_the_whole_page(
    sign_in: SignIn, listed: Review, reviewer: User, sent: dict[str, str]
) -> None:
    answer = sign_in(reviewer).post(url_of(listed), {"fragment": "1", **sent})
    assert "X-Fragment" not in answer
    assert answer.context["form"].errors


def test_a_race_lost_by_the_script_is_said(sign_in: SignIn, listed: Review, reviewer: User) -> None:
    client = sign_in(reviewer)
    workflow.close_review(listed, reason="A duplicate.", by=reviewer)
    answer = client.post(url_of(listed), {"answer": "done", "fragment": "1"})
    assert "X-Fragment" not in answer
    assert "before a verdict is proposed" in text_of(answer)
    opened = client.get(url_of(listed), follow=True)
    assert said(opened) == ["The checklist is answered before a verdict is proposed."]


def test_the_page_of_an_item_shows_what_was_answered(
    sign_in: SignIn, listed: Review, reviewer: User
) -> None:
    workflow.check_item(listed, open_items(listed)[0], not_applicable="A figure.", by=reviewer)
    page = sign_in(reviewer).get(url_of(listed))
    assert page.context["form"]["answer"].value() == "not_applicable"
    assert page.context["form"]["why"].value() == "A figure."
    assert "Look *twice*." in text_of(page)


def test_an_item_that_is_not_there_is_not_found(
    sign_in: SignIn, listed: Review, reviewer: User
) -> None:
    for number in (3, 99999999999999999999):
        assert sign_in(reviewer).get(url_of(listed, number)).status_code == 404


def test_a_contributor_reads_it_and_does_not_answer(
    sign_in: SignIn, listed: Review, contributor: User
) -> None:
    client = sign_in(contributor)
    page = claim_page(client, listed)
    assert "Look *twice*." in page
    assert boxes(page) == []
    assert client.post(url_of(listed), {"answer": "done"}).status_code == 403


def test_a_proposal_is_refused_with_what_is_open_and_nothing_is_lost(
    sign_in: SignIn, listed: Review, reviewer: User
) -> None:
    client = sign_in(reviewer)
    url = f"/admin/claims/review/{listed.pk}/propose/"
    page = client.get(url)
    assert "2 items of the checklist are open" in " ".join(text_of(page).split())
    sent = {"status": "unconfirmed", "rationale": "Long words.", "would_settle": "A log."}
    answer = client.post(url, {**sent, "seen": page.context["seen"]})
    assert "Open: “Look *twice*.” “Ask.”" in text_of(answer)
    assert answer.context["form"]["rationale"].value() == "Long words."


def test_whoever_decides_sees_what_was_ticked_by_whom(
    sign_in: SignIn, listed: Review, reviewer: User, second_reviewer: User
) -> None:
    items = open_items(listed)
    workflow.check_item(listed, items[0], by=reviewer)
    workflow.check_item(listed, items[1], not_applicable="Nobody to ask.", by=reviewer)
    workflow.propose_verdict(listed, UNCONFIRMED, by=reviewer)
    client = sign_in(second_reviewer)
    page = client.get(f"/admin/claims/review/{listed.pk}/approve/")
    shown = " ".join(text_of(page).split())
    assert f"Look *twice*. Seen to by {reviewer.public_name}" in shown
    assert "Does not apply: Nobody to ask." in shown
    assert boxes(page.content.decode()) == []


@pytest.mark.parametrize("rows", [1, 20])
def test_the_checklist_takes_two_queries_on_the_claims_page(
    sign_in: SignIn,
    claim: Claim,
    reviewer: User,
    editor: User,
    rows: int,
    django_assert_num_queries,
) -> None:
    factories.method(*(f"Look {number} times." for number in range(rows)), by=editor)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    factories.see_to_checklist(review, by=reviewer)
    client = sign_in(reviewer)
    # session, person, their permissions, their groups' permissions; claim; the replay's five; reviews,
    # proposals, notes; conflicts of interest; answers, items; topics, twice; related claims
    with django_assert_num_queries(19):
        claim_page(client, review)
    client.post(
        url_of(review), {"answer": "open"}
    )  # reads what the log calls a claim, once per process
    # session, person, their two; review with its claim, item, answer; savepoint, the verb's savepoint, the claim's
    # lock, review, its deletion, the savepoints' ends and the log between them; answers, items
    with django_assert_num_queries(18):
        client.post(url_of(review), {"answer": "open", "fragment": "1"})
