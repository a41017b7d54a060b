"""Where the page of then is found, entry by entry."""

from __future__ import annotations

from typing import Any

from claims.layout.standing import page_now, pages_then

MOMENTS = (
    "2026-05-01T10:00:00.500000Z",
    "2026-05-01T10:00:00.700000Z",
    "2026-05-02T00:00:00.000000Z",
)
DOCUMENT: dict[str, Any] = {
    "html_url": "/claims/abc0123456/it-is/",
    "published_at": MOMENTS[1],
    "history": [{"number": n, "recorded_at": moment} for n, moment in enumerate(MOMENTS, 1)],
    "head": {"number": 3},
}


def test_there_is_no_page_before_the_first_verdict_and_each_later_act_has_its_own() -> None:
    assert pages_then(DOCUMENT) == {
        2: f"/claims/abc0123456/it-is/?as_of={MOMENTS[1]}",
        3: f"/claims/abc0123456/it-is/?as_of={MOMENTS[2]}",
    }


def test_the_page_of_now_is_that_of_the_last_act() -> None:
    assert page_now(DOCUMENT) == f"/claims/abc0123456/it-is/?as_of={MOMENTS[2]}"


def test_what_was_never_published_has_no_page() -> None:
    assert pages_then({**DOCUMENT, "published_at": None}) == {}
