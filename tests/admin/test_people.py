"""Accounts on the desk: roles, and who may change whose."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from claims.models import User
from claims.vocabulary import Role
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of


@pytest.fixture
def keeper(db: None) -> User:
    """A reviewer who looks after accounts and is no superuser."""
    person = factories.person(Role.REVIEWER, username="kim")
    names = ["view_user", "add_user", "change_user"]
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return User.objects.get(pk=person.pk)


def url_of(person: User, page: str = "change") -> str:
    return f"/admin/claims/user/{person.pk}/{page}/"


def change(client: Client, person: User, **fields: Any) -> Any:
    """Send the form of an account as it stands, with these changes."""
    sent = {
        "username": person.username,
        "public_name": person.public_name,
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk for group in person.groups.all()],
        **fields,
    }
    return client.post(url_of(person), sent, follow=True)


def role(name: Role) -> int:
    return Group.objects.get(name=name).pk


def test_a_superuser_gives_roles(sign_in: SignIn, boss: User, contributor: User) -> None:
    change(sign_in(boss), contributor, groups=[role(Role.EDITOR)])
    assert [group.name for group in contributor.groups.all()] == ["Editor"]


@pytest.mark.parametrize("who", ["self", "other"])
def test_change_user_alone_makes_no_superuser(
    sign_in: SignIn, keeper: User, contributor: User, who: str
) -> None:
    person = keeper if who == "self" else contributor
    change(sign_in(keeper), person, is_superuser="on")
    person.refresh_from_db()
    assert not person.is_superuser


def test_nobody_gives_more_than_they_hold(sign_in: SignIn, keeper: User, contributor: User) -> None:
    page = change(sign_in(keeper), contributor, groups=[role(Role.EDITOR)])
    assert "groups" in page.context["adminform"].form.errors
    change(sign_in(keeper), contributor, groups=[role(Role.REVIEWER)])
    assert [group.name for group in contributor.groups.all()] == ["Reviewer"]


def test_nobody_changes_their_own_access(sign_in: SignIn, keeper: User) -> None:
    change(sign_in(keeper), keeper, groups=[], is_staff="")
    keeper.refresh_from_db()
    assert keeper.is_staff
    assert [group.name for group in keeper.groups.all()] == ["Reviewer"]


@pytest.mark.parametrize("page", ["change", "password"])
@pytest.mark.parametrize("who", ["editor", "boss"])
def test_nobody_changes_the_account_of_somebody_who_may_do_more(
    sign_in: SignIn, keeper: User, editor: User, boss: User, who: str, page: str
) -> None:
    person = {"editor": editor, "boss": boss}[who]
    before = person.password
    fields = {
        "password1": "quite-long-word-9",
        "password2": "quite-long-word-9",
        "set-password": "",
    }
    answer = sign_in(keeper).post(url_of(person, page), {"public_name": "Mine", **fields})
    assert answer.status_code == 403
    person.refresh_from_db()
    assert (person.password, person.public_name != "Mine") == (before, True)


def test_a_deactivated_account_is_guarded_by_what_it_could_do(
    sign_in: SignIn, keeper: User, editor: User
) -> None:
    editor.is_active = False
    editor.save(update_fields=["is_active"])
    client = sign_in(keeper)
    words = {"password1": "quite-long-word-9", "password2": "quite-long-word-9"}
    assert client.post(url_of(editor, "password"), words).status_code == 403
    change(client, editor, groups=[])
    editor.refresh_from_db()
    assert not editor.is_active
    assert [group.name for group in editor.groups.all()] == ["Editor"]


def test_a_password_is_set_for_somebody(sign_in: SignIn, boss: User, contributor: User) -> None:
    fields = {
        "password1": "quite-long-word-9",
        "password2": "quite-long-word-9",
        "set-password": "",
    }
    sign_in(boss).post(url_of(contributor, "password"), fields)
    contributor.refresh_from_db()
    assert contributor.check_password("quite-long-word-9")


def test_a_weak_password_is_refused_with_the_reason(
    sign_in: SignIn, boss: User, contributor: User
) -> None:
    fields = {"password1": "12345", "password2": "12345", "set-password": ""}
    page = sign_in(boss).post(url_of(contributor, "password"), fields)
    assert "too short" in text_of(page)


def test_a_session_ends_when_its_password_changes(
    sign_in: SignIn, boss: User, contributor: User
) -> None:
    theirs = sign_in(contributor)
    contributor.set_password("another-long-word-9")
    contributor.save(update_fields=["password"])
    assert theirs.get("/admin/").status_code == 302


def test_somebody_new_gets_a_public_name_of_their_own(sign_in: SignIn, boss: User) -> None:
    fields = {"username": "nadia", "public_name": "N. Amari"}
    passwords = {"password1": "quite-long-word-9", "password2": "quite-long-word-9"}
    sign_in(boss).post("/admin/claims/user/add/", fields | passwords)
    assert User.objects.get(username="nadia").public_name == "N. Amari"


def test_somebody_new_can_sign_in_to_the_desk(sign_in: SignIn, boss: User, client: Client) -> None:
    passwords = {"password1": "quite-long-word-9", "password2": "quite-long-word-9"}
    new = {"username": "nadia", "public_name": "N. Amari"}
    page = sign_in(boss).post("/admin/claims/user/add/", new | passwords, follow=True)
    assert "Account of N. Amari" in text_of(page)
    assert client.login(username="nadia", password="quite-long-word-9")
    assert client.get("/admin/").status_code == 200


def test_the_page_of_an_account_shows_nothing_of_its_password(
    sign_in: SignIn, boss: User, contributor: User
) -> None:
    contributor.set_password("quite-long-word-9")
    contributor.save(update_fields=["password"])
    shown = text_of(sign_in(boss).get(url_of(contributor)))
    assert "hash" not in shown
    assert "Set a new password" in shown


@pytest.mark.parametrize("who", ["keeper", "boss"])
def test_nobody_is_deleted(
    sign_in: SignIn, keeper: User, boss: User, contributor: User, who: str
) -> None:
    client = sign_in({"keeper": keeper, "boss": boss}[who])
    assert client.post(url_of(contributor, "delete"), {"post": "yes"}).status_code == 403
    fields = {"action": "delete_selected", "_selected_action": [contributor.pk], "post": "yes"}
    client.post("/admin/claims/user/", fields)
    assert User.objects.filter(pk=contributor.pk).exists()


def test_passwords_cannot_be_guessed_through_the_list(sign_in: SignIn, boss: User) -> None:
    client = sign_in(boss)
    for query in ("password__startswith=pbkdf2", "email__regex=(a%2B)%2B$", "password=x"):
        assert client.get(f"/admin/claims/user/?{query}").status_code == 400


def test_a_reviewer_has_no_business_with_accounts(
    sign_in: SignIn, reviewer: User, contributor: User
) -> None:
    client = sign_in(reviewer)
    for url in ("/admin/claims/user/", "/admin/claims/user/add/", url_of(contributor)):
        assert client.get(url).status_code == 403


def test_roles_are_not_edited_by_hand(sign_in: SignIn, boss: User) -> None:
    assert sign_in(boss).get("/admin/auth/group/").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_form_takes_six_queries(
    sign_in: SignIn, boss: User, contributor: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        factories.person(Role.CONTRIBUTOR, username=f"other{number}")
    client = sign_in(boss)
    # session, person; account, its roles; all roles, their boxes
    with django_assert_num_queries(6):
        client.get(url_of(contributor))
