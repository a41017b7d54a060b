"""What is answered ahead of Django is the very answer that Django gives, whatever is asked."""

from __future__ import annotations

import pytest

from claims.models import Claim
from factcheck.ahead import Ahead
from tests.ahead.conftest import BROWSER, Django, Said, api_path, ask, paths, told
from tests.api.conftest import Queries


def known(said: Said, form: str) -> dict[str, str]:
    """Return the headers of `form`, which may name the tag and the date of an answer."""
    assert "ETag" in dict(said.headers), said
    values = {"tag": told(said, "ETag"), "date": dict(said.headers).get("Last-Modified", "")}
    pairs = [pair.split("=", 1) for pair in form.format(**values).split("\n") if pair]
    return dict(pairs)


KINDS = ("document", "page", "German page")
FROM_MEMORY = (
    "",
    "accept=*/*",
    f"accept={BROWSER}\naccept_encoding=gzip, deflate, br",
    "accept_encoding=gzip",
    "accept_encoding=gzip;q=0",
    "accept_encoding=br",
    "accept_language=de",
    "user_agent=Anything/1.0",
    "cookie=of_others=1; _ga=2",
    "origin=https://elsewhere.example",
    "x_forwarded_for=192.0.2.7",
    "x_forwarded_proto=https",
    "x_forwarded_host=elsewhere.example",
    "if_none_match={tag}",
    "if_none_match=W/{tag}",
    "if_none_match={tag}\nif_modified_since=Mon, 02 Nov 2026 12:00:00 GMT",
)
ONLY_PAGES = ("accept=text/html", "accept=text/html;charset*=nobody''x", "accept=image/png")
FROM_DJANGO = (
    *ONLY_PAGES,
    "accept=application/ld+json",
    "authorization=Bearer fc_nothing",
    "cookie=sessionid=abc",
    "cookie=of_others=1; messages=x",
    "host=elsewhere.example",
    "host=not a host",
    "if_match={tag}",
    'if_match="x"',
    'if_none_match="x"',
    "if_none_match=*",
    'if_none_match="x", {tag}',
    "if_none_match=",
    "if_modified_since=nonsense",
    "if_modified_since=Mon, 02 Nov 2020 12:00:00 GMT",
    "if_unmodified_since=Mon, 02 Nov 2020 12:00:00 GMT",
    "range=bytes=0-9",
    "range=bytes=0-9\nif_range={tag}",
    "content_type=text/plain; charset=rot13",
    "x_forwarded_proto=gopher",
)


@pytest.mark.parametrize("form", [*FROM_MEMORY, *FROM_DJANGO])
def test_it_answers_as_django(app: Ahead, django: Django, published: Claim, form: str) -> None:
    for kind, path in paths(published).items():
        headers = known(ask(app, path), form)
        ask(app, path, **headers)
        from_memory = form in FROM_MEMORY or (form in ONLY_PAGES and kind != "document")
        for method in ("GET", "HEAD"):
            before = django.asked
            answer = ask(app, path, method, **headers)
            assert (django.asked == before) == from_memory
            assert answer == ask(django, path, method, **headers)


def test_a_date_sent_back_is_known_again(app: Ahead, django: Django, published: Claim) -> None:
    path = api_path(published)
    sent = {"if_modified_since": told(ask(app, path), "Last-Modified")}
    ask(app, path, **sent)
    answer = ask(app, path, **sent)
    assert django.asked == 2
    assert answer.status == "304 Not Modified"
    assert answer == ask(django, path, **sent)


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_other_methods_are_djangos(
    app: Ahead, django: Django, published: Claim, method: str
) -> None:
    for path in paths(published).values():
        ask(app, path)
        before = django.asked
        assert ask(app, path, method) == ask(django, path, method)
        assert django.asked == before + 2


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/claims/{}/?",
        "/api/v1/claims/{}/?as_of=1",
        "/api/v1/claims/{}",
        "/api/v1/claims/{}/history/",
        "/claims/{}/",
        "/claims/{}/another-slug/",
        "/claims/{}/report/",
        "/claims/{}/now/",
        "/claims/{}.json",
        "/fr/claims/{}/a-slug/",
        "/embed/claims/{}/",
        "/api/v1/claims/0000000000/",
        "/claims/0000000000/a-slug/",
    ],
)
def test_other_addresses_are_djangos(
    app: Ahead, django: Django, published: Claim, path: str
) -> None:
    path = path.format(published.public_id)
    ask(app, path)
    answers = [ask(one, path) for one in (app, django)]
    if "/report/" not in path:  # its form bears a mark of the moment
        assert answers[0] == answers[1]
    assert django.asked == 3 - path.endswith("?")


def test_one_query_for_a_document_and_two_for_a_page(
    app: Ahead, published: Claim, django_assert_num_queries: Queries
) -> None:
    for kind, number in zip(KINDS, (1, 2, 2), strict=True):
        path = paths(published)[kind]
        ask(app, path)
        with django_assert_num_queries(number):
            assert ask(app, path).status == "200 OK"
