"""/api/v1/schema/: valid OpenAPI 3.1, in both formats, and in step with the file in the repository."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from django.conf import settings
from openapi_spec_validator import OpenAPIV31SpecValidator

from claims.api.problem_types import TYPES
from claims.api.reference import schema_document
from tests.api.conftest import Api, Queries

FILE = settings.BASE_DIR / "docs" / "openapi.yaml"


def test_it_is_valid_openapi_3_1() -> None:
    document = schema_document()
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


def test_the_file_is_in_step() -> None:
    renew = "renew it: python manage.py spectacular --file docs/openapi.yaml"
    assert yaml.safe_load(FILE.read_text()) == schema_document(), renew


@pytest.mark.parametrize(
    ("given", "accept", "media_type"),
    [
        ({}, "*/*", "application/json"),
        ({}, "application/yaml", "application/yaml"),
        ({}, "application/json", "application/json"),
        ({"format": "yaml"}, "application/json", "application/yaml"),
        ({"format": "json"}, "application/yaml", "application/json"),
    ],
)
def test_both_formats_say_the_same(
    api: Api, queries: Queries, given: dict[str, str], accept: str, media_type: str
) -> None:
    with queries(0):
        answer = api.fetch("schema/", headers={"accept": accept}, **given)
    assert answer["Content-Type"] == media_type
    read = json.loads if media_type.endswith("json") else yaml.safe_load
    assert read(answer.content) == schema_document()


def test_a_format_that_is_not_there_is_refused(api: Api) -> None:
    assert api.get("schema/", 400, format="xml")["errors"][0]["parameter"] == "format"


def operations() -> list[Any]:
    return [
        pytest.param(path, method, operation, id=operation["operationId"])
        for path, methods in schema_document()["paths"].items()
        for method, operation in methods.items()
    ]


OF_READS = {"400", "401", "403", "406", "412", "429", "500", "503"}
OF_WRITES = {"400", "401", "403", "406", "409", "413", "415", "422", "429", "500", "503"}


@pytest.mark.parametrize(("path", "method", "operation"), operations())
def test_every_operation_says_how_it_refuses(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    assert operation["summary"]
    assert operation["description"]
    refusals = {status for status in operation["responses"] if status >= "400"}
    assert all(parameter["description"] for parameter in operation.get("parameters", []))
    if method == "get":
        further = {"/api/v1/changes/": {"410"}}.get(path, {"404"} if "{" in path else set())
        assert refusals == OF_READS | further
        alone = path.startswith("/api/v1/writings/")
        assert operation["security"] == [{"key": []}, *([] if alone else [{}])]
    elif path == "/api/v1/match/":
        assert refusals == OF_READS - {"412"} | {"413", "415", "422", "502"}
        assert operation["security"] == [{"key": []}, {}]
    else:
        assert method == "post"
        to_a_claim = {"404", "405", "412", "428"} if "{" in path else set()
        assert refusals == OF_WRITES | to_a_claim
        assert operation["security"] == [{"key": []}]


def refusals() -> list[tuple[int, dict[str, Any]]]:
    """Return each refusal of each operation, as the schema describes it once."""
    described = schema_document()["components"]["responses"]
    return [
        (int(status), described[answer["$ref"].rpartition("/")[2]])
        for methods in schema_document()["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if status >= "400"
    ]


def slugs_of(refusal: dict[str, Any]) -> list[str]:
    (content,) = refusal["content"].values()
    kind = content["schema"]["allOf"][1]["properties"]["type"]
    found = re.fullmatch(r"/problems/\(\?:(.+)\)/\$", kind.get("pattern", ""))
    return found[1].split("|") if found else []


def test_every_refusal_is_a_problem_of_the_types_of_its_status() -> None:
    told = set()
    for status, refusal in refusals():
        assert list(refusal["content"]) == ["application/problem+json"]
        slugs = slugs_of(refusal)
        assert bool(slugs) == (status != 429)
        assert all(TYPES[slug].status == status for slug in slugs)
        told.update(slugs)
    assert told == TYPES.keys()


def test_what_a_write_needs_is_marked_so() -> None:
    bodies = [
        operation["requestBody"]
        for methods in schema_document()["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
    assert len(bodies) == 6
    assert all(body["required"] for body in bodies)


def test_parameters_name_the_members_there_are() -> None:
    components = schema_document()["components"]["schemas"]
    named = {
        parameter["schema"]["items"]["$ref"].rpartition("/")[2]
        for methods in schema_document()["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "fields"
    }
    assert {name for name in components if name.startswith("MemberOf")} == named
    assert "claimant.name" in components["MemberOfClaimDocument"]["enum"]
    assert "evidence.title" in components["MemberOfListedClaim"]["enum"]
