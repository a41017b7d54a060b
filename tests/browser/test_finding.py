"""Finding claims in a real browser, without scripts: searching, narrowing, checking a text."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, violations

pytestmark = pytest.mark.browser


def test_a_typo_leads_to_the_word_that_was_meant(visit: Visit) -> None:
    page = visit("/", java_script_enabled=False)
    page.get_by_role("searchbox").fill("internatoinal prototype")
    page.get_by_role("button", name="Search the claims").click()
    page.get_by_role("link", name="international prototype").click()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".item")).not_to_have_count(0)


def test_a_phrase_finds_fewer_than_its_words_and_a_facet_fewer_still(visit: Visit) -> None:
    page = visit("/claims/", java_script_enabled=False)
    everything = page.locator(".item").count()
    page.get_by_role("searchbox").fill('"have been deployed"')
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("q=%22have"))
    found = page.locator(".item").count()
    assert 0 < found < everything
    page.locator(".filter a[href*='status=']").first.click()
    expect(page.locator(".chips li")).to_have_count(2)
    page.locator(".chips a").first.click()
    expect(page.locator(".chips li")).to_have_count(1)


def test_a_pasted_text_shows_what_it_may_repeat(visit: Visit) -> None:
    page = visit("/claims/", java_script_enabled=False)
    claim = page.locator(".item__claim").first.inner_text().strip("“”")
    page.get_by_role("link", name="Check a text").first.click()
    page.get_by_label("A text").fill(f"It rained. {claim}")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".saying")).not_to_have_count(0)


@pytest.mark.parametrize("path", ["/changes/", "/check/", "/claims/?q=the", "/claims/?q=qqqq"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(visit: Visit, path, scheme) -> None:
    page = visit(path, color_scheme=scheme, viewport={"width": 320, "height": 640})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
