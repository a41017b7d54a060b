"""The page on which an article's way in begins: an address, a text, or a file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Article, ArticleIntake, BackgroundTask, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of
from tests.workflow.intakes import ADDRESS, COPY, PAGE

NEW = "/admin/claims/article/new/"


def send(client: Client, **fields: Any) -> Any:
    """Send the form."""
    return client.post(NEW, fields, follow=True)


def check(intake: ArticleIntake) -> str:
    return f"/admin/claims/article/intake/{intake.pk}/check/"


def test_a_pasted_text_leads_to_what_was_understood(sign_in: SignIn, contributor: User) -> None:
    page = send(sign_in(contributor), text=COPY)
    intake = ArticleIntake.objects.get()
    assert page.redirect_chain[-1][0] == check(intake)
    assert "Bridge is safe, mayor says" in page.content.decode()
    assert not Article.objects.exists()


def test_a_file_leads_to_what_was_understood(sign_in: SignIn, contributor: User) -> None:
    upload = SimpleUploadedFile("page.html", PAGE.encode(), "text/html")
    page = send(sign_in(contributor), file=upload)
    intake = ArticleIntake.objects.get()
    assert bytes(intake.original or b"") == PAGE.encode()
    assert "File: page.html" in text_of(page)


def test_an_address_is_asked_for_in_the_background_and_its_progress_shown(
    sign_in: SignIn, contributor: User
) -> None:
    page = send(sign_in(contributor), url=ADDRESS)
    intake = ArticleIntake.objects.get()
    task = BackgroundTask.objects.get()
    assert task.task_path == "claims.tasks.intakes.fetch_article"
    assert task.args_kwargs["args"] == [intake.pk]
    assert "Waiting for a worker" in text_of(page)
    assert '<meta http-equiv="refresh" content="3">' in page.content.decode()


def test_what_is_refused_leaves_no_task_behind(sign_in: SignIn, contributor: User) -> None:
    send(sign_in(contributor), url="ftp://gazette.example/")
    assert not BackgroundTask.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "url"),
        ({"text": " \n "}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"text": COPY, "url": "gazette"}, "url"),
        ({"text": "a\0b"}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    sign_in: SignIn, contributor: User, fields: dict[str, str], field: str
) -> None:
    page = send(sign_in(contributor), **fields)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not ArticleIntake.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.txt", bytes(range(256)) * 40),
        ("report.pdf", b"%PDF-1.7"),
        ("large.txt", b"a" * 5_000_001),
        ("empty.txt", b""),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(
    sign_in: SignIn, contributor: User, name: str, data: bytes
) -> None:
    page = send(sign_in(contributor), file=SimpleUploadedFile(name, data), url=ADDRESS)
    assert "file" in page.context["form"].errors
    assert page.context["form"]["url"].value() == ADDRESS


def test_both_a_text_and_a_file_are_one_too_many(sign_in: SignIn, contributor: User) -> None:
    upload = SimpleUploadedFile("copy.txt", COPY.encode())
    page = send(sign_in(contributor), text=COPY, file=upload)
    assert "one of the two" in page.context["form"].errors["text"][0]
    assert "The council denied" in page.context["form"]["text"].value()


def test_nobody_without_the_verb_opens_the_page(sign_in: SignIn, db: None) -> None:
    client = sign_in(factories.UserFactory(is_staff=True))
    assert client.get(NEW).status_code == 403
    assert send(client, text=COPY).status_code == 403
    assert not ArticleIntake.objects.exists()


def test_the_page_takes_four_queries(
    sign_in: SignIn, contributor: User, django_assert_num_queries
) -> None:
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions
    with django_assert_num_queries(4):
        client.get(NEW)
