"""Requests made up by schemathesis from the description of the API: what is asked right is answered as described,
what is asked wrong is refused, and nothing ends in a failure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
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
CASES = 15
# What no schema can say of a value, in the words of the refusal.
BEYOND_SCHEMAS = re.compile(
    "is not a cursor of this list|lies in the future|lies before the beginning|is not a member of what is answered|"
    "cannot be expanded here|names a member twice|is not known of the past|is not fetched|[Nn]o text|No article|"
    "needs|cannot be|can only be|must|holds|has no|is needed"
)
# What `match/` answers for texts and pages that hold nothing, and for servers of others that do not answer.
NOTHING_TO_READ = ("/problems/nothing-to-read/", "/problems/page-not-answered/")
NOT_ANSWERED = 502
# What a key alone may ask, and what asks for numbers of entries that a claim need not have.
OF_A_KEY = "/api/v1/writings/"
NOT_FOUND_BY_CHANCE = {
    "GET /api/v1/claims/{public_id}/history/diff/",
    "POST /api/v1/claims/{public_id}/appearances/",
    "POST /api/v1/claims/{public_id}/evidence/",
}
SCHEMA = schemathesis.openapi.from_dict(schema_document())
FOUND: list[Any] = [operation.ok() for operation in SCHEMA.get_all_operations()]  # type: ignore[union-attr]
OPERATIONS = {operation.label: operation for operation in FOUND}
load_all_checks()


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """One connection that is kept."""
    with requests.Session() as session:
        yield session


@pytest.mark.django_db
@pytest.mark.parametrize("label", OPERATIONS)
def test_made_up_requests(label: str, served: Served, session: requests.Session) -> None:
    operation = OPERATIONS[label]
    seen: Counter[int] = Counter()
    run(operation.as_strategy(), served, session, seen)
    for there in addresses(operation.path, served, session):
        run(operation.as_strategy(path_parameters=there), served, session, seen)
        assert 200 in seen or label in NOT_FOUND_BY_CHANCE
    if any(one.location == "query" for one in operation.iter_parameters()) or operation.body:
        run(operation.as_strategy(GenerationMode.NEGATIVE), served, session, seen)
    assert not [status for status in seen if status >= 500 and status != NOT_ANSWERED]


def addresses(path: str, served: Served, session: requests.Session) -> Iterator[dict[str, str]]:
    """Yield the parameters of an address that is there, where the path has any."""
    collection, _, after = path.partition("{public_id}")
    if after and collection != OF_A_KEY:
        listed = session.get(f"{served.url}{collection}", timeout=20).json()["results"]
        yield {"public_id": listed[0]["id"]}


def run(strategy: Any, served: Served, session: requests.Session, seen: Counter[int]) -> None:
    """Send requests and hold each answer against the description."""

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
        response = case.call(base_url=served.url, session=session)
        seen[response.status_code] += 1
        beyond: list[Any] = []
        if refused_beyond_schemas(response):
            beyond = [positive_data_acceptance, not_a_server_error]
        case.validate_response(response, excluded_checks=beyond)

    send()


def refused_beyond_schemas(response: Any) -> bool:
    """Return whether all that was refused is what only the register can know to be wrong, or nothing was sent."""
    if response.status_code == 415:
        return not response.request.body
    if response.status_code not in (400, 422, NOT_ANSWERED):
        return False
    if response.json()["type"].endswith(NOTHING_TO_READ):
        return True
    errors = response.json().get("errors", [])
    return bool(errors) and all(BEYOND_SCHEMAS.search(error["detail"]) for error in errors)
