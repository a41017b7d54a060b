"""docs/webhooks.md: both examples believe a message of ours and nothing else, and the tables say what the code does."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from claims.desk_vocabulary import Event
from claims.fetching import Sender
from claims.interop.standard_webhooks import SCHEDULE, body_of, headers_of, secret_text
from claims.workflow.deliveries import FAILING_FOR, LONGEST_REST, REST_OF_SLOW, SLOW
from claims.workflow.webhooks import LONGEST_OVERLAP, OVERLAP

PAGE = (Path(__file__).parents[1] / "docs" / "webhooks.md").read_text(encoding="utf-8")
KEY, EARLIER = b"k" * 32, b"e" * 32
CALL = """
const given = JSON.parse(process.argv[2]);
const body = Buffer.from(given.body, "base64");
try {
  console.log(JSON.stringify(verify(given.headers, body, given.secret)));
} catch (error) {
  console.log("refused");
}
"""


def example(language: str) -> str:
    """Return the example in a language."""
    (code,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)
    return str(code)


def message(**changes: Any) -> tuple[dict[str, str], bytes]:
    """Return a message as it is sent while secrets rotate."""
    at = timezone.now() - changes.get("ago", timedelta(0))
    body = body_of("claim.published", at, {"claim": {"id": "é"}})
    headers = headers_of("msg_1", body, at=at, keys=changes.get("keys", [KEY, EARLIER]))
    return headers, changes.get("body", body)


REFUSED: dict[str, dict[str, Any]] = {
    "signed with another secret": {"keys": [b"x" * 32]},
    "six minutes old": {"ago": timedelta(minutes=6)},
    "from the future": {"ago": timedelta(minutes=-6)},
    "of another body": {"body": b'{"type":"claim.published"}'},
    "not signed": {"keys": []},
}


def by_python(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Whether the example in Python takes a message."""
    told: list[Any] = []
    room: dict[str, Any] = {"print": lambda *what: told.append(what)}
    exec(example("python"), room)  # noqa: S102  (the documentation's own words)
    status = room["receive"](headers, body, secret)
    assert room["receive"](headers, body, secret) == status
    assert len(told) == (status == 204)
    return bool(status == 204)


def by_node(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """Whether the example in JavaScript takes a message."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js found on the path")
    given = {"headers": headers, "body": base64.b64encode(body).decode(), "secret": secret}
    command = [node, "--input-type=module", "--eval", example("javascript") + CALL, "-"]
    done = subprocess.run(
        [*command, json.dumps(given)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    if done.stdout.strip() == "refused":
        return False
    assert json.loads(done.stdout) == json.loads(body)
    return True


BOTH = pytest.mark.parametrize("taken", [by_python, by_node])


@BOTH
@pytest.mark.parametrize("key", [KEY, EARLIER])
def test_an_example_takes_what_either_secret_signed(taken: Callable[..., bool], key: bytes) -> None:
    assert taken(*message(), secret_text(key))


@BOTH
@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_an_example_refuses_what_is_not_to_be_believed(
    taken: Callable[..., bool], change: dict[str, Any]
) -> None:
    assert not taken(*message(**change), secret_text(KEY))


def test_every_event_is_explained_and_nothing_else() -> None:
    table = PAGE.split("| `type` |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"`([a-z]+\.[a-z_]+)`", table)) == sorted(Event.values)


def test_the_figures_are_those_of_the_code() -> None:
    hours = ", ".join(str(delay // timedelta(hours=1)) for delay in SCHEDULE[4:-1])
    assert f"after 5 seconds, 5 minutes, 30 minutes, {hours} and 24 hours" in PAGE
    assert SCHEDULE[1:4] == (timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30))
    assert (len(SCHEDULE), SCHEDULE[-1], FAILING_FOR) == (
        10,
        timedelta(hours=24),
        timedelta(days=3),
    )
    assert (timedelta(seconds=2), 3, timedelta(minutes=5)) == (SLOW, REST_OF_SLOW, LONGEST_REST)
    assert (Sender().total_seconds, Sender().max_bytes) == (20.0, 500)
    assert (OVERLAP, LONGEST_OVERLAP) == (24, 168)
