"""The desk in a real browser: a verdict by keyboard alone, and every page looked over."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser


def test_a_verdict_is_proposed_with_the_keyboard_alone(arrive: Arrive) -> None:
    page = arrive("rashid")
    page.goto("/admin/claims/claim/2/open-review/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "button", "Open the review")
    page.keyboard.press("Enter")
    expect(page.locator("#checklist").get_by_role("checkbox").first).to_be_visible()
    for item in page.locator("#checklist").get_by_role("checkbox").all():
        tab_to(page, "checkbox", item.inner_text())
        page.keyboard.press("Space")
        expect(item).to_be_checked()
    tab_to(page, "link", "Propose a verdict")
    page.keyboard.press("Enter")
    tab_to(page, "radio", "Confirmed")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Unconfirmed")).to_be_checked()
    for label, typed in (("Rationale", "Nobody measured."), ("What would settle it", "A report.")):
        tab_to(page, "textbox", label)
        page.keyboard.type(typed)
    tab_to(page, "button", "Propose")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Somebody else must approve it")).to_be_visible()


def tab_to(page: Page, role: Any, name: str) -> None:
    """Press Tab until the control has the focus."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("control => control === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {name}")


PAGES = [
    "",
    "claims/claim/",
    "claims/claim/?status=confirmed&q=tunnel",
    "claims/claim/1/change/",
    "claims/claim/1/history/",
    "claims/claim/1/add-evidence/",
    "claims/claim/1/evidence/2/withdraw/",
    "claims/claim/1/entry/1/redact/",
    "claims/claim/1/reword/",
    "claims/claim/1/void/",
    "claims/claim/1/merge/",
    "claims/review/2/approve/",
    "claims/review/2/return/",
    "claims/review/2/close/",
    "claims/review/",
    "claims/article/",
    "claims/article/new/",
    "claims/article/1/change/",
    "claims/article/1/accept/",
    "claims/article/1/appearance/",
    "claims/evidence/",
    "claims/historyentry/",
    "claims/verdict/",
    "claims/wording/",
    "claims/appearance/",
    "claims/claimant/",
    "claims/publisher/",
    "claims/redactionrequest/",
    "claims/user/",
    "claims/user/add/",
    "claims/user/1/change/",
    "claims/user/1/password/",
    "password_change/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_narrow_screen(arrive: Arrive, scheme: str) -> None:
    page = arrive("root", color_scheme=scheme, viewport={"width": 320, "height": 800})
    found = {}
    for path in PAGES:
        answer = page.goto(f"/admin/{path}")
        assert answer is not None
        assert answer.status == 200, path
        wide = page.evaluate("document.documentElement.scrollWidth") > 320
        if wrong := violations(page) + ["too wide"] * wide:
            found[path] = wrong
    assert found == {}


def test_what_is_wrong_is_announced_on_an_accessible_page(arrive: Arrive) -> None:
    page = arrive("root")
    page.goto("/admin/claims/claim/1/add-evidence/")
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
