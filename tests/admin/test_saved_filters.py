"""Filters that people keep: saved from the list they narrow, shown above it, deleted there."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.desk_vocabulary import FilteredList
from claims.models import SavedFilter, User
from tests.admin.conftest import SignIn
from tests.admin.queueing import LIST
from tests.admin.seeing import links_in, said, text_of

SAVE = "/admin/filters/save/"
URGENT = {"list": "reviews", "name": "Urgent", "query": "queue=overdue&priority=4"}


@pytest.fixture
def saved(reviewer: User) -> SavedFilter:
    """A filter of the reviewer's."""
    return workflow.save_filter(
        list=FilteredList.REVIEWS, name="Urgent", query="priority=4&queue=overdue", by=reviewer
    )


def test_what_a_list_is_narrowed_by_is_saved_from_there(sign_in: SignIn, reviewer: User) -> None:
    client = sign_in(reviewer)
    page = client.get(f"{LIST}?queue=overdue&priority=4&p=1")
    assert page.context["to_save"] == "queue=overdue&priority=4"
    page = client.post(SAVE, URGENT, follow=True)
    assert said(page) == ["Filter saved."]
    assert page.redirect_chain == [(f"{LIST}?queue=overdue&priority=4", 302)]
    assert f"{LIST}?queue=overdue&amp;priority=4" in links_in(page)
    assert [one.current for one in page.context["saved"]] == [True]


def test_a_list_that_is_not_narrowed_offers_nothing_to_save(
    sign_in: SignIn, reviewer: User, saved: SavedFilter
) -> None:
    page = sign_in(reviewer).get(f"{LIST}?queue=overdue")
    assert page.context["to_save"] == ""
    assert "Urgent" in text_of(page)


def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(
    sign_in: SignIn, reviewer: User, saved: SavedFilter
) -> None:
    page = sign_in(reviewer).post(SAVE, URGENT | {"query": "age=30"})
    assert page.context["form"].errors["name"] == ["You have a filter of this name."]
    assert page.context["form"]["query"].value() == "age=30"
    assert page.context["back"] == LIST


@pytest.mark.parametrize(
    "change",
    [{"name": ""}, {"list": "nonsense"}, {"list": ""}, {"query": "note__regex=x"}, {"query": ""}],
)
def test_what_cannot_be_saved_is_refused_in_words(
    sign_in: SignIn, reviewer: User, change: dict[str, str]
) -> None:
    page = sign_in(reviewer).post(SAVE, URGENT | change)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not SavedFilter.objects.exists()


def test_nobody_sees_the_filters_of_others(
    sign_in: SignIn, second_reviewer: User, saved: SavedFilter
) -> None:
    client = sign_in(second_reviewer)
    assert client.get(LIST).context["saved"] == []
    assert client.post(f"/admin/filters/{saved.pk}/delete/").status_code == 404
    assert client.post(f"/admin/filters/{'9' * 30}/delete/").status_code == 404
    assert SavedFilter.objects.exists()


def test_one_is_deleted(sign_in: SignIn, reviewer: User, saved: SavedFilter) -> None:
    page = sign_in(reviewer).post(f"/admin/filters/{saved.pk}/delete/", follow=True)
    assert said(page) == ["Filter deleted."]
    assert page.redirect_chain == [(LIST, 302)]
    assert not SavedFilter.objects.exists()


def test_nothing_is_saved_or_deleted_by_looking_or_without_the_token(
    sign_in: SignIn, reviewer: User, saved: SavedFilter
) -> None:
    delete = f"/admin/filters/{saved.pk}/delete/"
    client = sign_in(reviewer)
    assert [client.get(url).status_code for url in (SAVE, delete)] == [405, 405]
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(reviewer)
    assert [forged.post(url).status_code for url in (SAVE, delete)] == [403, 403]
    assert SavedFilter.objects.exists()
