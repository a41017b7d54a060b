"""/api/v1/schema/: valid OpenAPI 3.1, in both formats, and in step with the file in the repository."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from django.conf import settings
from openapi_spec_validator import OpenAPIV31SpecValidator

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


@pytest.mark.parametrize(("path", "method", "operation"), operations())
def test_every_operation_is_a_read_and_says_how_it_refuses(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    asked = operation["operationId"] == "matchText"  # a question too long for an address
    assert method == ("post" if asked else "get")
    assert operation["summary"]
    assert operation["description"]
    refusals = {status for status in operation["responses"] if status >= "400"}
    own = {"413", "415", "422", "502"} if asked else {"404"} if "{" in path else set()
    assert refusals == {"400", "406", "429", *own}
    assert all(parameter["description"] for parameter in operation.get("parameters", []))
    assert "security" not in operation or operation["security"] == [{}]
