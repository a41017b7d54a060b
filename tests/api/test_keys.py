"""Keys: who a request acts for, and what is said to whoever sends something else."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import Scope
from claims.models import ApiKey, Claim, User
from claims.models.key_text import new_key_text
from tests.api.conftest import Api, Queries
from tests.workflow.scene_keys import issued


def bearing(api: Api, text: str, path: str = "statuses/", **headers: str) -> Any:
    return api.fetch(path, headers={"authorization": f"Bearer {text}", **headers})


def test_a_key_reads_what_everybody_reads(
    api: Api, contributor: User, published: Claim, queries: Queries
) -> None:
    key = issued(contributor)
    path = f"claims/{published.public_id}/"
    assert bearing(api, key.text, path).content == api.fetch(path).content
    with queries(2):  # the key with its scopes and its owner; the document
        bearing(api, key.text, path)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer fc_",
        "Bearer KEYx",
        "Bearer KEY",
        "Token KEY",
        "KEY",
        "Basic dXNlcjpwYXNz",
        "Bearer \x00",
        "Bearer é",
        "Bearer " + "a" * 10_000,
    ],
)
def test_whatever_is_no_key_is_refused_and_not_taken_for_nobody(api: Api, sent: str) -> None:
    made = sent.replace("KEY", str(new_key_text()))
    answer = api.fetch("statuses/", headers={"authorization": made})
    assert answer.status_code == 401
    assert answer.json()["type"].endswith("/api/v1/problems/key-not-valid/")
    assert answer["WWW-Authenticate"].startswith('Bearer realm="factcheck", error="invalid_token"')
    assert answer["Cache-Control"] == "no-store"


def test_a_wrong_secret_behind_a_right_prefix_is_refused(api: Api, contributor: User) -> None:
    mine, other = issued(contributor), new_key_text()
    wrong = other._replace(prefix=mine.key.prefix)
    answer = bearing(api, str(wrong))
    assert answer.status_code == 401
    assert answer.json()["detail"] == "Authorization holds no key of this register."
    assert ApiKey.objects.get(pk=mine.key.pk).last_used_at is None


def test_whoever_has_the_secret_is_told_why_it_opens_nothing(api: Api, contributor: User) -> None:
    revoked, expired, closed = issued(contributor), issued(contributor), issued(contributor)
    workflow.revoke_api_key(revoked.key, by=contributor)
    past = timezone.now() - timedelta(days=1)
    ApiKey.objects.filter(pk=expired.key.pk).update(
        issued_at=past - timedelta(days=1), expires_at=past
    )
    assert bearing(api, revoked.text).json()["detail"] == "This key was revoked."
    assert bearing(api, expired.text).json()["detail"] == "This key has expired."
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    answer = bearing(api, closed.text)
    assert answer.json()["detail"] == "The account that this key acts for is closed."
    assert answer.status_code == 401


def test_a_key_that_is_not_good_for_reading_does_not_read(api: Api, contributor: User) -> None:
    key = issued(contributor, scopes=[Scope.ADD_EVIDENCE])
    answer = bearing(api, key.text)
    assert answer.status_code == 403
    assert answer["WWW-Authenticate"].endswith('error="insufficient_scope", scope="read"')
    assert answer.json()["type"].endswith("/problems/scope-missing/")


def test_a_key_that_may_not_read_is_counted_all_the_same(api: Api, contributor: User) -> None:
    key = issued(contributor, scopes=[Scope.ADD_EVIDENCE], rate=2)
    assert [bearing(api, key.text).status_code for _ in range(3)] == [403, 403, 429]


def test_its_use_is_noted_once_a_minute(api: Api, contributor: User, queries: Queries) -> None:
    key = issued(contributor)
    with queries(2):
        bearing(api, key.text)
    first = ApiKey.objects.get(pk=key.key.pk).last_used_at
    assert first is not None
    with queries(1):
        bearing(api, key.text)
    earlier = first - timedelta(seconds=61)
    ApiKey.objects.filter(pk=key.key.pk).update(last_used_at=earlier)
    bearing(api, key.text)
    assert ApiKey.objects.get(pk=key.key.pk).last_used_at > first  # type: ignore[operator]


def test_no_answer_and_no_line_of_the_log_holds_a_key(
    api: Api, contributor: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = issued(contributor)
    api.client.raise_request_exception = False

    def fails(*args: Any) -> None:
        raise RuntimeError("the inside")

    with caplog.at_level(logging.DEBUG):
        answers = [
            bearing(api, key.text),
            bearing(api, key.text, "claims/?limit=0"),
            bearing(api, key.text, "nothing/"),
            bearing(api, f"{key.text}x"),
        ]
        monkeypatch.setattr("claims.api.statuses.StatusList.get", fails)
        answers.append(bearing(api, key.text))
    assert [answer.status_code for answer in answers] == [200, 400, 404, 401, 500]
    secret = key.text.rsplit("_", 1)[1]
    assert all(secret not in str(answer.headers) + answer.content.decode() for answer in answers)
    assert secret not in caplog.text


def test_the_page_of_a_failure_shows_a_developer_no_key(
    api: Api, contributor: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = issued(contributor)

    def fails(*args: Any) -> None:
        raise RuntimeError("seen by the developer")

    settings.DEBUG = True
    api.client.raise_request_exception = False
    monkeypatch.setattr("claims.api.statuses.StatusList.get", fails)
    page = bearing(api, key.text).content.decode()
    assert "seen by the developer" in page
    assert key.text.rsplit("_", 1)[1] not in page
