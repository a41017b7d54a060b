"""What no browser sends: methods, encodings and characters that nobody needs. Refused in words, never a failure."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from pytest_django import Settings

from factcheck.requests import Asgi, Wsgi
from tests import factories
from tests.public.pages import html
from tests.test_configuration import python

pytestmark = pytest.mark.django_db
NONCHARACTERS = "%EF%BF%BE%EF%BF%BF"


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("typed", ["%00", "crane%01s", "%1b%5b", "%0b", NONCHARACTERS])
def test_a_search_for_control_characters_has_a_feed_that_can_be_read(
    client: Client, typed: str, form: str
) -> None:
    response = client.get(f"/feeds/claims.{form}?q={typed}")
    assert response.status_code == 200
    if form == "json":
        assert response.json()["items"] == []
    else:
        etree.fromstring(response.content)


def test_control_characters_in_a_search_part_words_and_are_not_shown(client: Client) -> None:
    factories.published_claim(wording="The harbour has forty cranes.")
    page = html(client, "/claims/?q=forty%00cranes")
    assert "“forty cranes”" in page
    assert "The harbour has" in page
    assert "\0" not in page


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_what_is_only_read_names_the_methods_that_read_it(method: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("/", "/claims/", "/sitemap.xml", "/card.png", "/robots.txt"):
        response = strict.generic(method, path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD"), path


MANY = "&".join(f"p{number}=1" for number in range(5_000))


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("host", ["elsewhere.example", "testserver"])
@pytest.mark.parametrize("path", ["/claims/", "/api/v1/claims/"])
def test_too_many_parameters_are_refused_also_where_failures_are_shown(
    settings: Settings, path: str, host: str, *, debug: bool
) -> None:
    """Whoever reports a failure reads the parameters once more."""
    settings.DEBUG = debug
    client = Client(raise_request_exception=False, headers={"host": host})
    assert client.get(f"{path}?{MANY}").status_code == 400


@pytest.mark.parametrize(
    ("sent", "charset", "status"),
    [
        (MANY.encode(), "utf-8", 400),
        (b"kind=report", "latin-1", 400),
        (b"text=" + b"b" * 6_000_000, "utf-8", 413),
    ],
    ids=["too many fields", "another charset", "too large"],
)
def test_so_is_a_form_that_cannot_be_read(
    db: None, settings: Settings, sent: bytes, charset: str, status: int
) -> None:
    settings.DEBUG = True
    client = Client(raise_request_exception=False)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert client.post("/report/", sent, content_type=kind).status_code == status


def environ(charset: str, query: str) -> dict[str, Any]:
    """Return what a server hands over of a request that says to be in `charset`."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/claims/",
        "QUERY_STRING": query,
        "CONTENT_TYPE": f"text/html; charset={charset}",
        "wsgi.input": BytesIO(),
    }


@pytest.mark.parametrize("charset", ["rot13", "hex", "zlib", "idna", "punycode", "undefined"])
@pytest.mark.parametrize("query", ["q=caf%C3%A9", "q=caf\xc3\xa9"])
def test_an_encoding_that_no_text_is_in_is_not_looked_at(charset: str, query: str) -> None:
    assert Wsgi.request_class(environ(charset, query)).GET["q"] == "café"


def test_one_that_any_bytes_can_be_read_in_is() -> None:
    request = Wsgi.request_class(environ("iso-8859-1", "q=caf%E9"))
    assert (request.encoding, request.GET["q"]) == ("iso-8859-1", "café")


def test_the_other_kind_of_server_reads_requests_alike() -> None:
    scope = {
        "method": "GET",
        "path": "/claims/",
        "query_string": b"q=caf%C3%A9",
        "headers": [(b"content-type", b"text/html; charset=rot13")],
    }
    assert Asgi.request_class(scope, BytesIO()).GET["q"] == "café"


@pytest.mark.parametrize(("server", "kind"), [("wsgi", "Wsgi"), ("asgi", "Asgi")])
def test_both_servers_start_with_requests_read_so(server: str, kind: str, tmp_path: Path) -> None:
    asks = f"import factcheck.{server} as s; print(type(s.application).__qualname__)"
    told = {"FACTCHECK_MODE": "development", "FACTCHECK_VAR_DIR": str(tmp_path)}
    done = python("-c", asks, FACTCHECK_ENV_FILE="", **told)
    assert done.stdout.strip() == kind, done.stderr
