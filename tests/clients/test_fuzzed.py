"""Requests made up by schemathesis from the description of the API: what is asked right is answered as described,
what is asked wrong is refused, and nothing ends in a failure."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from claims.api.reference import schema_document
from tests.clients.conftest import Served

# A bounded time: so many requests of each kind for each operation, the same ones in every run.
CASES = 12
# Types of refusals that no schema can foresee: the version that was seen, texts and pages that hold nothing, servers
# of others that do not answer. Of bad parameters and values it is the `reason` of each error that says so.
BEYOND_SCHEMAS = ("precondition-failed", "nothing-to-read", "page-not-answered")
BY_REASON = ("bad-parameters", "values-not-usable")
NOT_ANSWERED = 502
PAST = ("as_of", "effective_as_of")
BEGINS_WITH_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A copy of its own: it writes into what it is given, and the same document is read by others.
SCHEMA = schemathesis.openapi.from_dict(deepcopy(schema_document()))
FOUND: list[Any] = [operation.ok() for operation in SCHEMA.get_all_operations()]  # type: ignore[union-attr]
OPERATIONS = {operation.label: operation for operation in FOUND}
load_all_checks()


class Asking:
    """Sends made-up requests of one operation, and counts what is answered."""

    def __init__(self, served: Served, session: requests.Session, *, writes: bool) -> None:
        self.served, self.session, self.writes = served, session, writes
        self.seen: Counter[int] = Counter()

    def run(self, strategy: Any, *, known: dict[str, Any] | None = None) -> None:
        """Send requests and hold each answer against the description; with what is `known`, they name what is there."""

        @settings(
            max_examples=CASES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def send(case: schemathesis.Case[Any]) -> None:
            if self.writes and case.meta.generation.mode.is_positive:  # type: ignore[union-attr]
                case.headers["Idempotency-Key"] = str(uuid.uuid4())
                not_the_example(case.body)
            if known:
                case.query = asking_today(case.query)
                naming(case.body, known)
            response = case.call(base_url=self.served.url, session=self.session)
            self.seen[response.status_code] += 1
            beyond: list[Any] = []
            if refused_beyond_schemas(response):
                beyond = [positive_data_acceptance, not_a_server_error]
            case.validate_response(response, excluded_checks=beyond)

        send()


@pytest.fixture(scope="module")
def reading() -> Iterator[requests.Session]:
    """One connection that is kept."""
    with requests.Session() as session:
        yield session


@pytest.fixture(scope="module")
def writing(served: Served) -> Iterator[requests.Session]:
    """One with a key that is good for everything."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {served.key}"
        yield session


@pytest.mark.django_db
@pytest.mark.parametrize("label", OPERATIONS)
def test_made_up_requests(
    label: str, served: Served, reading: requests.Session, writing: requests.Session
) -> None:
    operation = OPERATIONS[label]
    needs_key = {} not in operation.definition.raw["security"]
    writes = needs_key and operation.method == "post"
    asking = Asking(served, writing if needs_key else reading, writes=writes)
    known = known_things(served, reading)
    asking.run(operation.as_strategy())
    there = address(operation.path, known, served, asking.session)
    version = {"If-Match": "*"} if writes and there else {}
    asking.run(operation.as_strategy(path_parameters=there, headers=version), known=known)
    assert asking.seen[201 if writes else 200], asking.seen
    if any(one.location == "query" for one in operation.iter_parameters()) or operation.body:
        asking.run(operation.as_strategy(GenerationMode.NEGATIVE))
    assert not [status for status in asking.seen if status >= 500 and status != NOT_ANSWERED]


def address(
    path: str, known: Mapping[str, Any], served: Served, session: requests.Session
) -> dict[str, Any]:
    """Return the parameters of an address that is there, where the path has any."""
    collection, _, after = path.partition("{")
    name = after.partition("}")[0]
    if not after or collection.endswith("/claims/"):
        return {name: known["claim"]} if after else {}
    listed = session.get(f"{served.url}{collection}", timeout=20).json()["results"]
    return {name: named(listed[-1], name)}


def named(item: dict[str, Any], parameter: str) -> Any:
    """Return what an item of a list is known by at its own address."""
    own = {"public_id": "id", "part_id": "id"}.get(parameter, parameter)
    return item[own] if own in item else item["type"].split("/")[-2]


def known_things(served: Served, session: requests.Session) -> dict[str, Any]:
    """Return a claim, and a quotation of an article, that are there."""
    page = session.get(f"{served.url}/api/v1/appearances/", timeout=20).json()
    other, place = page["results"][0], page["results"][-1]
    return {
        "claim": other["claim"]["id"],
        "article": place["article"]["id"],
        "exact": place["quote"]["exact"],
    }


def not_the_example(body: Any) -> None:
    """Keep the texts of examples, which a body may be made of, to those who try the examples."""
    for name in ("wording", "text"):
        if isinstance(body, dict) and body.get(name):
            body[name] = f"{body[name][:900]} {uuid.uuid4()}"


def asking_today(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters without places in lists, which nobody can make up, and with moments that have come."""
    asked = {name: value for name, value in query.items() if name not in ("cursor", "since")}
    if "from" in asked:
        return {"from": "1"}
    today = datetime.now(UTC).date().isoformat()
    return {
        name: today if name in PAST or is_to_come(value, today) else value
        for name, value in asked.items()
    }


def is_to_come(value: Any, today: str) -> bool:
    """Return whether a value names a day or moment after today."""
    return bool(BEGINS_WITH_DAY.match(str(value))) and str(value) > today


def naming(body: Any, known: dict[str, Any]) -> None:
    """Have a made-up body name things that are there, so that it comes as far as the verb."""
    if not known or not isinstance(body, dict):
        return
    if "stance" in body:
        body["url"] = "there is one"
    for name, value in body.items():
        if isinstance(value, dict):
            naming(value, known)
        elif name in known:
            body[name] = known[name]
        elif name == "url" and value:
            body[name] = f"https://source.example/{uuid.uuid4()}"
        elif name in ("start", "end", "same_origin_as", "archived_url", "id", "sender_email"):
            body[name] = None
        elif name.endswith("_on") and value:
            body[name] = "2024-11-04"


def refused_beyond_schemas(response: Any) -> bool:
    """Return whether all that was refused is what only the register can know to be wrong."""
    if response.status_code < 400:
        return False
    problem = response.json()
    kind = problem["type"].split("/")[-2]
    errors = problem.get("errors", [])
    if kind in BY_REASON:
        return bool(errors) and all("reason" in error for error in errors)
    return kind in BEYOND_SCHEMAS
