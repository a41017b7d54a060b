"""How calls are read and refused: parameters of every method, partial answers, keys, methods, errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from claims.api.google.described import fields_of
from claims.api.google.masks import BadMask, masked, read_mask
from claims.api.throttles import ReaderThrottle
from tests.api.google.conftest import SEARCH, Google, bridges

KNOWN = fields_of("claims.search")
OVERRIDE = {"X-HTTP-Method-Override": "GET"}
FORM = "application/x-www-form-urlencoded"


def test_a_call_without_what_it_needs_is_told_so(google: Google) -> None:
    assert google.refused() == {"query": "is required unless reviewPublisherSiteFilter is given"}
    assert google.refused(query="") == google.refused()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("pageSize", "-1", "must be a whole number from 0 to 2147483647"),
        ("pageSize", "ten", "must be a whole number from 0 to 2147483647"),
        ("offset", "10001", "must be a whole number from 0 to 10000"),
        ("offset", "١٢", "must be a whole number from 0 to 10000"),
        ("maxAgeDays", "2147483648", "must be a whole number from 0 to 2147483647"),
        ("languageCode", "english!", "must be a language tag, such as en or pt-BR"),
        (
            "pageToken",
            "x",
            "is not a token of this call: all other parameters must be what they were",
        ),
        ("alt", "proto", "must be one of: json"),
        ("prettyPrint", "maybe", "must be one of: true, false"),
        ("callback", "alert", "is refused: answers may be read from any site without it"),
        ("quotaUser", "u" * 41, "is longer than 40 characters"),
        ("$.xgafv", "3", "must be one of: 1, 2"),
        ("fields", "claims(text", "has a parenthesis that is not closed"),
        ("fields", "claims/id", "names 'id', which is no field of this answer"),
    ],
)
def test_what_cannot_be_used_is_named(google: Google, name: str, value: str, reason: str) -> None:
    assert google.refused(query="x", **{name: value}) == {name: reason}


def test_what_is_not_known_or_given_twice_is_named(google: Google) -> None:
    assert list(google.refused(query="x", lang="en", prety="")) == ["lang", "prety"]
    response = google.client.get(f"{SEARCH}?query=a&query=b")
    assert response.status_code == 400
    assert response.json()["error"]["message"] == "query is given more than once"


def test_what_every_method_takes_is_taken(google: Google) -> None:
    bridges(1)
    taken = {
        "key": "AIza-some_key",
        "alt": "json",
        "quotaUser": "me",
        "access_token": "t",
        "oauth_token": "t",
        "uploadType": "media",
        "upload_protocol": "raw",
        "$.xgafv": "2",
        "languageCode": "",
        "pageToken": "",
    }
    assert google.get(query="bridge", **taken) == google.get(query="bridge")


def test_an_answer_is_indented_unless_asked_otherwise(google: Google) -> None:
    bridges(1)
    pretty = google.client.get(SEARCH, {"query": "bridge"}).content.decode()
    plain = google.client.get(SEARCH, {"query": "bridge", "prettyPrint": "false"}).content.decode()
    assert pretty.startswith('{\n  "claims": [\n')
    assert plain.startswith('{"claims":[{"')
    assert json.loads(pretty) == json.loads(plain)


@pytest.mark.parametrize("sent", ["query", "header"])
@pytest.mark.parametrize("key", ["with space", "k" * 201, "ключ"])
def test_what_cannot_be_a_key_is_told_in_the_words_clients_know(
    google: Google, sent: str, key: str
) -> None:
    given: dict[str, Any] = {"query": "x"} | ({"key": key} if sent == "query" else {})
    headers = {"X-Goog-Api-Key": key} if sent == "header" else {}
    response = google.client.get(SEARCH, given, headers=headers)
    error = response.json()["error"]
    assert (response.status_code, error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["details"][0]["reason"] == "API_KEY_INVALID"
    assert error["message"] == "API key not valid. Please pass a valid API key."


@pytest.mark.parametrize(
    ("mask", "tree"),
    [
        ("claims", {"claims": {}}),
        ("claims/text", {"claims": {"text": {}}}),
        ("claims.text, nextPageToken", {"claims": {"text": {}}, "nextPageToken": {}}),
        (
            "claims(text,claimReview/publisher(name))",
            {"claims": {"text": {}, "claimReview": {"publisher": {"name": {}}}}},
        ),
        ("claims/text,claims/claimant", {"claims": {"text": {}, "claimant": {}}}),
        ("claims,claims/text", {"claims": {}}),
        ("claims/text,claims", {"claims": {}}),
        ("claims/claimReview/*/site,nextPageToken", None),
        ("*", {"claims": {}, "nextPageToken": {}}),
        ("", None),
        ("claims(", None),
        ("claims)", None),
        ("claims,,", None),
        ("claims/", None),
        ("claims(text)x", None),
        ("clàims", None),
        ("/".join(["claims"] * 100), None),
        ("(" * 900, None),
        ("claims," * 900, None),
    ],
)
def test_a_mask_is_read_or_refused(mask: str, tree: dict[str, Any] | None) -> None:
    if tree is None:
        with pytest.raises(BadMask):
            read_mask(mask, KNOWN)
    else:
        assert read_mask(mask, KNOWN) == tree


def test_a_star_stands_for_every_field_that_has_what_is_below_it() -> None:
    assert read_mask("claims/claimReview(*)", KNOWN)["claims"]["claimReview"].keys() == {
        "publisher",
        "url",
        "title",
        "reviewDate",
        "textualRating",
        "languageCode",
    }


def test_what_was_not_asked_for_is_not_sent(google: Google) -> None:
    bridges(1)
    found = google.get(
        query="bridge", fields="claims(text,claimReview(textualRating,publisher/site))"
    )
    review = {"textualRating": "Confirmed", "publisher": {"site": "testserver"}}
    assert found == {
        "claims": [{"text": "Bridge 1 over the Elbe is safe.", "claimReview": [review]}]
    }
    assert masked({"a": [1]}, {}) == {"a": [1]}


def test_a_query_too_long_for_an_address_comes_as_a_form(google: Google) -> None:
    bridges(2)
    asked = google.client.get(SEARCH, {"query": "bridge", "pageSize": "1"})
    strict = Client(enforce_csrf_checks=True)
    posted = strict.post(SEARCH, "query=bridge&pageSize=1", content_type=FORM, headers=OVERRIDE)
    assert posted.status_code == 200
    assert posted.json()["claims"] == asked.json()["claims"]
    assert posted["Cache-Control"] == "no-store"
    split = strict.post(f"{SEARCH}?pageSize=1", "query=bridge", content_type=FORM, headers=OVERRIDE)
    assert split.json()["claims"] == asked.json()["claims"]
    known = {**OVERRIDE, "If-None-Match": asked["ETag"]}
    again = strict.post(SEARCH, "query=bridge&pageSize=1", content_type=FORM, headers=known)
    assert again.status_code == 200
    token = posted.json()["nextPageToken"]
    assert google.get(query="bridge", pageToken=token)["claims"] != asked.json()["claims"]


def test_a_form_is_refused_where_it_does_not_say_that_it_is_a_read(google: Google) -> None:
    refused = google.client.post(SEARCH, "query=bridge", content_type=FORM)
    assert (refused.status_code, refused.json()["error"]["code"]) == (405, 405)
    other = google.client.post(SEARCH, "{}", content_type="application/json", headers=OVERRIDE)
    assert (other.status_code, other.json()["error"]["status"]) == (415, "INVALID_ARGUMENT")
    empty = google.client.generic("POST", SEARCH, "", headers=OVERRIDE)
    assert empty.json()["error"]["message"].startswith("query is required")
    for method in ("PUT", "DELETE", "PATCH"):
        response = google.client.generic(method, SEARCH)
        assert (response.status_code, response.json()["error"]["status"]) == (405, "UNIMPLEMENTED")
        assert "GET" in response["Allow"]


def test_head_options_and_conditions_are_answered(google: Google) -> None:
    bridges(1)
    asked = google.client.get(SEARCH, {"query": "bridge"})
    head = google.client.head(SEARCH, {"query": "bridge"})
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", asked["ETag"])
    known = google.client.get(SEARCH, {"query": "bridge"}, headers={"If-None-Match": asked["ETag"]})
    assert known.status_code == 304
    assert google.client.options(SEARCH).status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    for accepted in ("text/html", "application/xml", "nonsense"):
        assert (
            google.client.get(SEARCH, {"query": "x"}, headers={"Accept": accepted}).status_code
            == 200
        )


def test_too_many_calls_are_told_to_wait(google: Google, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": "1/day"})
    assert google.get(query="x") == {}
    refused = google.client.get(SEARCH, {"query": "x"})
    assert (refused.status_code, refused.json()["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert int(refused["Retry-After"]) > 0


def test_a_token_of_google_s_is_refused_in_the_words_of_that_api(google: Google) -> None:
    sent = {"Authorization": "Bearer ya29.nonsense"}
    refused = google.client.get(SEARCH, {"query": "x"}, headers=sent)
    assert (refused.status_code, refused.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_a_failure_says_nothing_of_its_cause(
    google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("claims.api.google.claims.best_published", fail)
    response = Client(raise_request_exception=False).get(SEARCH, {"query": "x"})
    assert (response.status_code, response.json()["error"]["status"]) == (500, "INTERNAL")
    assert b"secret" not in response.content


@pytest.mark.parametrize(
    "path",
    [
        "/v1alpha1",
        "/v1alpha1/",
        "/v1alpha1/claims",
        "/v1alpha1/claims:search/",
        "/v1alpha1/pages/0000000000",
        "/v1alpha1/pages/%00",
        "/discovery/v1/apis",
        "/$discovery/rest?version=v2",
    ],
)
def test_where_nothing_is_the_answer_says_so(google: Google, path: str) -> None:
    for method in ("GET", "POST"):
        response = google.client.generic(method, path)
        assert response.status_code in (403, 404, 405)
    assert google.client.get(path).json()["error"]["status"] == "NOT_FOUND"


def test_a_host_that_is_not_ours_is_refused_in_the_same_shape(google: Google) -> None:
    response = google.client.get(SEARCH, {"query": "x"}, headers={"Host": "other.example"})
    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_calls_in_batches_are_not_offered(google: Google) -> None:
    for path in ("/batch", "/batch/factchecktools/v1alpha1"):
        response = google.client.post(path, "x", content_type="multipart/mixed; boundary=x")
        assert (response.status_code, response.json()["error"]["code"]) == (501, 501)


def test_images_are_not_looked_at_and_nobody_is_told_that_nothing_was_found(google: Google) -> None:
    path = "/v1alpha1/claims:imageSearch"
    assert google.refused(path) == {"imageUri": "is required"}
    for address in ("file:///etc/passwd", "javascript:alert(1)", "cat.png"):
        assert list(google.refused(path, imageUri=address)) == ["imageUri"]
    error = google.get(path, 501, imageUri="https://news.example/cat.png", languageCode="en")[
        "error"
    ]
    assert error["status"] == "UNIMPLEMENTED"
