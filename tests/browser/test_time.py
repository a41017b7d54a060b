"""Going back in a real browser: by date, by the slider, and comparing what stood before with what stands now."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, violations

pytestmark = pytest.mark.browser

EARLIER = re.compile(r"/@\d{14}/$")


def _is_the_earlier_page(page: Page) -> None:
    expect(page.get_by_text("This is what the register said on")).to_be_visible()
    expect(page.get_by_text("Minutes of the later session")).to_have_count(0)
    today = page.frame_locator("iframe")
    expect(today.locator("body")).to_contain_text("Confirmed")


def test_a_date_shows_the_page_as_it_was_without_scripts(visit: Visit, changed: str) -> None:
    page = visit(changed, java_script_enabled=False)
    page.get_by_label("What the register said on").fill("2025-01-20")
    page.locator("form", has_text="What the register said on").get_by_role("button").click()
    expect(page).to_have_url(re.compile("as_of=2025-01-20"))
    expect(page.locator("h1")).to_be_visible()


def test_the_slider_goes_from_version_to_version(visit: Visit, changed: str) -> None:
    page = visit(changed)
    expect(page.get_by_text("Minutes of the later session").first).to_be_visible()
    slider = page.get_by_label("Every version")
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page).to_have_url(EARLIER)
    _is_the_earlier_page(page)


def test_what_changed_between_the_last_verdicts_is_marked(visit: Visit, changed: str) -> None:
    page = visit(changed, java_script_enabled=False)
    page.get_by_role("link", name="Compare two dates").click()
    expect(page.locator("ins", has_text="Statement of the Russian president").first).to_be_visible()
    page.get_by_label("From").fill("2025-01-01")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("had published nothing on this claim by then")).to_be_visible()


def test_the_entries_to_compare_may_be_named_by_number(visit: Visit, changed: str) -> None:
    page = visit(f"/claims/{changed.split('/')[2]}/compare/?from=19")
    expect(page.locator("ins", has_text="Minutes of the later session")).to_be_visible()
    expect(page.get_by_text("The status is the same at both moments.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_slider_and_the_comparison(visit: Visit, changed, scheme) -> None:
    page = visit(changed, color_scheme=scheme)
    expect(page.get_by_label("Every version")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Compare two dates").click()
    assert violations(page) == []
