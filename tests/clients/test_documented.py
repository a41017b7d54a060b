"""Every operation of the description has an example, and each is what a register with the seed stories answers."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from claims.api.examples import FILE, kept_examples
from claims.api.reference import schema_document
from tests.clients.conftest import Served
from tests.clients.documented import WITHOUT, Asker, comparable

RENEW = "RENEW_EXAMPLES"
OPERATIONS = {
    operation["operationId"]: operation
    for methods in schema_document()["paths"].values()
    for operation in methods.values()
}


@pytest.fixture(scope="module")
def answered(served: Served) -> dict[str, Any]:
    """What a register answers now; written to the file where RENEW_EXAMPLES is set."""
    found = Asker(served).ask_all()
    if RENEW in os.environ:
        FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        kept_examples.cache_clear()
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("operation", sorted(OPERATIONS.keys() - WITHOUT))
def test_each_example_is_a_true_answer(operation: str, answered: dict[str, Any]) -> None:
    kept = kept_examples().get(operation)
    assert kept, f"{operation} has no example: add it to documented.py, and run this with {RENEW}=1"
    now = answered[operation]
    assert now["status"] in (200, 201), now
    assert comparable(now) == comparable(kept), f"run this with {RENEW}=1 and look at what changed"


@pytest.mark.parametrize("operation", sorted(OPERATIONS.keys() - WITHOUT))
def test_each_example_stands_in_the_description(operation: str) -> None:
    kept, described = kept_examples()[operation], OPERATIONS[operation]
    content = described["responses"][str(kept["status"])]["content"]["application/json"]
    assert content["examples"]["seeds"] == {"summary": kept["asked"], "value": kept["answer"]}
    assert ("requestBody" in described) == ("body" in kept)


def test_there_is_no_example_of_what_is_not_there() -> None:
    assert kept_examples().keys() == OPERATIONS.keys() - WITHOUT
