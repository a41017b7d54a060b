"""Reports of readers in a real browser, without scripts: from the claim to the receipt, and refused ones."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

TOO_QUICK = 3_100
"""How long somebody has to look at a form before it is taken, in milliseconds, and a little more."""


def form_of_a_claim(visit: Visit) -> Page:
    page = visit("/claims/", java_script_enabled=False)
    page.locator(".item__claim a").first.click()
    page.get_by_role("link", name="Send evidence").click()
    return page


def test_a_report_leads_from_the_claim_to_its_receipt(visit: Visit) -> None:
    page = form_of_a_claim(visit)
    page.get_by_label("What you want to say").fill("See the minutes of the council.")
    page.wait_for_timeout(TOO_QUICK)
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile(r"/reports/[\w-]{43}/"))
    expect(page.locator("main")).to_contain_text("It waits for somebody at the desk")
    expect(page.locator("main")).to_contain_text("See the minutes of the council.")


def test_a_refused_report_keeps_its_words(visit: Visit) -> None:
    page = form_of_a_claim(visit)
    page.get_by_label("What you want to say").fill("Written in a hurry.")
    page.get_by_label("Your name (optional)").fill("Ann")
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(re.compile("/report/"))
    expect(page.get_by_label("What you want to say")).to_have_value("Written in a hurry.")
    expect(page.get_by_label("Your name (optional)")).to_have_value("Ann")
