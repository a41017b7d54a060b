"""Where the page of then is found, entry by entry."""

from __future__ import annotations

from typing import Any

from claims.layout.standing import page_now, pages_then

MOMENTS = (
    "2026-05-01T10:00:00.500000Z",
    "2026-05-01T10:00:00.700000Z",
    "2026-05-01T10:00:00.900000Z",
    "2026-05-02T00:00:00.000000Z",
)
DOCUMENT: dict[str, Any] = {
    "id": "abc0123456",
    "html_url": "/claims/abc0123456/it-is/",
    "published_at": MOMENTS[1],
    "history": [{"number": n, "recorded_at": moment} for n, moment in enumerate(MOMENTS, 1)],
    "head": {"number": 4},
}


def test_each_act_since_the_first_verdict_has_its_page_and_within_one_second_only_by_the_moment() -> (
    None
):
    assert pages_then(DOCUMENT) == {
        2: f"/claims/abc0123456/it-is/?as_of={MOMENTS[1]}",
        3: "/claims/abc0123456/@20260501100000/",
        4: "/claims/abc0123456/@20260502000000/",
    }


def test_the_page_of_now_is_that_of_the_last_act() -> None:
    assert page_now(DOCUMENT) == "/claims/abc0123456/@20260502000000/"


def test_what_was_never_published_has_no_page() -> None:
    assert pages_then({**DOCUMENT, "published_at": None}) == {}
