"""The method on the desk: written, looked at, then published; versions and what changed in each."""

from __future__ import annotations

import re

import pytest

from claims.models import ChecklistItem, MethodVersion, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, seen, text_of

LIST, NEW = "/admin/claims/methodversion/", "/admin/claims/methodversion/new/"
FIELDS = {"body": "## Ours\n\nWe *look* twice.", "checklist": "Look.\n\nAsk.", "reason": "Clearer."}


def test_the_first_press_shows_and_the_second_publishes(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    shown = client.post(NEW, {**FIELDS, "seen": seen(client, NEW)})
    assert "Nothing was published yet" in text_of(shown)
    assert "We <em>look</em> twice." in shown.content.decode()
    assert MethodVersion.objects.count() == 1
    source = shown.content.decode()
    found = re.search(r'name="shown" value="(\w+)"', source)
    assert found
    token = re.search(r'name="seen" value="(\w+)"', source)
    assert token
    answer = client.post(NEW, {**FIELDS, "seen": token[1], "shown": found[1]}, follow=True)
    assert said(answer)[0].startswith("Published.")
    version = MethodVersion.objects.in_force()
    assert version is not None
    assert (version.number, version.by, version.body) == (2, editor, FIELDS["body"])
    assert [item.text for item in version.items.all()] == ["Look.", "Ask."]


def test_what_was_changed_after_the_look_is_looked_at_again(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    shown = client.post(NEW, {**FIELDS, "seen": seen(client, NEW)})
    digest = shown.context["draft"].digest
    other = {**FIELDS, "body": "Other words.", "seen": "1", "shown": digest}
    assert "Nothing was published yet" in text_of(client.post(NEW, other))
    assert MethodVersion.objects.count() == 1


def test_a_version_published_meanwhile_is_said_and_nothing_is_lost(
    sign_in: SignIn, editor: User, second_editor: User
) -> None:
    client = sign_in(editor)
    token = seen(client, NEW)
    factories.method("Theirs.", by=second_editor)
    answer = client.post(NEW, {**FIELDS, "seen": token})
    assert "changed while the page was open" in text_of(answer)
    assert answer.context["form"]["body"].value() == FIELDS["body"]
    assert answer.context["seen"] == "2"
    assert "What changes from version 2" in text_of(answer)


def test_the_form_begins_with_what_is_in_force(sign_in: SignIn, editor: User) -> None:
    version = factories.method("Look.", "Ask.", by=editor)
    form = sign_in(editor).get(NEW).context["form"]
    assert (form["body"].value(), form["checklist"].value()) == (version.body, "Look.\nAsk.")


@pytest.mark.parametrize("field", ["body", "reason"])
def test_what_is_missing_is_said_at_its_field(sign_in: SignIn, editor: User, field: str) -> None:
    client = sign_in(editor)
    answer = client.post(NEW, {**FIELDS, field: "", "seen": seen(client, NEW)})
    assert field in answer.context["form"].errors


def test_a_version_shows_what_it_changed(sign_in: SignIn, editor: User, reviewer: User) -> None:
    factories.method("Look.", by=editor, body="We look once.")
    version = factories.method("Look.", "Ask.", by=editor, body="We look twice.")
    page = sign_in(reviewer).get(f"{LIST}{version.pk}/change/")
    shown = " ".join(text_of(page).split())
    assert "We look [removed: once ] [added: twice ] ." in shown.replace(" .", " .")
    assert version.reason in shown
    assert editor.public_name in shown


def test_all_versions_are_listed_and_only_editors_are_offered_the_next(
    sign_in: SignIn, editor: User, reviewer: User
) -> None:
    factories.method(by=editor)
    assert NEW in links_in(sign_in(editor).get(LIST))
    page = sign_in(reviewer).get(LIST)
    assert NEW not in links_in(page)
    assert "Method, version 2" in text_of(page)
    assert "Method, version 1" in text_of(page)
    assert sign_in(reviewer).get(NEW).status_code == 403
    assert sign_in(reviewer).post(NEW, FIELDS).status_code == 403


def test_the_text_of_a_method_does_not_come_alive(sign_in: SignIn, editor: User) -> None:
    hostile = "<script>alert(1)</script>\n\n# <img src=x onerror=alert(1)>\n\n[x](javascript:a)"
    version = factories.method("<b>Look</b>", by=editor, body=hostile)
    source = sign_in(editor).get(f"{LIST}{version.pk}/change/").content.decode()
    body = source.split("</head>")[1]
    assert "<img" not in body
    assert "<script>" not in body
    assert "<b>" not in body
    assert 'href="javascript' not in body


def test_a_register_whose_rows_were_emptied_can_begin_again(sign_in: SignIn, editor: User) -> None:
    ChecklistItem.objects.all().delete()
    MethodVersion.objects.all().delete()
    page = sign_in(editor).get(NEW)
    assert page.context["next_number"] == 1
    assert factories.method(by=editor).number == 1


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_take_few_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        version = factories.method(*(f"Look {n} times." for n in range(rows)), by=editor)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; how many versions, the versions
    with django_assert_num_queries(6):
        client.get(LIST)
    # session, person, their two; whether there is such a version; it and the one before, their items
    with django_assert_num_queries(7):
        client.get(f"{LIST}{version.pk}/change/")
    # session, person, their two; the version in force, its items
    with django_assert_num_queries(6):
        client.get(NEW)
