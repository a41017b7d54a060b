"""Topics on the desk: their list, recording and changing them, filing a claim, and finding claims by them."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, Topic, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, submit, text_of

LIST = "/admin/claims/topic/"


@pytest.fixture
def energy(editor: User) -> Topic:
    """A topic whose claims are looked at again after 90 days."""
    return workflow.record_topic(name="Energy", recheck_days=90, by=editor)


def test_an_editor_records_and_changes_topics(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    page = submit(client, f"{LIST}new/", name="Energy", recheck_days="90")
    assert said(page) == ["Topic recorded."]
    topic = Topic.objects.get()
    submit(client, f"{LIST}{topic.pk}/rename/", name="Power", recheck_days="")
    topic.refresh_from_db()
    assert (topic.name, topic.recheck_days) == ("Power", None)


def test_a_reviewer_sees_them_and_is_offered_no_change(
    sign_in: SignIn, reviewer: User, energy: Topic
) -> None:
    client = sign_in(reviewer)
    page = client.get(LIST)
    assert "90 days" in text_of(page)
    assert not [url for url in links_in(page) if url.endswith(("/new/", "/rename/"))]
    assert client.get(f"{LIST}new/").status_code == 403
    assert client.post(f"{LIST}{energy.pk}/rename/", {"name": "X"}).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "ENERGY", "There is a topic of this name."),
        ("recheck_days", "0", "greater than or equal to 1"),
        ("recheck_days", "9" * 30, "Between 1 day and 3660 days."),
        ("recheck_days", "x", "Enter a whole number."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    sign_in: SignIn, editor: User, energy: Topic, field: str, value: str, told: str
) -> None:
    page = submit(sign_in(editor), f"{LIST}new/", **{"name": "Health", field: value})
    assert told in page.context["form"].errors[field][0]


def test_a_claim_is_filed_and_its_page_and_the_list_show_it(
    sign_in: SignIn, reviewer: User, claim: Claim, energy: Topic
) -> None:
    client = sign_in(reviewer)
    page = submit(client, f"/admin/claims/claim/{claim.pk}/file/", topics=[energy.pk])
    assert said(page) == ["Claim filed."]
    assert "/admin/claims/claim/?topic=energy" in links_in(page)
    assert "Energy" in text_of(client.get("/admin/claims/claim/"))
    page = client.get(f"/admin/claims/claim/{claim.pk}/file/")
    assert page.context["form"].initial["topics"] == [energy.pk]


def test_the_list_of_claims_is_narrowed_to_a_topic(
    sign_in: SignIn, reviewer: User, claim: Claim, energy: Topic
) -> None:
    other = factories.ClaimFactory(wording="Something else.")
    workflow.file_claim(claim, topics=[energy], by=reviewer)
    page = text_of(sign_in(reviewer).get("/admin/claims/claim/?topic=energy"))
    assert claim.wording in page
    assert other.wording not in page


def test_what_is_no_topic_is_refused(
    sign_in: SignIn, reviewer: User, claim: Claim, energy: Topic
) -> None:
    for sent in ("x", "0", "9" * 30):
        page = submit(sign_in(reviewer), f"/admin/claims/claim/{claim.pk}/file/", topics=[sent])
        assert "topics" in page.context["form"].errors


def test_a_contributor_is_not_offered_to_file(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    page = sign_in(contributor).get(f"/admin/claims/claim/{claim.pk}/change/")
    assert f"/admin/claims/claim/{claim.pk}/file/" not in links_in(page)


def test_readers_see_the_topics_of_a_published_claim_and_programs_do_not_yet(
    client: Client, editor: User, published: Claim, energy: Topic
) -> None:
    workflow.file_claim(published, topics=[energy], by=editor)
    for url, seen in (("/claims/{}/", True), ("/api/v1/claims/{}/", False)):
        page = client.get(url.format(published.public_id), follow=True).content.decode()
        assert ("Energy" in page) == seen


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_six_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        workflow.record_topic(name=f"Topic {number}", by=editor)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; count, page of rows
    with django_assert_num_queries(6):
        client.get(LIST)
