"""google-api-python-client, unmodified, against a served register, in every way that it can be pointed at one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import googleapiclient  # type: ignore[import-untyped]
import pytest
from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import (  # type: ignore[import-untyped]
    build,
    build_from_document,
)
from googleapiclient.errors import HttpError  # type: ignore[import-untyped]

from claims.api.google.described import discovery_document
from claims.api.throttles import ReaderThrottle
from tests.api.google.conftest import Served

KEY = "AIzaSomeKey"
NAME = ("factchecktools", "v1alpha1")
Service = Any


def own_document(url: str) -> dict[str, Any]:
    with urlopen(f"{url}/$discovery/rest?version=v1alpha1") as answer:  # noqa: S310  (our own server)
        document: dict[str, Any] = json.load(answer)
        return document


def as_bundled(url: str, slash: str = "") -> Service:
    return build(*NAME, developerKey=KEY, client_options={"api_endpoint": url + slash})


def by_discovery(url: str) -> Service:
    own = f"{url}/$discovery/rest?version={{apiVersion}}"
    return build(
        *NAME,
        developerKey=KEY,
        discoveryServiceUrl=own,
        static_discovery=False,
        cache_discovery=False,
    )


def by_the_other_address(url: str) -> Service:
    own = f"{url}/discovery/v1/apis/{{api}}/{{apiVersion}}/rest"
    return build(*NAME, developerKey=KEY, discoveryServiceUrl=own, cache_discovery=False)


def from_document(url: str) -> Service:
    return build_from_document(own_document(url), developerKey=KEY)


def without_key(url: str) -> Service:
    return build_from_document(own_document(url), credentials=AnonymousCredentials())


WAYS: dict[str, Callable[[str], Service]] = {
    "bundled": as_bundled,
    "bundled, with a slash": lambda url: as_bundled(url, "/"),
    "discovery": by_discovery,
    "discovery/v1": by_the_other_address,
    "document": from_document,
    "no key": without_key,
}


def test_every_way_leads_to_the_same_claims(served: Served) -> None:
    texts = [claim.wording for claim in served.claims]
    for name, way in WAYS.items():
        with way(served.url) as service:
            found = service.claims().search(query="elbe", languageCode="en-US").execute()
            assert sorted(claim["text"] for claim in found["claims"]) == texts, name
            assert _walked(service, query="elbe", pageSize=2) == texts, name
            assert _walked(service, reviewPublisherSiteFilter="127.0.0.1", pageSize=1) == texts, (
                name
            )


def _walked(service: Service, **asked: Any) -> list[str]:
    request, texts = service.claims().search(**asked), []
    while request is not None:
        answer = request.execute()
        texts += [claim["text"] for claim in answer["claims"]]
        request = service.claims().search_next(request, answer)
    return sorted(texts)


def test_long_queries_partial_answers_and_pages_work(served: Served) -> None:
    with as_bundled(served.url) as service:
        long = "Bridge 1 over the Elbe is safe. " * 100
        found = service.claims().search(query=long, fields="claims/text").execute()
        assert {"text": "Bridge 1 over the Elbe is safe."} in found["claims"]
        name = f"pages/{served.claims[0].public_id}"
        page = service.pages().get(name=name).execute()
        assert service.pages().list(url=page["pageUrl"]).execute() == {
            "claimReviewMarkupPages": [page]
        }


def test_refusals_are_read_by_the_client(
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with as_bundled(served.url) as service:
        refused = _refusal(service.claims().search())
        assert refused.status_code == 400
        assert refused.reason == "query is required unless reviewPublisherSiteFilter is given"
        assert refused.error_details[0]["fieldViolations"][0]["field"] == "query"
        assert (
            _refusal(service.claims().imageSearch(imageUri="https://a.example/")).status_code == 501
        )
        assert _refusal(service.pages().get(name="pages/0000000000")).status_code == 404
        for call in (
            service.pages().create(body={"pageUrl": "https://a.example/"}),
            service.pages().update(name="pages/0000000000", body={}),
            service.pages().delete(name="pages/0000000000"),
        ):
            assert _refusal(call).status_code == 403
    with build(
        *NAME, developerKey="no key", client_options={"api_endpoint": served.url}
    ) as service:
        refused = _refusal(service.claims().search(query="x"))
        assert refused.error_details[0]["reason"] == "API_KEY_INVALID"
    with from_document(served.url) as service:
        batch = service.new_batch_http_request()
        batch.add(service.claims().search(query="x"))
        with pytest.raises(HttpError) as caught:
            batch.execute()
        assert caught.value.status_code == 501
        monkeypatch.setattr(ReaderThrottle, "THROTTLE_RATES", {"readers": "1/day"})
        assert service.claims().search(query="x").execute() == {}
        assert _refusal(service.claims().search(query="x")).status_code == 429


def _refusal(call: Any) -> HttpError:
    with pytest.raises(HttpError) as caught:
        call.execute()
    return caught.value


def test_our_document_describes_what_the_bundled_one_does() -> None:
    bundled = json.loads(
        (
            Path(googleapiclient.__file__).parent
            / "discovery_cache/documents/factchecktools.v1alpha1.json"
        ).read_text()
    )
    ours = discovery_document("https://register.example")
    for resource, known in bundled["resources"].items():
        for name, method in known["methods"].items():
            own = ours["resources"][resource]["methods"][name]
            assert (own["httpMethod"], own["path"]) == (method["httpMethod"], method["path"])
            assert own["parameters"].keys() == method["parameters"].keys()
    assert ours["parameters"].keys() == bundled["parameters"].keys()
    for name, schema in bundled["schemas"].items():
        assert (
            ours["schemas"][name].get("properties", {}).keys()
            == schema.get("properties", {}).keys()
        )
