"""The memory of answers: as much as there is room for, nothing that is one reader's, nothing too large."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.http import HttpResponse

from factcheck.kept_answers import (
    BESIDE,
    LARGEST,
    WORTH_PACKING,
    Header,
    Kept,
    KeptAnswers,
    Raw,
    kept_from,
)

SIZE = 1_000
PUBLIC = [("Cache-Control", "public, max-age=15"), ("ETag", '"x"')]


def answer(body: bytes = bytes(SIZE)) -> Kept:
    return Kept(
        marks=(),
        version=None,
        etag='"x"',
        modified=None,
        status="200 OK",
        before=[],
        behind=[],
        counts=False,
        body=body,
        packed=False,
    )


def made_of(body: bytes, *headers: Header, marks: Sequence[Raw] = ()) -> Kept | None:
    """Return what is kept of an answer."""
    return kept_from(HttpResponse(body), "200 OK", [*PUBLIC, *headers], marks=marks, version=None)


def test_what_was_not_asked_for_longest_is_forgotten() -> None:
    memory = KeptAnswers(LARGEST * (BESIDE + SIZE))
    for number in range(LARGEST):
        memory.put(number, answer())
    assert memory.get(0)
    memory.put("new", answer())
    assert [key for key in range(LARGEST) if not memory.get(key)] == [1]
    assert memory.get("new")


def test_what_takes_the_place_of_another_frees_its_room() -> None:
    memory = KeptAnswers(LARGEST * (BESIDE + SIZE))
    memory.put("kept", answer())
    for _ in range(3 * LARGEST):
        memory.put("again", answer())
    assert memory.get("kept")
    memory.drop("kept")
    assert memory.get("kept") is None


def test_what_is_too_large_is_not_kept_and_neither_is_what_was_there() -> None:
    memory = KeptAnswers(LARGEST * (BESIDE + SIZE))
    memory.put("one", answer())
    memory.put("one", answer(bytes(SIZE + 1)))
    assert memory.get("one") is None


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ([], True),
        ([("Vary", "Accept, accept-encoding")], True),
        ([("Vary", "Cookie")], False),
        ([("Vary", "Accept-Language, Accept")], False),
        ([("Set-Cookie", "a=b")], False),
        ([("Cache-Control", "private")], False),
        ([("Cache-Control", "no-store")], False),
    ],
)
def test_only_what_is_for_everybody_is_kept(more: list[tuple[str, str]], *, kept: bool) -> None:
    made = made_of(b"x", *more)
    assert (made is not None) == kept


def test_headers_that_count_leave_their_place() -> None:
    counted = [("RateLimit", "r"), ("X-RateLimit-Reset", "1")]
    made = made_of(b"x", *counted, ("X-Frame-Options", "DENY"))
    assert made is not None
    assert made.counts
    assert (made.before, made.behind) == (PUBLIC, [("X-Frame-Options", "DENY")])


def test_a_large_body_that_stays_takes_less_room_than_it_has_bytes() -> None:
    body = b"<p>page</p>" * WORTH_PACKING
    made = made_of(body, marks=[("mark",)])
    assert made is not None
    assert len(made.body) < len(body) / 10
    assert made.content == body


def test_what_may_be_gone_in_a_moment_is_not_packed() -> None:
    body = b"<p>page</p>" * WORTH_PACKING
    made = made_of(body)
    assert made is not None
    assert made.body is made.content
    assert made.content == body
