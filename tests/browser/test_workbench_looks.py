"""How the workbench looks and works everywhere: narrow and low windows, light and dark, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import form_of, left, open_bench
from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser


def too_wide(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800, 360, 320])
def test_every_state_is_accessible_and_fits(arrive: Arrive, scheme: str, width: int) -> None:
    page = arrive("carla", color_scheme=scheme, viewport={"width": width, "height": 720})
    open_bench(page, 10)
    found = {"list": violations(page), "list wide": too_wide(page)}
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    found |= {"form": violations(page), "form wide": too_wide(page)}
    form.get_by_role("combobox").first.fill("lund")
    expect(form.get_by_role("option").first).to_be_visible()
    found |= {"options": violations(page, layered=True), "options wide": too_wide(page)}
    form.get_by_role("combobox").first.press("Escape")
    form.get_by_label("Wording").fill("")
    form.get_by_role("button", name="Record the claim").click()
    expect(form.get_by_role("alert")).to_be_visible()
    found |= {"refused": violations(page, layered=True), "refused wide": too_wide(page)}
    form.get_by_role("button", name="Back to the list").click()
    page.keyboard.press("s")
    found["selecting"] = violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found |= {"sheet": violations(page), "sheet wide": too_wide(page)}
    page.keyboard.press("Escape")
    page.on("dialog", lambda dialog: dialog.accept())
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_a_low_window_scrolls_in_its_columns_and_keeps_the_buttons(arrive: Arrive) -> None:
    page = arrive("carla", viewport={"width": 1280, "height": 720})
    open_bench(page, 11)
    assert page.evaluate("document.documentElement.scrollHeight") == 720
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    for control in (
        form.get_by_role("button", name="Record the claim"),
        form.get_by_role("button", name="Not a claim"),
        page.locator("mark.is-current"),
        page.locator("#bench-counter"),
    ):
        expect(control).to_be_in_viewport(ratio=1)
    page.locator("[data-take]").evaluate("column => column.scrollTo(0, column.scrollHeight)")
    expect(form.get_by_role("button", name="Record the claim")).to_be_in_viewport(ratio=1)
    expect(form.get_by_role("group", name="Who makes the claim")).to_be_in_viewport()


def test_everything_works_without_a_script(arrive: Arrive) -> None:
    page = arrive("carla", java_script_enabled=False)
    page.goto("/admin/claims/article/?q=Bench")
    page.get_by_role("link", name="Bench 12", exact=True).click()
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    article = page.url
    page.locator("#statement-3").get_by_role("button", name="Not a claim").click()
    expect(page.get_by_text("Set aside.")).to_be_visible()
    left(page, "3 of 4 suggestions left · 1 set aside")
    page.locator("#statement-3").get_by_role("button", name="Take up again").click()
    left(page, "4 of 4 suggestions left")
    page.locator("#statement-1").get_by_role("link", name="Accept as claim").click()
    expect(page.get_by_role("link", name="The old bridge was found safe")).to_be_visible()
    page.get_by_role("button", name="Record the claim").click()
    expect(page.get_by_text("Claim recorded.")).to_be_visible()
    page.goto(article)
    page.locator("#statement-2").get_by_role("link", name="Accept as claim").click()
    page.get_by_role("button", name="The old bridge was found safe").click()
    expect(page.get_by_text("Appearance added.")).to_be_visible()
    page.goto(article)
    left(page, "2 of 4 suggestions left")
