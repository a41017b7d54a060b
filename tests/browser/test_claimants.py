"""Merging claimants in a real browser: picking one of the names offered, and looking before anything happens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser


def open_claimant(page: Page, name: str) -> None:
    """Go to a claimant by way of the list."""
    page.goto("/admin/claims/claimant/")
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def test_two_records_are_merged_by_keyboard_after_a_look(arrive: Arrive) -> None:
    page = arrive("edwin")
    open_claimant(page, "The minister")
    assert violations(page) == []
    page.get_by_role("link", name="Merge").click()
    into = page.get_by_role("combobox", name="The claimant who lives on")
    into.press_sequentially("lund")
    expect(page.get_by_role("option", name=re.compile("Ada Lund"))).to_be_visible()
    into.press("ArrowDown")
    into.press("Enter")
    page.get_by_label("How you know").fill("The minutes say so.")
    page.get_by_role("button", name="See what would come of it").click()
    expect(page.get_by_role("heading", name="What would come of it")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("They go by:")).to_be_visible()
    page.get_by_role("link", name="Ada Lund, mayor").first.click()
    expect(page.get_by_text("The minutes say so.")).to_be_visible()


def test_what_is_typed_after_a_pick_is_what_counts(arrive: Arrive) -> None:
    page = arrive("edwin")
    open_claimant(page, "The council")
    page.get_by_role("link", name="Merge").click()
    into = page.get_by_role("combobox", name="The claimant who lives on")
    into.press_sequentially("lund")
    page.get_by_role("option", name=re.compile("Ada Lund")).click()
    into.fill("Nobody of that name")
    page.get_by_label("How you know").fill("A guess.")
    page.get_by_role("button", name="See what would come of it").click()
    expect(page.get_by_text("No claimant of this id or name is known.").first).to_be_visible()
