"""The DataFeed and the rows of AVeriTeC: whole, in parts, and never with what was erased."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims import workflow
from claims.history.sealing import seal
from claims.interop.datafeed import HEAD
from claims.models import Claim, User
from claims.tasks import datafeed
from claims.tasks.datafeed import write_datafeed
from tests import factories
from tests.interop.test_datafeed import complete_elements

pytestmark = pytest.mark.django_db
FEED, ROWS = "/feeds/claimreview.json", "/feeds/averitec.json"
Write = Callable[[], Path]


@pytest.fixture
def write(settings: Settings, tmp_path: Path) -> Write:
    """Write the feed's file into a folder of its own, and return it."""
    settings.VAR_DIR = tmp_path

    def written() -> Path:
        write_datafeed.func()
        (file,) = (tmp_path / "datafeed").iterdir()
        return file

    return written


def get(client: Client, path: str = FEED, /, **headers: str) -> Any:
    """Return an answer, read to its end, where the client closes it; `told` is what it said."""
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    response: Any = client.get(path, headers=said)
    streamed = response.streaming
    response.told = b"".join(response.streaming_content) if streamed else response.content
    return response


def body(response: Any) -> bytes:
    told: bytes = response.told
    return told


def wordings(text: bytes) -> list[str]:
    return [one["item"][0]["claimReviewed"] for one in json.loads(text)["dataFeedElement"]]


def test_without_a_file_the_feed_is_written_as_it_is_read(
    client: Client, published: Claim, write: Write
) -> None:
    response = get(client, Range="bytes=0-9")
    assert (response.status_code, response["Accept-Ranges"]) == (200, "none")
    assert response["Content-Type"] == "application/json"
    assert wordings(body(response)) == [published.wording]
    assert "ETag" not in response


def test_for_head_nothing_is_read(
    client: Client, published: Claim, write: Write, django_assert_num_queries: Any
) -> None:
    for path in (FEED, ROWS):
        with django_assert_num_queries(0):
            head: Any = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Type"] == "application/json"


def test_the_file_is_what_would_be_written(client: Client, published: Claim, write: Write) -> None:
    live = body(get(client))
    file = write()
    response = get(client)
    assert body(response) == live == file.read_bytes()
    assert response["Accept-Ranges"] == "bytes"
    assert int(response["Content-Length"]) == len(live)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=0-0", 0, 1),
        ("BYTES = 10 - 19", 10, 20),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=0-999999999", 0, None),
    ],
)
def test_a_part_is_what_stands_there(
    client: Client, published: Claim, write: Write, asked: str, first: int, last: int | None
) -> None:
    whole = write().read_bytes()
    response = get(client, Range=asked)
    part = whole[first:last]
    start = first % len(whole)
    assert (response.status_code, body(response)) == (206, part) if part != whole else (200, whole)
    if part != whole:
        end = start + len(part) - 1
        assert response["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
        assert int(response["Content-Length"]) == len(part)


@pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "bytes=9-5", "bytes=-", "lines=0-1", "x", ""])
def test_a_range_that_cannot_be_read_is_answered_with_the_whole(
    client: Client, published: Claim, write: Write, asked: str
) -> None:
    whole = write().read_bytes()
    response = get(client, Range=asked)
    assert (response.status_code, body(response)) == (200, whole)


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(
    client: Client, published: Claim, write: Write, asked: str
) -> None:
    size = write().stat().st_size
    response = get(client, Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{size}")
    assert "no-store" in response["Cache-Control"]


def test_a_part_of_another_file_is_not_mixed_with_this_one(
    client: Client, published: Claim, write: Write
) -> None:
    whole = write().read_bytes()
    known = get(client)
    etag, day = known["ETag"], known["Last-Modified"]
    for condition in (etag, day):
        assert get(client, Range="bytes=0-9", If_Range=condition).status_code == 206
    for other in ('"other"', "Thu, 01 Jan 1970 00:00:00 GMT", f"W/{etag}", "nonsense"):
        response = get(client, Range="bytes=0-9", If_Range=other)
        assert (response.status_code, body(response)) == (200, whole)


def test_conditions_go_before_ranges(client: Client, published: Claim, write: Write) -> None:
    write()
    known = get(client)
    for condition in (
        {"If_None_Match": known["ETag"], "Range": "bytes=0-9"},
        {"If_Modified_Since": known["Last-Modified"]},
    ):
        same = get(client, **condition)
        assert (same.status_code, same["ETag"]) == (304, known["ETag"])
        assert same["Last-Modified"] == known["Last-Modified"]
    assert get(client, If_Match='"other"').status_code == 412
    head: Any = client.head(FEED, headers={"Range": "bytes=0-9"})
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", known["ETag"])
    assert head["Content-Length"] == known["Content-Length"]


def test_who_reads_the_first_megabyte_finds_whole_elements(client: Client, write: Write) -> None:
    claims = [factories.published_claim() for _ in range(3)]
    size = len(write().read_bytes())
    response = get(client, Range=f"bytes=0-{size - 20}")
    beginning = body(response).decode()
    assert beginning.startswith(HEAD)
    found = [one["item"][0]["claimReviewed"] for one in complete_elements(beginning)]
    assert found == [claim.wording for claim in claims[:2]]


def test_the_file_is_made_anew_after_an_act_and_kept_without_one(
    client: Client, published: Claim, write: Write
) -> None:
    first = write()
    assert write() == first, "nothing happened"
    other = factories.published_claim()
    assert wordings(body(get(client))) == [published.wording], "until it is made anew"
    second = write()
    assert second != first
    assert wordings(body(get(client))) == [published.wording, other.wording]


def test_another_name_makes_another_file(
    client: Client, published: Claim, write: Write, settings: Settings
) -> None:
    first = write()
    settings.FACTCHECK_REGISTER_NAME = "Another"
    assert write() != first
    assert (
        json.loads(body(get(client)))["dataFeedElement"][0]["item"][0]["author"]["name"]
        == "Another"
    )


def test_what_was_erased_is_told_at_no_time(
    client: Client, published: Claim, write: Write, editor: User, second_editor: User
) -> None:
    other = factories.published_claim()
    first, words = write(), published.wording
    said = published.entries.get(number=1)
    factories.erase(said, "wording.text", by=editor, and_by=second_editor)
    assert words in first.read_text()
    assert wordings(body(get(client))) == [other.wording], "before the file is made anew"
    assert words not in write().read_text()


def test_nor_from_a_file_begun_while_it_was_being_erased(
    client: Client, published: Claim, write: Write, editor: User, second_editor: User
) -> None:
    """An erasure has the moment of its beginning, and readers of the database see it with its commit."""
    other = factories.published_claim()
    first = write()
    said = published.entries.get(number=1)
    factories.erase(said, "wording.text", by=editor, and_by=second_editor)
    _, _, *rest = first.name.split("-")
    first.rename(
        first.with_name("-".join(["claimreview", f"{timezone.now():{datafeed.STAMP}}", *rest]))
    )
    assert wordings(body(get(client))) == [other.wording]


def test_an_act_that_is_committed_late_makes_another_file(
    client: Client, published: Claim, write: Write
) -> None:
    first, last = write(), published.head_at
    assert last is not None
    with time_machine.travel(last - timedelta(seconds=2)):
        late = factories.published_claim()
    assert late.head_at is not None
    assert late.head_at < last
    seal()  # on PostgreSQL, after the commit
    assert write() != first
    assert wordings(body(get(client))) == [late.wording, published.wording]


def test_a_file_that_nobody_looks_after_is_not_answered_with(
    client: Client, published: Claim, write: Write
) -> None:
    file = write()
    long_ago = (timezone.now() - datafeed.OLDEST - timedelta(minutes=1)).timestamp()
    os.utime(file, (long_ago, long_ago))
    assert get(client)["Accept-Ranges"] == "none"
    write()
    assert get(client)["Accept-Ranges"] == "bytes"


def test_a_file_that_went_meanwhile_is_not_missed(
    client: Client, published: Claim, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    made = datafeed.last_file()
    assert made is not None
    made.path.unlink()
    monkeypatch.setattr("claims.public.views.register_files.last_file", lambda: made)
    assert wordings(body(get(client))) == [published.wording]


def test_a_file_that_goes_while_it_is_looked_at_is_not_missed(
    client: Client, published: Claim, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    made = datafeed._files()
    made[-1].path.unlink()
    monkeypatch.setattr(datafeed, "_files", lambda: made)
    assert wordings(body(get(client))) == [published.wording]


def test_every_claim_is_a_row(client: Client, published: Claim, editor: User) -> None:
    other = factories.published_claim()
    rows = json.loads(body(get(client, ROWS)))
    assert [row["claim"] for row in rows] == [published.wording, other.wording]
    workflow.void_verdict(other, reason="We misread it.", by=editor)
    assert len(json.loads(body(get(client, ROWS)))) == 1
    workflow.void_verdict(published, reason="We misread it.", by=editor)
    assert json.loads(body(get(client, ROWS))) == []


@pytest.mark.parametrize("number", [1, 20])
def test_files_of_the_register_cost_the_same_queries_at_any_size(
    client: Client, write: Write, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        factories.published_claim()
    for path in (FEED, ROWS):
        with django_assert_num_queries(1):
            assert body(get(client, path))
    write()
    with django_assert_num_queries(1):
        assert len(wordings(body(get(client)))) == number
