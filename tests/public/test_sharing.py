"""Files for programs are open to scripts on other sites, parts of them too, and say so when they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims import addresses
from claims.exports.keeping import export_for_readers
from claims.models import Claim
from tests import factories

REGISTER = (
    addresses.CLAIM_REVIEWS,
    addresses.AVERITEC,
    addresses.feed("claims", "atom"),
    addresses.feed("changes", "json"),
)
METHODS = "GET, HEAD, OPTIONS"


@pytest.fixture
def paths(db: None, settings: Any, tmp_path: Path) -> list[str]:
    settings.FACTCHECK_EXPORTS_DIR = tmp_path
    article = factories.ArticleFactory()
    claim = factories.published_claim(
        appearance=factories.appearance_draft(article, article.text[:20])
    )
    own, page = claim.public_id, addresses.claim_page(claim.public_id, claim.wording)
    export = export_for_readers()
    return [
        *REGISTER,
        addresses.claim_file(own, "jsonld"),
        addresses.claim_provenance(own),
        addresses.claim_averitec(own),
        addresses.claim_feed(own, "rss"),
        addresses.article_annotations(article.public_id),
        addresses.export_file(export.folder.name, "claims.ndjson.gz"),
        f"/oembed?url={settings.FACTCHECK_BASE_URL}{page}",
    ]


def answers(client: Client, paths: list[str], method: str, **headers: str) -> Iterator[Any]:
    for path in paths:
        answer = client.generic(method, path, headers=headers)
        yield answer
        b"".join(answer)  # read to its end, or its file would stay open


def test_scripts_on_other_sites_read_them_and_see_which_part_it_is(
    client: Client, paths: list[str]
) -> None:
    for answer in answers(client, paths, "GET", range="bytes=0-9"):
        assert answer.status_code in (200, 206)
        assert answer["Access-Control-Allow-Origin"] == "*"
        shown = answer["Access-Control-Expose-Headers"].split(", ")
        assert {"Accept-Ranges", "Content-Range", "ETag"} <= set(shown)


def test_a_browser_is_told_that_it_may_ask_and_nothing_is_read_for_it(
    client: Client, paths: list[str], django_assert_num_queries: Any
) -> None:
    asked = {
        "origin": "https://elsewhere.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "range",
    }
    with django_assert_num_queries(0):
        for answer in answers(client, paths, "OPTIONS", **asked):
            assert (answer.status_code, answer.content) == (204, b"")
            assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == METHODS
            assert answer["Access-Control-Allow-Origin"] == "*"
            assert answer["Access-Control-Allow-Headers"] == "*"


def test_nothing_is_written_there(paths: list[str]) -> None:
    for answer in answers(Client(enforce_csrf_checks=True), paths, "POST"):
        assert (answer.status_code, answer["Allow"]) == (405, METHODS)


def test_what_cannot_be_read_is_told_to_scripts_as_well(client: Client) -> None:
    answer = client.get(addresses.feed("claims", "atom"), {"page": "1", "after": "\x01"})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (400, "*")


def test_a_page_for_people_is_not_open(client: Client, published: Claim) -> None:
    for path in ("/claims/", addresses.claim_page(published.public_id, published.wording)):
        assert "Access-Control-Allow-Origin" not in client.get(path)
        assert client.options(path).status_code == 405
