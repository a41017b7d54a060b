"""A client that holds every answer it reads against the published schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    FormatChecker,
)

from claims.api.reference import schema_document
from claims.models import User

if TYPE_CHECKING:
    from tests.api.writer import Writer

Queries = Callable[[int], AbstractContextManager[Any]]


def closed(part: Any) -> Any:
    """Return a schema that allows no property it does not name."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    shut = {key: closed(value) for key, value in part.items()}
    if isinstance(shut.get("properties"), dict) and shut.get("type") == "object":
        shut.setdefault("additionalProperties", False)
    return shut


def without_required(part: Any) -> Any:
    """Return a schema in which any member may be missing: what a client gets who asks for some."""
    if isinstance(part, list):
        return [without_required(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: without_required(value)
        for key, value in part.items()
        if not (key == "required" and isinstance(value, list))
    }


class Api:
    """Reads the API as a client would."""

    def __init__(self) -> None:
        self.client = Client()
        document = closed(schema_document())
        self.components = {"components": document["components"]}
        self.paths = document["paths"]

    def fetch(self, path: str, *, headers: dict[str, str] | None = None, **given: Any) -> Any:
        """Return the answer of a path under /api/v1/, or of a whole address."""
        address = path if "://" in path or path.startswith("/") else f"/api/v1/{path}"
        return self.client.get(address, given or None, headers=headers or {})

    def get(self, path: str, code: int = 200, /, **given: Any) -> Any:
        """Return the JSON of an answer that has the status `code` and is as the schema says."""
        response = self.fetch(path, **given)
        assert response.status_code == code, response.content
        self.check(response)
        return response.json()

    def named(self, reference: str) -> Any:
        """Return the part of the description that a reference leads to."""
        return self.components["components"]["schemas"][reference.rsplit("/", 1)[1]]

    def check(self, response: HttpResponse) -> None:
        """Hold an answer against the schema of the endpoint that gave it."""
        route = response.resolver_match.route  # type: ignore[attr-defined]
        operation = self.paths[template_of(route)]["get"]
        content = content_of(operation, response.status_code)
        schema = content[response["Content-Type"]]["schema"]
        sparse = "fields" in response.wsgi_request.GET  # type: ignore[attr-defined]
        components = self.components
        while "$ref" in schema or "anyOf" in schema:
            schema = schema["anyOf"][0] if "anyOf" in schema else self.named(schema["$ref"])
        if sparse:
            schema, components = without_required(schema), without_required(components)
        validator = Draft202012Validator({**schema, **components}, format_checker=FormatChecker())
        errors = [
            f"{error.json_path}: {error.message}"
            for error in validator.iter_errors(response.json())  # type: ignore[attr-defined]
        ]
        assert not errors, errors


def content_of(operation: dict[str, Any], status: int) -> dict[str, Any]:
    """Return what an operation answers with under a status, by media type; refusals are described once for many."""
    response = operation["responses"][str(status)]
    if "$ref" in response:
        name = response["$ref"].rpartition("/")[2]
        response = schema_document()["components"]["responses"][name]
    content: dict[str, Any] = response["content"]
    return content


def template_of(route: str) -> str:
    """Return an address of the URL configuration as the schema writes it."""
    plain = route.replace("^", "").replace("$", "")
    return "/" + re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", plain)


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Requests of one test do not count against the rate of the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def api(db: None) -> Api:
    """A client of the API."""
    return Api()


@pytest.fixture
def queries(django_assert_num_queries: Queries) -> Queries:
    """Count queries exactly."""
    return django_assert_num_queries


@pytest.fixture
def writer(api: Api, contributor: User) -> Writer:
    """Somebody's program."""
    from tests.api.writer import Writer  # which stands on the client here

    return Writer(api, contributor)
