"""Keys of the API on the desk: issued and shown once, listed, replaced, revoked."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from claims.desk_vocabulary import Scope
from claims.models import ApiKey, User
from claims.models.key_text import read_key_text
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, submit, text_of
from tests.workflow.observing import everything
from tests.workflow.scene_keys import issued
from tests.workflow.test_issue_api_key import administrator

LIST = "/admin/claims/apikey/"
FORM: dict[str, Any] = {"name": "The crawler", "scopes": ["read", "add_evidence"], "days": 30}
TEXT = re.compile(r"fc_[0-9a-z]{8}_[0-9a-z]{39}")


def test_a_key_is_shown_once_and_never_again(sign_in: SignIn, contributor: User) -> None:
    client = sign_in(contributor)
    page = submit(client, f"{LIST}new/", **FORM)
    found = TEXT.search(page.content.decode())
    assert found is not None
    assert "no-store" in page["Cache-Control"]
    key, read = ApiKey.objects.get(), read_key_text(found[0])
    assert read is not None
    assert key.is_opened_by(read)
    assert (key.owner, key.name, set(key.good_for)) == (
        contributor,
        "The crawler",
        {"read", "add_evidence"},
    )
    again = client.get(LIST)
    assert f"fc_{key.prefix}" in text_of(again)
    assert read.secret not in again.content.decode()
    assert read.secret not in str(everything()) + str(list(LogEntry.objects.values()))


def test_only_what_one_may_oneself_is_offered(sign_in: SignIn, importer: User) -> None:
    importer.is_staff = True
    importer.save(update_fields=["is_staff"])
    form = sign_in(importer).get(f"{LIST}new/").context["form"]
    assert Scope.FILE_REPORT not in dict(form.fields["scopes"].choices)
    assert not {"owner", "rate"} & set(form.fields)


def test_what_the_verb_refuses_is_said_where_it_belongs(sign_in: SignIn, contributor: User) -> None:
    page = submit(sign_in(contributor), f"{LIST}new/", **{**FORM, "name": "\u200b"})
    assert "name" in page.context["form"].errors
    page = submit(sign_in(contributor), f"{LIST}new/", **{**FORM, "scopes": ["retry_task"]})
    assert "scopes" in page.context["form"].errors
    assert not ApiKey.objects.exists()


def test_an_administrator_issues_one_for_somebody(sign_in: SignIn, contributor: User) -> None:
    admin = administrator()
    submit(sign_in(admin), f"{LIST}new/", **FORM, owner=contributor.pk, rate=9000)
    key = ApiKey.objects.get()
    assert (key.owner, key.issued_by, key.rate) == (contributor, admin, 9000)


def test_people_see_their_own_and_administrators_all(
    sign_in: SignIn, contributor: User, reviewer: User
) -> None:
    key = issued(contributor, name="Carla's").key
    for person, seen in ((contributor, True), (reviewer, False), (administrator(), True)):
        client = sign_in(person)
        assert ("Carla's" in text_of(client.get(LIST))) is seen
        for act in ("rotate", "revoke"):
            assert client.get(f"{LIST}{key.pk}/{act}/").status_code == (200 if seen else 404)


def test_one_is_revoked_by_a_form_and_not_by_a_look(sign_in: SignIn, contributor: User) -> None:
    key = issued(contributor).key
    client = sign_in(contributor)
    client.get(f"{LIST}{key.pk}/revoke/")
    assert ApiKey.objects.get().revoked_at is None
    page = submit(client, f"{LIST}{key.pk}/revoke/")
    assert said(page) == ["Key of the API revoked: it opens nothing from now on."]
    assert ApiKey.objects.get().revoked_at is not None
    assert "A program" not in text_of(client.get(LIST))
    assert "Revoked" in text_of(client.get(f"{LIST}?state=over"))
    again = client.get(f"{LIST}{key.pk}/revoke/", follow=True)
    assert said(again) == ["This key was revoked already."]


def test_one_is_replaced_and_works_on_for_a_week(sign_in: SignIn, contributor: User) -> None:
    key = issued(contributor).key
    client = sign_in(contributor)
    page = submit(client, f"{LIST}{key.pk}/rotate/")
    assert TEXT.search(page.content.decode())
    assert ApiKey.objects.count() == 2
    again = client.get(f"{LIST}{key.pk}/rotate/", follow=True)
    assert said(again) == ["This key was replaced already."]


def test_the_list_says_what_one_needs_to_know(sign_in: SignIn, contributor: User) -> None:
    key = issued(contributor, scopes=[Scope.READ, Scope.RECORD_CLAIM]).key
    assert "Never" in text_of(sign_in(contributor).get(LIST))
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now() - timedelta(days=2))
    page = text_of(sign_in(contributor).get(LIST))
    for told in ("Read, at a rate of its own", "Record claims", "3,000 requests a minute"):
        assert told in page
    assert "Never" not in page


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_as_many_queries_for_one_as_for_twenty(
    sign_in: SignIn, contributor: User, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        issued(contributor)
    client = sign_in(contributor)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)
