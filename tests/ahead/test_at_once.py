"""What changes is told to the next reader, what is not public to nobody, and who asks too much is refused as ever."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.http.request import HttpHeaders
from django.utils import timezone

from claims import workflow
from claims.api import ahead as document
from claims.api.throttles import ReaderThrottle
from claims.desk_vocabulary import RelationKind
from claims.models import Claim, User
from factcheck import ahead, plain_questions
from factcheck.ahead import Ahead, ahead_of
from factcheck.requests import Wsgi
from tests import factories
from tests.ahead.conftest import ROOM, Django, api_path, ask, ask_again, paths, told
from tests.public.pages import path_of

Act = Callable[[Claim, User], object]


def redact(claim: Claim, editor: User) -> None:
    piece = claim.evidence.select_related("entry").first()
    assert piece is not None
    factories.erase(piece.entry, "evidence.title", by=editor)


def withdraw(claim: Claim, editor: User) -> None:
    piece = claim.evidence.first()
    assert piece is not None
    workflow.withdraw_evidence(piece, reason="Not theirs.", by=editor)


def merge(claim: Claim, editor: User) -> None:
    survivor = factories.published_claim()
    workflow.merge_claims(claim, into=survivor, reason="The same.", by=editor)


def file(claim: Claim, editor: User) -> None:
    topic = workflow.record_topic(name="Energy", by=editor)
    workflow.file_claim(claim, topics=[topic], by=editor)


def unfile(claim: Claim, editor: User) -> None:
    workflow.file_claim(claim, topics=[], by=editor)


def relate(claim: Claim, editor: User) -> None:
    other = factories.published_claim()
    kind = RelationKind.CONTRADICTS
    workflow.relate_claims(claim, other, kind=kind, reason="They differ.", by=editor)


def void(claim: Claim, editor: User) -> None:
    workflow.void_verdict(claim, reason="We misread it.", by=editor)


def unpublish(claim: Claim, editor: User) -> None:
    """Nothing does so; but if anything did, nobody would be told."""
    Claim.objects.filter(pk=claim.pk).update(published_at=None)


ACTS: tuple[Act, ...] = (redact, withdraw, merge, file, relate, void, unpublish)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_told_to_the_next_who_asks(
    app: Ahead, django: Django, published: Claim, editor: User, act: Act
) -> None:
    addresses = paths(published)
    before = {kind: [ask(app, path) for _ in range(2)][1] for kind, path in addresses.items()}
    assert django.asked == len(addresses)
    act(published, editor)
    for kind, path in addresses.items():
        answers = [ask(app, path), ask(app, path)]
        assert answers == [ask(django, path)] * 2
        aside = act in (file, relate) and kind == "document"
        assert (answers[0] == before[kind]) == aside


def test_what_a_related_claim_says_is_told_at_once(
    app: Ahead, django: Django, published: Claim, editor: User
) -> None:
    other = factories.published_claim()
    kind = RelationKind.REPEATS
    workflow.relate_claims(other, published, kind=kind, reason="It does.", by=editor)
    for _ in range(2):
        page = ask(app, path_of(published))
    void(other, editor)
    assert ask(app, path_of(published)) == ask(django, path_of(published)) != page


def test_what_wikidata_calls_the_claimant_is_told_at_once(
    app: Ahead, django: Django, editor: User
) -> None:
    miller = factories.ClaimantFactory(name="Dora Miller")
    path = path_of(factories.published_claim(claimant=miller))
    ask(app, path)
    workflow.link_claimant(miller, wikidata="Q4115189", by=editor)
    assert b"Q4115189" in ask(app, path).body
    assert ask(app, path) == ask(django, path)


@pytest.mark.parametrize("undone", [True, False])
def test_what_changes_while_django_answers_is_not_kept(
    app: Ahead, django: Django, published: Claim, editor: User, *, undone: bool
) -> None:
    path = path_of(published)

    def once() -> None:
        django.before = lambda: None
        file(published, editor)

    django.before = once
    assert b"Energy" in ask(app, path).body
    if undone:
        unfile(published, editor)
    assert (b"Energy" in ask(app, path).body) is not undone
    assert ask(app, path) == ask(django, path)


def test_a_document_says_in_its_first_minute_what_django_says(
    app: Ahead, django: Django, published: Claim
) -> None:
    path, now = api_path(published), timezone.now()
    for _ in range(3):
        assert "Last-Modified" not in dict(ask_again(app, path, at=now).headers)
    assert django.asked == 3
    assert "Last-Modified" in dict(ask(app, path).headers)


def test_requests_count_as_ever(
    monkeypatch: pytest.MonkeyPatch, django: Django, published: Claim
) -> None:
    monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": "4/day"})
    app, path = Ahead(django, ROOM), api_path(published)
    answers = [ask(app, path), *(ask_again(app, path) for _ in range(2))]
    assert django.asked == 1
    answers += [ask_again(django, path), ask_again(app, path)]
    assert [one.status[:3] for one in answers] == ["200", "200", "200", "200", "429"]
    left = [told(one, "X-RateLimit-Remaining") for one in answers]
    assert left == ["3", "2", "1", "0", "0"]
    assert answers[-1] == ask_again(django, path)


def test_behind_a_proxy_its_word_counts(
    django: Django, app: Ahead, published: Claim, settings: Any
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    path = api_path(published)
    ask(app, path)
    chains = ["203.0.113.7", "198.51.100.1, 203.0.113.7", "203.0.113.8"]
    answers = [ask_again(app, path, x_forwarded_for=chain) for chain in chains]
    assert django.asked == 1
    assert [told(one, "X-RateLimit-Remaining") for one in answers] == ["1199", "1198", "1199"]


def test_what_is_redirected_to_https_stays_so(settings: Any, published: Claim) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    django = Django()
    app = Ahead(django, ROOM)
    for path in paths(published).values():
        for _ in range(2):
            secure = ask(app, path, x_forwarded_proto="https")
            assert told(secure, "Strict-Transport-Security") == "max-age=60"
            for answer in (ask(app, path), ask(app, path, x_forwarded_proto="http")):
                assert answer.status == "301 Moved Permanently"
        assert secure == ask(django, path, x_forwarded_proto="https")


@pytest.mark.parametrize(
    ("error", "recorded"), [(OperationalError("gone"), False), (RuntimeError("broken"), True)]
)
def test_what_fails_goes_to_django(
    app: Ahead,
    django: Django,
    published: Claim,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    *,
    error: Exception,
    recorded: bool,
) -> None:
    def fail(*_: object) -> None:
        raise error

    path = api_path(published)
    ask(app, path)
    monkeypatch.setattr(type(document.document_marks), "unconverted", fail)
    assert ask(app, path) == ask(django, path)
    assert django.asked == 3
    assert ("goes to Django" in caplog.text) is recorded


def test_connections_are_looked_after_once_in_a_while(
    app: Ahead, published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(ahead, "close_old_connections", lambda: looked.append(1))
    for moment in (5.0, 5.5, 6.5):
        monkeypatch.setattr("factcheck.ahead.monotonic", lambda moment=moment: moment)
        ask(app, api_path(published))
    assert len(looked) == 2


def test_without_memory_all_is_djangos(settings: Any) -> None:
    django = Wsgi()
    settings.FACTCHECK_AHEAD_MB = 0
    assert ahead_of(django) is django
    settings.FACTCHECK_AHEAD_MB = 1
    assert isinstance(ahead_of(django), Ahead)


def test_whatever_of_a_request_django_looks_at_is_looked_at_ahead(
    django: Django, published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()

    class Seen(HttpHeaders):
        def __getitem__(self, key: str) -> str:
            read.add(f"HTTP_{key.upper().replace('-', '_')}")
            return super().__getitem__(key)

    class Environ(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            read.add(key)
            return super().get(key, default)

        def __getitem__(self, key: str) -> Any:
            read.add(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            read.add(str(key))
            return super().__contains__(key)

    monkeypatch.setattr("django.http.request.HttpHeaders", Seen)
    for path in paths(published).values():
        said = ask(lambda environ, start: django(Environ(environ), start), path)
        assert said.status == "200 OK"
    sent = {name for name in read if name.startswith("HTTP_")}
    assert {"HTTP_ACCEPT_ENCODING", "HTTP_AUTHORIZATION", "HTTP_HOST", "HTTP_COOKIE"} <= sent
    in_vain = {"HTTP_USER_AGENT"}  # for those that are shut out: none are
    assert sent - in_vain <= plain_questions.LOOKED_AT
