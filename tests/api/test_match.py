"""/api/v1/match/: what is found, in which words it is refused, and that nothing of it is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from claims import addresses
from claims.api.match import MatchThrottle
from claims.fetching import FetchFailed, FetchRefused
from claims.matching import given
from claims.models import User
from tests import factories
from tests.api.conftest import Api, Queries, content_of
from tests.matching.test_given import Served
from tests.workflow.fetching_of import fetched, page

CLAIM = "The old harbour bridge carries ninety lorries a day."
SAID = "Ninety lorries a day cross the old harbour bridge, she said."
PIER = "The inspection found two cracks in the northern pier."
JSON = "application/json"


def send(api: Api, body: Any, code: int = 200, **more: Any) -> Any:
    """Return the JSON of an answer that has the status `code` and is as the schema says."""
    sent = body if isinstance(body, (str, bytes)) else json.dumps(body)
    response = api.client.post("/api/v1/match/", sent, **{"content_type": JSON, **more})
    assert response.status_code == code, response.content
    assert response["Cache-Control"] == "no-store"
    content = content_of(api.paths["/api/v1/match/"]["post"], code)
    schema = {**content[response["Content-Type"]]["schema"], **api.components}
    assert not list(Draft202012Validator(schema).iter_errors(response.json()))
    return response.json()


def test_a_text_is_answered_with_the_claims_in_it_and_their_places(api: Api) -> None:
    claim = factories.published_claim(wording=CLAIM)
    text = f"😀 The mayor spoke on Friday.\r\n{SAID}"
    answer = send(api, {"text": text})
    (found,) = answer["matches"]
    summary = api.get(f"claims/{claim.public_id}/")
    rating = {"textual_rating": "Confirmed"}
    assert found["claim"] == {name: (summary | rating)[name] for name in found["claim"]}
    assert found["claim"]["url"].startswith("http://testserver/api/v1/claims/")
    place = found["passage"]
    assert answer["read"]["text"][place["start"] : place["end"]] == place["exact"] == SAID
    assert place["sentence"] == 1
    assert found["match"] == "near"
    assert 0.35 < found["score"] < 1
    assert answer["read"]["sentences"] == 2
    assert answer["read"]["characters"] == len(answer["read"]["text"]) == len(text) - 1
    assert answer["read"]["truncated"] is False


def test_the_very_words_are_told_from_words_in_common(api: Api) -> None:
    factories.published_claim(wording=CLAIM)
    (found,) = send(api, {"text": f"She said: “{CLAIM}”"})["matches"]
    assert (found["match"], found["score"]) == ("exact", 1)
    assert found["passage"]["exact"] == CLAIM.rstrip(".")


def test_places_come_in_the_order_of_the_text(api: Api) -> None:
    factories.published_claim(wording=CLAIM)
    factories.published_claim(wording=PIER)
    found = send(api, {"text": f"{PIER} Nothing else is new today. {SAID}"})["matches"]
    starts = [one["passage"]["start"] for one in found]
    assert starts == sorted(starts)
    assert [one["claim"]["wording"] for one in found] == [PIER, CLAIM]


def test_fewer_or_nearer_claims_can_be_asked_for(api: Api) -> None:
    for town in ("Aberdeen", "Bergen", "Calais", "Dover"):
        factories.published_claim(wording=f"The old harbour bridge of {town} is closed.")
    text = "The old harbour bridge of Dover is closed, they say."
    assert len(send(api, {"text": text})["matches"]) == 3
    assert len(send(api, {"text": text, "limit": 1})["matches"]) == 1
    assert len(send(api, {"text": text, "limit": 10, "min_score": 0})["matches"]) == 4
    assert len(send(api, {"text": text, "min_score": 1})["matches"]) == 1
    assert send(api, {"text": text, "language": "de"})["matches"] == []


def test_an_article_is_taken_out_of_a_page(api: Api) -> None:
    factories.published_claim(wording=PIER)
    answer = send(api, {"html": page().decode(), "url": "https://gazette.example/bridge"})
    assert [one["claim"]["wording"] for one in answer["matches"]] == [PIER]
    assert answer["read"]["title"] == "Bridge closed"
    assert answer["read"]["language"] == "en-GB"
    assert "<p>" not in answer["read"]["text"]


def test_a_page_that_is_fetched_is_told_by_its_digest_alone(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.published_claim(wording=PIER)
    monkeypatch.setattr(given, "FETCHER", Served(fetched(page())))
    answer = send(api, {"url": "https://gazette.example/bridge"})
    sent = send(api, {"html": page().decode()})
    assert answer["read"]["text"] is None
    assert answer["read"]["sha256"] == sent["read"]["sha256"]
    assert answer["matches"] == sent["matches"] != []


def test_the_article_of_the_register_is_pointed_to(api: Api, editor: User) -> None:
    article = factories.ArticleFactory(url="https://news.example/a", by=editor)
    quote = factories.appearance_draft(article, "is safe")
    body = {"html": page().decode(), "url": "https://news.example/a"}
    assert send(api, body)["read"]["article"] is None
    factories.published_claim(appearance=quote)
    known = send(api, body)["read"]["article"]
    assert known["url"] == f"http://testserver{addresses.article_api(article.public_id)}"


def test_unpublished_claims_are_answered_as_ones_that_never_were(api: Api, editor: User) -> None:
    nothing = send(api, {"text": SAID})
    factories.ClaimFactory(wording=CLAIM, by=editor)
    assert send(api, {"text": SAID}) == nothing


@pytest.mark.parametrize("rows", [1, 20])
def test_three_queries_for_any_text(api: Api, queries: Queries, rows: int) -> None:
    for number in range(rows):
        factories.published_claim(wording=f"The old harbour bridge number {number} is closed.")
    text = " ".join(f"The old harbour bridge number {n} is closed today." for n in range(rows))
    # 1 how many claims hold each word, 2 those nearest to each sentence, 3 what lists show of them
    with queries(3):
        assert len(send(api, {"text": text, "limit": 1})["matches"]) == rows


def test_a_page_with_an_address_costs_one_query_more(api: Api, queries: Queries) -> None:
    factories.published_claim(wording=PIER)
    with queries(4):
        send(api, {"html": page().decode(), "url": "https://gazette.example/bridge"})


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({}, "", "one of text, html and url must be given"),
        ({"text": "a", "url": "https://a.example/"}, "", "one of text"),
        ({"text": "a", "html": "b"}, "", "one of text"),
        ({"text": ""}, "/text", "must be a text that is not blank"),
        ({"text": None}, "/text", "must be a text"),
        ({"text": ["a"]}, "/text", "must be a text"),
        ({"text": "a" * 50_001}, "/text", "has 50,001 characters; at most 50,000"),
        ({"url": "ftp://a.example/"}, "/url", "must begin with http:// or https://"),
        ({"url": f"https://a.example/{'a' * 2_000}"}, "/url", "at most 2,000"),
        ({"text": "a", "limit": 0}, "/limit", "must be a whole number from 1 to 10"),
        ({"text": "a", "limit": 1.5}, "/limit", "must be a whole number"),
        ({"text": "a", "limit": True}, "/limit", "must be a whole number"),
        ({"text": "a", "limit": 10**400}, "/limit", "must be a whole number"),
        ({"text": "a", "min_score": 1.1}, "/min_score", "must be a number from 0 to 1"),
        ({"text": "a", "min_score": "0"}, "/min_score", "must be a number"),
        ({"text": "a", "language": "english please"}, "/language", "must be a language tag"),
        ({"text": "a", "q/~": 1}, "/q~1~0", "is not a member of this body; known: text"),
        ({"html": "<html><body></body></html>"}, "/html", "No article text"),
        ({"url": "http://127.0.0.1/"}, "/url", "This address is not fetched."),
        ({"url": "http://169.254.169.254/x"}, "/url", "This address is not fetched."),
    ],
)
def test_a_member_that_cannot_be_used_is_pointed_to(
    api: Api, body: Any, pointer: str, detail: str
) -> None:
    (error,) = send(api, body, 422)["errors"]
    assert error["pointer"] == pointer
    assert detail in error["detail"]


def test_all_that_is_wrong_is_named_at_once(api: Api) -> None:
    wrong = send(api, {"text": 1, "limit": 0, "min_score": 2, "q": 0}, 422)["errors"]
    assert [one["pointer"] for one in wrong] == ["/q", "/text", "/limit", "/min_score"]


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "[]",
        "null",
        "{",
        '{"text": NaN}',
        '{"text": "a", "text": "b"}',
        b'{"text": "\xff"}',
        "[" * 100_000,
        f'{{"limit": {"9" * 5_000}}}',
    ],
)
def test_what_is_no_json_object_is_refused(api: Api, body: Any) -> None:
    refused = send(api, body, 400)
    assert refused["type"].endswith("/problems/bad-body/")


@pytest.mark.parametrize(
    ("body", "pointer", "character"),
    [
        ({"text": "half \ud800 of one"}, "/text", "U+D800"),
        ({"text": "a\x00b"}, "/text", "U+0000"),
        ({"url": "https://a.example/\x00"}, "/url", "U+0000"),
    ],
)
def test_characters_that_no_text_has_are_pointed_to(
    api: Api, body: Any, pointer: str, character: str
) -> None:
    (error,) = send(api, body, 400)["errors"]
    assert error["pointer"] == pointer
    assert character in error["detail"]


def test_a_parameter_in_the_address_is_refused(api: Api) -> None:
    response = api.client.post("/api/v1/match/?text=a", "{}", content_type=JSON)
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "text"


def test_other_media_types_are_refused(api: Api) -> None:
    assert "application/json" in send(api, "text=a", 415, content_type="text/plain")["detail"]


@pytest.mark.parametrize("size", [2_000_001, 6_000_000])
def test_a_body_that_is_too_large_is_refused(api: Api, size: int) -> None:
    body = json.dumps({"html": "a" * size})
    assert "larger than 2,000,000 bytes" in send(api, body, 413)["detail"]


@pytest.mark.parametrize(
    ("error", "code", "reason"),
    [
        (FetchRefused("Secret."), 422, "not_fetched"),
        (FetchFailed("Secret."), 502, "not_answered"),
    ],
)
def test_why_a_page_is_not_read_is_named(
    api: Api, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, reason: str
) -> None:
    monkeypatch.setattr(given, "FETCHER", Served(error))
    problem = send(api, {"url": "https://gazette.example/bridge"}, code)
    assert problem["errors"][0]["reason"] == reason
    assert "Secret" not in json.dumps(problem)


def test_texts_and_links_are_counted_by_themselves(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"readers": "9/day", "matches": "3/day", "links": "1/day"}
    monkeypatch.setattr(MatchThrottle, "THROTTLE_RATES", rates)
    monkeypatch.setattr(given, "FETCHER", Served(fetched(page())))
    link = {"url": "https://gazette.example/bridge"}
    send(api, link)
    send(api, link, 429)
    send(api, {"text": SAID})
    send(api, {"text": SAID}, 429)
    assert api.fetch("statuses/").status_code == 200


def test_other_methods_are_told_how_it_is_asked(api: Api) -> None:
    refused = api.fetch("match/")
    assert refused.status_code == 405
    assert refused["Allow"] == "POST, OPTIONS"
    assert "POST" in refused.json()["detail"]


def test_pages_of_other_sites_may_ask(api: Api) -> None:
    asked = api.client.options("/api/v1/match/")
    assert asked["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    answer = api.client.post("/api/v1/match/", json.dumps({"text": SAID}), content_type=JSON)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
