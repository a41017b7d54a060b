"""The page that brings an article in: read, completed by a person, frozen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Article, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, text_of

NEW = "/admin/claims/article/new/"
COPY = """Bridge is safe, mayor says

SPRINGFIELD, March 3. /TP/. The mayor said the old bridge is safe. The council denied that work was late.

“We will finish in May,” the mayor said on Monday after the meeting of the council.
"""
PAGE = """<html lang="en"><head><title>Bridge closed</title>
<meta property="og:site_name" content="Gazette">
<meta property="article:published_time" content="2025-03-03T10:00:00Z"></head>
<body><article><h1>Bridge closed</h1>
<p>The mayor said on Monday that the old bridge over the river would be closed for repairs.</p>
<p>Work is to begin in spring, the town council said in a statement published on its site.</p>
</article></body></html>"""


def send(client: Client, **fields: Any) -> Any:
    """Send the form with these fields and a licence."""
    return client.post(NEW, {"licence": "quotes_only", **fields}, follow=True)


def test_pasted_copy_becomes_an_article(sign_in: SignIn, contributor: User) -> None:
    page = send(sign_in(contributor), text=COPY, published_on="2025-03-03")
    article = Article.objects.get()
    assert article.title == "Bridge is safe, mayor says"
    assert article.published_on is not None
    assert page.redirect_chain[-1][0] == f"/admin/claims/article/{article.pk}/change/"
    assert "Article recorded." in said(page)


def test_a_file_becomes_an_article_with_its_own_bytes(sign_in: SignIn, contributor: User) -> None:
    upload = SimpleUploadedFile("page.html", PAGE.encode(), "text/html")
    send(sign_in(contributor), file=upload)
    article = Article.objects.get()
    assert bytes(article.original.data) == PAGE.encode()
    assert article.publisher_name == "Gazette"


def test_a_day_without_a_year_is_asked_for_and_nothing_is_lost(
    sign_in: SignIn, contributor: User
) -> None:
    page = send(sign_in(contributor), text=COPY, url="https://tp.example/bridge")
    assert "without a year" in page.context["form"].errors["published_on"][0]
    assert "The council denied" in text_of(page)
    assert "https://tp.example/bridge" in page.content.decode()
    assert not Article.objects.exists()


def test_a_date_nobody_knows_may_stay_away(sign_in: SignIn, contributor: User) -> None:
    send(sign_in(contributor), text=COPY, date_unknown="on")
    assert Article.objects.get().published_on is None


def test_a_file_that_needs_a_date_keeps_its_text_on_the_page(
    sign_in: SignIn, contributor: User
) -> None:
    upload = SimpleUploadedFile("copy.txt", COPY.encode())
    page = send(sign_in(contributor), file=upload)
    assert "published_on" in page.context["form"].errors
    assert "The council denied" in page.context["form"]["text"].value()


def test_a_file_in_another_encoding_is_asked_for_again(sign_in: SignIn, contributor: User) -> None:
    upload = SimpleUploadedFile("copy.txt", COPY.encode("cp1252"))
    page = send(sign_in(contributor), file=upload)
    assert "Choose the file again." in page.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": COPY, "published_on": "2025-13-01"}, "published_on"),
        ({"text": COPY, "published_on": "2999-01-01"}, "published_on"),
        ({"text": COPY, "published_on": "2025-03-03", "url": "javascript:alert(1)"}, "url"),
        ({"text": COPY, "published_on": "2025-03-03", "title": "x" * 1001}, "title"),
        ({"text": "a\0b"}, "text"),
        ({"text": COPY, "published_on": "2025-03-03", "licence": "all"}, "licence"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    sign_in: SignIn, contributor: User, fields: dict[str, str], field: str
) -> None:
    page = send(sign_in(contributor), **fields)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not Article.objects.exists()


def test_a_binary_file_is_refused_at_its_field(sign_in: SignIn, contributor: User) -> None:
    upload = SimpleUploadedFile("photo.txt", bytes(range(256)) * 40)
    page = send(sign_in(contributor), file=upload, published_on="2025-03-03")
    assert "file" in page.context["form"].errors


def test_both_a_text_and_a_file_are_one_too_many(sign_in: SignIn, contributor: User) -> None:
    upload = SimpleUploadedFile("copy.txt", COPY.encode())
    page = send(sign_in(contributor), text=COPY, file=upload, published_on="2025-03-03")
    assert "one of the two" in page.context["form"].errors["text"][0]


def test_the_same_article_is_recognised(sign_in: SignIn, contributor: User) -> None:
    client = sign_in(contributor)
    send(client, text=COPY, published_on="2025-03-03")
    page = send(client, text=COPY, published_on="2025-03-03")
    assert "in the register already" in said(page)[0]
    assert Article.objects.count() == 1


def test_nobody_without_the_verb_opens_the_page(sign_in: SignIn, db: None) -> None:
    client = sign_in(factories.UserFactory(is_staff=True))
    assert client.get(NEW).status_code == 403
    assert send(client, text=COPY).status_code == 403


def test_the_page_takes_four_queries(
    sign_in: SignIn, contributor: User, django_assert_num_queries
) -> None:
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions
    with django_assert_num_queries(4):
        client.get(NEW)
