"""How the desk treats the people at it: focus, what was just done, double clicks, two tabs, being signed out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser

ADD = "/admin/claims/claim/2/add-evidence/"


def describe(page: Page, source: str) -> None:
    page.goto(ADD)
    page.get_by_label("Supports").check()
    page.get_by_label("description of the source").fill(source)


def pieces(page: Page, source: str) -> int:
    """Return how often the claim shows a source, in a tab of its own."""
    tab = page.context.new_page()
    tab.goto("/admin/claims/claim/2/change/")
    return tab.locator(".evidence .source").get_by_text(source).count()


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(arrive: Arrive) -> None:
    page = arrive("rashid")
    page.goto(ADD)
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.get_by_label("Supports")).to_be_checked()


def test_what_was_done_is_in_sight_wherever_the_page_opens(arrive: Arrive) -> None:
    page = arrive("sofia", viewport={"width": 1000, "height": 500})
    describe(page, "A letter that turns out to be a forgery")
    page.get_by_role("button", name="Add evidence").click()
    page.get_by_role("link", name="Withdraw A letter").click()
    page.get_by_label("Reason").fill("A forgery.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page).to_have_url(re.compile("#entry-"))
    expect(page.locator(".history > li:target")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") > 0
    expect(page.get_by_text("Evidence withdrawn. It stays visible")).to_be_in_viewport(ratio=1)


def test_a_double_click_adds_one_piece(arrive: Arrive) -> None:
    page = arrive("rashid")
    describe(page, "Clicked twice")
    page.get_by_role("button", name="Add evidence").dblclick()
    expect(page.get_by_text("Evidence added.").or_(page.get_by_text("by you"))).to_be_visible()
    assert pieces(page, "Clicked twice") == 1


def test_the_second_of_two_tabs_keeps_its_words_and_says_what_is_new(arrive: Arrive) -> None:
    first = arrive("rashid")
    second = first.context.new_page()
    describe(first, "From the first tab")
    describe(second, "From the second tab")
    first.get_by_role("button", name="Add evidence").click()
    expect(first.get_by_text("Evidence added.")).to_be_visible()
    second.get_by_role("button", name="Add evidence").click()
    expect(second.get_by_text("evidence added, by you")).to_be_visible()
    expect(second.get_by_label("description of the source")).to_have_value("From the second tab")
    assert violations(second) == []
    second.get_by_role("button", name="Add evidence").click()
    expect(second.get_by_text("Evidence added.")).to_be_visible()


def test_going_back_after_sending_does_not_send_again(arrive: Arrive) -> None:
    page = arrive("rashid")
    describe(page, "Sent and gone back to")
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("Evidence added.")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_role("alert")).to_contain_text("on the claim already")
    assert pieces(page, "Sent and gone back to") == 1


def test_somebody_signed_out_meanwhile_can_copy_what_they_typed(arrive: Arrive) -> None:
    page = arrive("rashid").context.new_page()
    describe(page, "Typed for an hour")
    session = [one for one in page.context.cookies() if one["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(session)  # type: ignore[arg-type]
    refused = []
    page.on("response", lambda answer: refused.append(answer.status))
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_label("description of the source")).to_have_value("Typed for an hour")
    assert 403 in refused
    assert violations(page) == []
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"\?next=%2Fadmin%2Fclaims%2Fclaim%2F2%2Fadd-evidence%2F$"))


def test_a_merge_shows_what_comes_of_it_first(arrive: Arrive) -> None:
    page = arrive("edwin")
    page.goto("/admin/claims/claim/2/merge/")
    page.get_by_label("The claim that lives on").fill("/admin/claims/claim/1/change/")
    page.get_by_label("Reason").fill("The same.")
    page.get_by_role("button", name="See what would come of it").click()
    expect(page.get_by_role("button", name="Merge")).to_be_visible()
    survivor = page.get_by_role("region", name="The claim that lives on")
    expect(survivor).to_contain_text("Tunnel 1 is safe.")
    expect(page.get_by_label("Reason")).to_have_value("The same.")
    assert violations(page) == []
