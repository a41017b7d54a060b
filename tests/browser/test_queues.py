"""The queues in a real browser: ticking and planning reviews, by mouse and by keyboard, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser

PAGES = [
    "review/",
    "review/?queue=mine",
    "review/?queue=ended",
    "review/?priority=4&state=open",
    "review/plan/?scope=all",
    "review/stale/",
    "readerreport/",
    "conflictofinterest/",
    "claim/3/declare-conflict/",
]


def open_reviews(page: Page) -> None:
    """Open a review on each claim that has none."""
    for claim in (1, 2):
        page.goto(f"/admin/claims/claim/{claim}/open-review/")
        if page.get_by_label("Why it is taken up").count():
            page.get_by_label("Why it is taken up").select_option("new_evidence")
            page.get_by_role("button", name="Open the review").click()


def test_reviews_are_ticked_and_planned_and_the_page_says_what_was_done(arrive: Arrive) -> None:
    page = arrive("edwin")
    open_reviews(page)
    page.goto("/admin/claims/review/")
    page.get_by_role("button", name="Tick all on this page").click()
    expect(page.get_by_role("button", name="Change the ticked reviews 3")).to_be_visible()
    page.get_by_role("button", name="Change the ticked reviews").click()
    page.get_by_label("Assign to").select_option(label="Sofia (sofia)")
    page.get_by_label("Priority").select_option("Urgent")
    page.get_by_role("button", name="Change 3 reviews").click()
    expect(page.get_by_text("3 reviews were changed.")).to_be_visible()
    expect(page.get_by_text("This review is proposed;")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Back to the queue").last.click()
    expect(page.locator(".priority-urgent")).to_have_count(3)


def test_a_stretch_is_ticked_with_shift_and_a_box_with_the_keyboard(arrive: Arrive) -> None:
    page = arrive("edwin")
    open_reviews(page)
    page.goto("/admin/claims/review/")
    boxes = page.get_by_role("checkbox")
    boxes.first.click()
    boxes.last.click(modifiers=["Shift"])
    expect(page.get_by_role("button", name="Change the ticked reviews 3")).to_be_visible()
    boxes.first.press("Space")
    expect(page.get_by_role("button", name="Change the ticked reviews 2")).to_be_visible()


def test_a_queue_is_narrowed_and_widened_again(arrive: Arrive) -> None:
    page = arrive("sofia")
    page.goto("/admin/claims/review/")
    page.get_by_text("Search and filter").click()
    page.get_by_label("State").select_option("Proposed")
    page.get_by_label("Reason").select_option("New claim")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url("/admin/claims/review/?state=proposed&reason=new_claim")
    expect(page.get_by_role("link", name="Tunnel 3 is safe.")).to_be_visible()
    page.get_by_role("link", name="Reason: New claim").click()
    expect(page).to_have_url("/admin/claims/review/?state=proposed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_queue_is_accessible_and_fits(arrive: Arrive, scheme: str, width: int) -> None:
    page = arrive("root", color_scheme=scheme, viewport={"width": width, "height": 800})
    found = {}
    for path in PAGES:
        answer = page.goto(f"/admin/claims/{path}")
        assert answer is not None
        assert answer.status == 200, path
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if wrong := violations(page) + ["too wide"] * wide:
            found[path] = wrong
    assert found == {}
