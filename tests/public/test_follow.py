"""Following a claim by e-mail, from asking to stopping: what is taken, what is refused, and what nobody learns."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from claims import workflow
from claims.models import BackgroundTask, Claim, Follower, User
from claims.tasks.queue import carry_out, take_next
from claims.workflow.following import ask_to_follow, confirm_following
from tests import factories
from tests.public.pages import html, words
from tests.public.posting import opened, send, typed

ANN = "ann@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def path(published: Claim) -> str:
    return f"/claims/{published.public_id}/follow/"


@pytest.fixture
def follower(published: Claim) -> Follower:
    """Somebody who asked and did not confirm."""
    return ask_to_follow(published, email=ANN, language="en-gb")


@pytest.fixture
def private(follower: Follower) -> str:
    return f"/following/{follower.token}/"


def work() -> None:
    """Have the tasks done that wait."""
    while (row := take_next("the test")) is not None:
        carry_out(row)
        row.refresh_from_db()
        assert row.status == "SUCCESSFUL"


def link_in(sent: Any) -> str:
    """Return the path of the private page that a mail leads to."""
    found = re.search(r"https?://[^/\s]+(/(?:de/)?following/[\w-]{43}/)\s", sent.body)
    assert found, sent.body
    return found[1]


def test_from_asking_to_stopping(client: Client, published: Claim, path: str, editor: User) -> None:
    response = send(client, path, email=ANN)
    assert (response.status_code, response["Location"]) == (303, f"{path}sent/")
    assert "A mail is on its way" in words(html(client, response["Location"]))
    work()
    private = link_in(mail.outbox.pop())
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    assert mail.outbox == []  # not confirmed
    assert "You do not follow this claim yet." in words(html(client, private))
    response = client.post(private, {"act": "confirm"})
    assert (response.status_code, response["Location"]) == (303, private)
    assert "You follow this claim" in words(html(client, private))
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    (told,) = mail.outbox
    assert told.to == [ANN]
    assert link_in(told) == private
    response = client.post(private, {"act": "stop"})
    assert "You no longer follow this claim." in words(response.content.decode())
    assert html(client, private, 404)
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    assert len(mail.outbox) == 1
    assert not Follower.objects.exists()
    assert client.cookies == {}


def test_the_page_of_a_claim_leads_to_the_form(client: Client, published: Claim, path: str) -> None:
    page = html(client, f"/claims/{published.public_id}/{published.slug}/")
    assert f'href="{path}"' in page
    assert "Follow this claim by e-mail" in words(page)


def test_the_answer_is_the_same_whoever_follows_already(client: Client, path: str) -> None:
    answers = [send(client, path, email=ANN)]
    answers.append(send(client, path, email=ANN))
    confirm_following(Follower.objects.get())
    answers.append(send(client, path, email=ANN.upper()))
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    assert Follower.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": ""}, "This may not be empty."),
        ({"email": "nobody"}, "This is not an e-mail address."),
        ({"trap": "https://spam.example"}, "has to stay empty"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(
    client: Client, path: str, fields: dict[str, Any], told: str
) -> None:
    given = {"email": ANN} | fields
    response = send(client, path, **given)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in words(page)
    assert typed(page, "email") == given["email"]
    assert not Follower.objects.exists()
    assert not BackgroundTask.objects.filter(task_path__endswith="mail_confirmation").exists()


@pytest.mark.parametrize(("ago", "told"), [(0, "faster than"), (25 * 60 * 60, "open too long")])
def test_what_is_sent_too_fast_or_too_late_has_to_be_sent_again(
    client: Client, path: str, ago: int, told: str
) -> None:
    response = send(client, path, ago=ago, email=ANN)
    assert response.status_code == 422
    assert told in words(response.content.decode())
    assert not Follower.objects.exists()


def test_a_form_that_is_none_of_ours_is_shown_again(client: Client, path: str) -> None:
    assert client.post(path, {"email": ANN, "key": "made-up:1abc:signature"}).status_code == 422
    assert not Follower.objects.exists()


def test_too_many_at_once_have_to_wait_apart_from_reports(
    client: Client, path: str, settings: Any
) -> None:
    settings.FACTCHECK_REPORT_RATE = "2/day"
    answers = [send(client, path, email=f"a{number}@example.org") for number in range(3)]
    assert [one.status_code for one in answers] == [303, 303, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert typed(answers[2].content.decode(), "email") == "a2@example.org"
    report = path.replace("follow", "report")
    assert send(client, report, kind="error", text="Wrong.").status_code == 303


def test_a_form_is_not_taken_from_another_site(client: Client, path: str) -> None:
    key = opened(client, path)
    sent = client.post(path, {"email": ANN, "key": key}, HTTP_SEC_FETCH_SITE="cross-site")
    assert sent.status_code == 403
    assert not Follower.objects.exists()


@pytest.mark.parametrize("ending", ["", "sent/"])
def test_a_claim_that_readers_cannot_see_is_not_found(
    client: Client, claim: Claim, ending: str
) -> None:
    assert html(client, f"/claims/{claim.public_id}/follow/{ending}", 404)


def test_a_duplicates_form_leads_to_the_survivors(
    client: Client, published: Claim, path: str, editor: User
) -> None:
    survivor = factories.published_claim()
    key = opened(client, path)
    workflow.merge_claims(published, into=survivor, reason="Same.", by=editor)
    assert client.get(path)["Location"] == f"/claims/{survivor.public_id}/follow/"
    assert send(client, path, key=key, email=ANN).status_code == 303
    assert Follower.objects.get().claim == survivor


def test_who_reads_german_is_written_to_with_german_addresses(client: Client, path: str) -> None:
    response = send(client, f"/de{path}", email=ANN)
    assert response["Location"] == f"/de{path}sent/"
    work()
    assert link_in(mail.outbox[0]).startswith("/de/following/")
    confirmed = client.post(link_in(mail.outbox[0]), {"act": "confirm"})
    assert confirmed["Location"].startswith("/de/following/")


@pytest.mark.parametrize("page", ["form", "sent"])
def test_forms_are_listed_and_kept_by_nothing(client: Client, path: str, page: str) -> None:
    response = client.get(path if page == "form" else f"{path}sent/")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_private_page_is_kept_by_nothing_and_found_by_nobody(
    client: Client, private: str, follower: Follower
) -> None:
    for response in (client.get(private), client.post(private, {"act": "confirm"})):
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
    assert ANN not in html(client, private)
    assert html(client, f"/following/{follower.seed}/", 404)
    assert html(client, f"/following/{follower.token_digest}/", 404)


@pytest.mark.parametrize("method", ["get", "head"])
def test_nothing_is_changed_by_looking(client: Client, private: str, method: str) -> None:
    before = Follower.objects.values().get()
    assert getattr(client, method)(private, ONE_CLICK | {"act": "stop"}).status_code == 200
    assert Follower.objects.values().get() == before
    assert client.put(private).status_code == 405


@pytest.mark.parametrize("form", ["urlencoded", "multipart"])
@pytest.mark.parametrize("stage", ["confirmed", "unconfirmed"])
def test_one_click_of_a_mail_program_stops_at_once(
    private: str, follower: Follower, form: str, stage: str
) -> None:
    if stage == "confirmed":
        confirm_following(follower)
    program = Client(enforce_csrf_checks=True)
    response = (
        program.post(private, ONE_CLICK)
        if form == "multipart"
        else program.post(
            private,
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
            HTTP_SEC_FETCH_SITE="cross-site",
        )
    )
    assert response.status_code == 200  # RFC 8058 forbids to redirect
    assert not Follower.objects.exists()


def test_what_was_ended_is_like_what_never_was(client: Client, private: str) -> None:
    client.post(private, ONE_CLICK)
    never = f"/following/{'x' * 43}/"
    for method in (client.get, lambda path: client.post(path, ONE_CLICK)):
        ended, unknown = method(private), method(never)
        assert ended.status_code == unknown.status_code == 404
        assert words(ended.content.decode()) == words(unknown.content.decode())


@pytest.mark.parametrize("act", [{}, {"act": "pay"}, {"List-Unsubscribe": "Twice"}])
def test_a_decision_that_is_none_is_refused_by_name(
    client: Client, private: str, act: dict[str, str]
) -> None:
    response = client.post(private, act)
    assert response.status_code == 400
    assert "act" in words(response.content.decode())
    assert Follower.objects.get().confirmed_at is None


def test_a_body_that_is_too_large_is_refused(client: Client, private: str, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert client.post(private, {"act": "x" * 200}).status_code == 413
    assert Follower.objects.exists()


def test_the_form_costs_one_query(
    client: Client, path: str, django_assert_num_queries: Any
) -> None:
    html(client, path)
    for page in (path, f"{path}sent/"):
        with django_assert_num_queries(1):  # the claim
            html(client, page)


@pytest.mark.parametrize("others", [1, 20])
def test_the_private_page_costs_one_query(
    client: Client,
    published: Claim,
    private: str,
    others: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(others):
        ask_to_follow(published, email=f"a{number}@example.org", language="de")
    with django_assert_num_queries(1):  # the follower with their claim
        html(client, private)
