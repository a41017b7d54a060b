"""The palette by keyboard alone: from any page to anything, and back to where one was."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser


def ready(page: Page, path: str = "/admin/") -> Page:
    """Open a page and wait until the palette listens."""
    page.goto(path)
    expect(page.locator("#palette[data-ready]")).to_be_attached()
    return page


def opened(page: Page) -> Locator:
    """Press the shortcut and return the field of the palette."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Search the desk")
    expect(field).to_be_focused()
    return field


def chosen(page: Page) -> Locator:
    return page.locator("#palette [role=option][aria-selected=true]")


def test_it_leads_to_a_claim_by_its_words(arrive: Arrive) -> None:
    page = ready(arrive("rashid"))
    field = opened(page)
    page.keyboard.type("old bridg")
    expect(chosen(page)).to_contain_text("The old bridge was found safe by two engineers.")
    expect(field).to_have_attribute("aria-activedescendant", "palette-0")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The old bridge was found safe")


def test_the_arrows_go_round_and_enter_opens_the_chosen_page(arrive: Arrive) -> None:
    page = ready(arrive("carla"))
    opened(page)
    options = page.locator("#palette").get_by_role("option")
    expect(options.first).to_have_text("Reviews")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_have_text(options.last.inner_text())
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_text("Articles")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/claims/article/$"))


@pytest.mark.parametrize("key", ["Escape", "Control+k"])
def test_leaving_it_leads_back_to_where_one_was_with_every_word(arrive: Arrive, key: str) -> None:
    page = ready(arrive("rashid"), "/admin/claims/claim/2/add-evidence/")
    source = page.get_by_label("description of the source")
    source.fill("Half a thought")
    opened(page)
    page.keyboard.type("bridge")
    page.keyboard.press(key)
    expect(page.locator("#palette")).to_be_hidden()
    expect(source).to_be_focused()
    expect(source).to_have_value("Half a thought")


def test_the_link_opens_it_too_and_gets_the_focus_back(arrive: Arrive) -> None:
    page = ready(arrive("rashid"))
    link = page.get_by_role("link", name="Search", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_it_says_what_it_searches_how_much_it_found_and_when_there_is_nothing(
    arrive: Arrive,
) -> None:
    page = ready(arrive("rashid"))
    opened(page)
    told = page.locator("#palette").get_by_role("status")
    expect(page.locator("#palette-help")).to_contain_text("Claims · Articles · Claimants")
    page.keyboard.type("Ada Lund")
    expect(told).to_have_text("2 found")
    page.keyboard.type(" zebra")
    expect(told).to_contain_text("Nothing found.")
    expect(page.locator("#palette").get_by_role("option")).to_have_count(0)


def test_an_answer_that_comes_late_never_takes_the_place_of_a_later_one(arrive: Arrive) -> None:
    page = ready(arrive("rashid"))

    def slowly(route: Route) -> None:
        if route.request.url.endswith("q=tunnel"):
            time.sleep(1)
        route.continue_()

    page.route(re.compile(r"/admin/palette/"), slowly)
    field = opened(page)
    field.fill("tunnel")
    page.wait_for_timeout(300)
    field.fill("Ada Lund")
    expect(page.locator("#palette")).to_contain_text("mayor")
    page.wait_for_timeout(1200)
    expect(page.locator("#palette")).not_to_contain_text("Tunnel")


def test_enter_before_the_answer_opens_the_search_page(arrive: Arrive) -> None:
    page = ready(arrive("rashid"))
    page.route(re.compile(r"/admin/palette/"), lambda route: None)
    opened(page)
    page.keyboard.type("tunnel 2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/search/\?q=tunnel\+2$"))
    page.get_by_role("link", name="Tunnel 2 is safe.").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tunnel 2 is safe.")


def test_the_search_page_works_without_a_script(arrive: Arrive) -> None:
    page = arrive("rashid", java_script_enabled=False)
    page.goto("/admin/")
    page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_label("Words, a number or an id").fill("tunnel")
    page.get_by_label("Words, a number or an id").press("Enter")
    expect(page.get_by_role("link", name="Tunnel 1 is safe.")).to_be_visible()


def test_a_question_mark_shows_the_keys_on_every_page(arrive: Arrive) -> None:
    page = ready(arrive("carla"), "/admin/claims/claim/")
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys of this page")
    expect(sheet).to_contain_text("Search the desk")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_state_is_accessible_and_fits(arrive: Arrive, scheme: str, width: int) -> None:
    page = ready(arrive("edwin", color_scheme=scheme, viewport={"width": width, "height": 640}))
    found = {}
    for typed in ("", "a", "zebra"):
        field = opened(page)
        field.fill(typed)
        expect(page.locator("#palette").get_by_role("status")).to_contain_text(
            "Nothing found" if typed == "zebra" else re.compile(r"\d+ found")
        )
        found[f"palette “{typed}”"] = violations(page)
        box = page.locator("#palette").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 640
        page.keyboard.press("Escape")
        page.goto(f"/admin/search/?q={typed}")
        found[f"search “{typed}”"] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ready(page)
    assert {state: wrong for state, wrong in found.items() if wrong} == {}
