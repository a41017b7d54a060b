"""Examples in the description of the API: what a register with the seed stories was asked, and what it answered.

They are kept in a file beside this one. tests/clients/test_documented.py asks such a register for each again, and
writes the file anew where it is told to.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson

FILE = Path(__file__).with_name("examples.json")
JSON = "application/json"
NAME = "seeds"
Example = dict[str, Any]


@cache
def kept_examples() -> dict[str, Example]:
    """Return the example of each operation: `asked`, `status`, `answer` and, where one was sent, `body`."""
    kept: dict[str, Example] = orjson.loads(FILE.read_bytes()) if FILE.exists() else {}
    return kept


def add_examples(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Add to each operation what it was asked and what it answered."""
    kept = kept_examples()
    for methods in result["paths"].values():
        for operation in methods.values():
            if example := kept.get(operation["operationId"]):
                _add(operation, example)
    return result


def _add(operation: dict[str, Any], example: Example) -> None:
    content = operation["responses"][str(example["status"])]["content"][JSON]
    content["examples"] = {NAME: {"summary": example["asked"], "value": example["answer"]}}
    if "body" in example:
        sent = {NAME: {"summary": example["asked"], "value": example["body"]}}
        operation["requestBody"]["content"][JSON]["examples"] = sent
