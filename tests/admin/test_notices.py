"""The pages behind the bell."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, Notice, NoticeChoice, User
from claims.workflow.notifying import notify
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, text_of


def tell(person: User, claim: Claim, *, times: int = 1, by: User | None = None) -> None:
    for _ in range(times):
        notify([person], NoticeKind.MENTIONED, claim=claim, by=by)


def test_what_one_was_told_is_listed_with_who_did_it(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    tell(reviewer, claim, by=editor)
    shown = text_of(sign_in(reviewer).get("/admin/notices/"))
    assert "Somebody mentioned you in a note" in shown
    assert editor.public_name in shown
    assert claim.wording in shown
    assert claim.wording not in text_of(sign_in(editor).get("/admin/notices/"))


def test_opening_one_reads_it_and_leads_to_the_claim(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    tell(reviewer, claim, times=2)
    latest = Notice.objects.of(reviewer)[0]
    client = sign_in(reviewer)
    assert client.get(f"/admin/notices/{latest.pk}/open/").status_code == 405
    answer = client.post(f"/admin/notices/{latest.pk}/open/")
    assert answer["Location"] == f"/admin/claims/claim/{claim.pk}/change/"
    assert client.get("/admin/notices/count/").json() == {"unread": 1}


def test_somebody_elses_notice_is_not_there(
    sign_in: SignIn, reviewer: User, editor: User, claim: Claim
) -> None:
    tell(reviewer, claim)
    theirs = Notice.objects.get()
    assert sign_in(editor).post(f"/admin/notices/{theirs.pk}/open/").status_code == 404
    assert sign_in(editor).post(f"/admin/notices/{10**30}/open/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_all_are_read_by_a_post_alone(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    tell(reviewer, claim, times=3)
    client = sign_in(reviewer)
    assert client.get("/admin/notices/read/").status_code == 405
    assert said(client.post("/admin/notices/read/", follow=True)) == ["All notices are read."]
    assert client.get("/admin/notices/count/").json() == {"unread": 0}


def test_a_hundred_are_as_good_as_many(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    tell(reviewer, claim, times=101)
    assert sign_in(reviewer).get("/admin/notices/count/").json() == {"unread": "99+"}


def test_older_ones_are_a_page_away(sign_in: SignIn, reviewer: User, claim: Claim) -> None:
    tell(reviewer, claim, times=51)
    client = sign_in(reviewer)
    first = client.get("/admin/notices/")
    second = client.get(f"/admin/notices/?before={first.context['older']}")
    assert (len(first.context["notices"]), len(second.context["notices"])) == (50, 1)
    assert client.get("/admin/notices/?before=x%00").status_code == 200


def test_a_choice_is_kept_and_shown_again(sign_in: SignIn, reviewer: User) -> None:
    client = sign_in(reviewer)
    ticked = {"assigned_bell": "on", "returned_mail": "on", "daily_digest": "on"}
    page = client.post("/admin/notices/choices/", ticked, follow=True)
    assert said(page) == ["Your choice holds from the next notice on."]
    chosen = NoticeChoice.objects.get(person=reviewer, kind=NoticeKind.ASSIGNED)
    assert (chosen.in_bell, chosen.by_mail) == (True, False)
    content = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert content.count("checked") == 3


@pytest.mark.parametrize("path", ["", "count/", "choices/"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, path: str) -> None:
    assert "/admin/login/" in client.get(f"/admin/notices/{path}")["Location"]


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_of_the_pages(
    sign_in: SignIn,
    reviewer: User,
    claim: Claim,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    tell(reviewer, claim, times=number)
    client = sign_in(reviewer)
    # Session, person, permissions of person and groups; then the notices with all they show.
    with django_assert_num_queries(5):
        client.get("/admin/notices/")
    # Session, person; then the bounded count.
    with django_assert_num_queries(3):
        client.get("/admin/notices/count/")
    # Session, person, permissions twice; then the choices.
    with django_assert_num_queries(5):
        client.get("/admin/notices/choices/")
