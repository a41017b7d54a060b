"""The shorter way of programs: without a cookie the API answers as on the whole way, at each of its addresses."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.urls import URLResolver, get_resolver

from claims.models import Claim
from factcheck import short_way
from factcheck.requests import Wsgi
from tests import factories
from tests.ahead.conftest import Said, ask

HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"accept": "text/html"},
    {"accept": "application/x-ndjson"},
    {"accept_encoding": "gzip"},
    {"authorization": "Bearer fc_nothing"},
    {"host": "elsewhere.example"},
    {"host": "not a host"},
    {"origin": "https://elsewhere.example"},
    {"x_forwarded_proto": "https"},
    {"if_none_match": "*"},
)


def addresses(claim: Claim) -> list[str]:
    """Return an address of each kind that the API has, and some that it has not."""
    piece = claim.evidence.select_related("entry").first()
    assert piece
    part = f"{claim.public_id}-{piece.entry.number}"
    values = {"public_id": claim.public_id, "part_id": part, "slug": "no-such-thing", "number": "1"}
    [api] = [
        one
        for one in get_resolver().url_patterns
        if isinstance(one, URLResolver) and str(one.pattern) == "api/v1/"
    ]
    found = []
    for name in api.reverse_dict:
        for forms, *_ in api.reverse_dict.getlist(name) if isinstance(name, str) else ():
            form, wanted = forms[0]
            found.append("/api/v1/" + form % {key: values[key] for key in wanted})
    return [*found, "/api/v1/nothing", "/api/v1/claims", "/api/v1/claims/?status=nonsense"]


def either(
    monkeypatch: pytest.MonkeyPatch, path: str, method: str, headers: dict[str, str]
) -> tuple[Said, Said]:
    """Return the answers of both ways."""
    app = Wsgi()
    short = ask(app, path, method, **headers)
    with monkeypatch.context() as patched:
        patched.setattr(short_way, "is_read_by_program", lambda request: False)
        return short, ask(app, path, method, **headers)


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_both_ways_answer_alike(
    published: Claim, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    paths = addresses(published)
    assert len(paths) > 40
    for path in paths:
        for method in ("GET", "HEAD"):
            short, whole = either(monkeypatch, path, method, headers)
            assert short == whole, path


def test_whoever_sends_a_cookie_or_writes_goes_the_whole_way(
    published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    asked = short_way.is_read_by_program

    def noted(request: HttpRequest) -> bool:
        seen.append(asked(request))
        return seen[-1]

    monkeypatch.setattr(short_way, "is_read_by_program", noted)
    path = f"/api/v1/claims/{published.public_id}/"
    for method, at, headers in (
        ("GET", path, {}),
        ("HEAD", path, {}),
        ("GET", path, {"cookie": "sessionid=x"}),
        ("POST", path, {}),
        ("GET", "/claims/", {}),
        ("GET", "/admin/", {}),
    ):
        ask(Wsgi(), at, method, **headers)
    assert seen == [True, True, False, False, False, False]


def test_a_short_answer_has_the_policy_of_every_page(published: Claim) -> None:
    said = dict(ask(Wsgi(), f"/api/v1/claims/{factories.published_claim().public_id}/").headers)
    assert "frame-ancestors 'none'" in said["Content-Security-Policy"]
    assert (said["X-Frame-Options"], said["X-Content-Type-Options"]) == ("DENY", "nosniff")
