"""The workbench in a real browser: an article worked through by keyboard and by mouse, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.bench import form_of, heading_of, left, open_bench, tab_to
from tests.browser.desk import PASSWORD, Arrive

pytestmark = pytest.mark.browser


def test_three_suggestions_are_worked_through_by_keyboard(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 1)
    left(page, "4 of 4 suggestions left")
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    expect(heading_of(form)).to_be_focused()
    page.keyboard.press("Enter")
    wording = form.get_by_label("Wording")
    expect(wording).to_be_focused()
    expect(wording).to_have_value("The old bridge 1 is safe.")
    page.keyboard.press("Control+A")
    page.keyboard.type("Bridge 1 in the old town is safe.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Claim recorded.")).to_be_visible()
    left(page, "3 of 4 suggestions left")

    form = form_of(page, "Statement 2 of 4")
    expect(heading_of(form)).to_be_focused()
    known = form.get_by_role("button", name="Bridge 1 in the old town is safe.")
    tab_to(page, known)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Appearance added.")).to_be_visible()
    left(page, "2 of 4 suggestions left")

    form_of(page, "Statement 3 of 4")
    page.keyboard.press("x")
    expect(page.get_by_text("Set aside.")).to_be_visible()
    left(page, "1 of 4 suggestions left · 1 set aside")
    form_of(page, "Statement 4 of 4")
    page.keyboard.press("Escape")
    expect(page.locator("#statement-4")).to_be_focused()
    for number, state in ((1, "recorded"), (2, "recorded"), (3, "aside"), (4, "left")):
        expect(page.locator(f"#statement-{number}")).to_have_attribute("data-state", state)
    expect(page.get_by_label("Statement 2, denial, recorded")).to_be_visible()
    page.reload()
    left(page, "1 of 4 suggestions left · 1 set aside")


def test_undo_brings_the_form_back_as_it_was(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 2)
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    form.get_by_label("Wording").fill("A wording of my own.")
    form.get_by_role("button", name="Record the claim").click()
    form_of(page, "Statement 2 of 4")
    page.keyboard.press("u")
    form = form_of(page, "Statement 1 of 4")
    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(form.get_by_label("Wording")).to_have_value("A wording of my own.")
    left(page, "4 of 4 suggestions left")
    page.get_by_role("button", name="Not a claim").click()
    left(page, "3 of 4 suggestions left · 1 set aside")
    page.get_by_role("button", name="Undo").click()
    left(page, "4 of 4 suggestions left")


def test_words_selected_with_the_mouse_open_a_form(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 3)
    drag_over(page, "bridge 3 is safe")
    form = form_of(page, "Words of your choice")
    expect(form.locator("blockquote")).to_have_text("bridge 3 is safe")
    expect(form.get_by_label("Wording")).to_have_value("Bridge 3 is safe.")
    assert page.evaluate("getSelection().toString()") == "bridge 3 is safe"
    # Code points, not UTF-16 units: a bridge of two units stands before.
    start = len("🌉 Report 3.\n\nThe mayor said the old ")
    assert form.get_attribute("data-place") == f"{start}-{start + len('bridge 3 is safe')}"
    form.get_by_role("button", name="Record the claim").click()
    expect(page.locator("#statement-1")).to_have_attribute("data-state", "recorded")
    expect(page.locator("#statement-1")).to_contain_text("Bridge 3 is safe.")


def drag_over(page: Page, words: str) -> None:
    """Select words of the text as a hand would: press before the first letter, let go behind the last."""
    ends = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const boxes = [...range.getClientRects()];
                const [first, last] = [boxes[0], boxes.at(-1)];
                return [first.left + 0.5, first.top + first.height / 2, last.right - 0.5, last.top + last.height / 2];
            }
        }""",
        words,
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=4)
    page.mouse.up()


def test_words_are_selected_by_keyboard_alone(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 4)
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Select words")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("Control+ArrowRight")
    for _ in range(4):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Enter")
    form = form_of(page, "Words of your choice")
    expect(form.locator("blockquote")).to_have_text("the old bridge 4")
    expect(heading_of(form)).to_be_focused()
    expect(page.get_by_role("button", name="Select words")).to_have_attribute(
        "aria-pressed", "false"
    )


def test_selecting_goes_on_over_paragraphs_and_escape_leaves(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 4)
    page.locator("[data-scroll]").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Enter")
    form = form_of(page, "Words of your choice")
    place = form.get_attribute("data-place")
    assert place is not None
    assert place.startswith("0-")
    expect(form.locator("blockquote")).to_contain_text("🌉 Report 4.")
    expect(form.locator("blockquote")).to_contain_text("The mayor said")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Select words")).to_have_attribute(
        "aria-pressed", "false"
    )
    expect(page.locator("form.take")).to_have_count(0)


def test_the_nearest_claims_follow_the_wording(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 5)
    page.locator("#statement-3").get_by_role("link", name="Accept as claim").click()
    form = form_of(page, "Statement 3 of 4")
    form.get_by_label("Wording").fill("Tunnel 1 is safe.")
    known = form.get_by_role("region", name="Claimed before?")
    tunnel = known.get_by_role("listitem").filter(has_text="Tunnel 1 is safe.")
    expect(tunnel).to_contain_text("Confirmed since")
    form.locator("[name=speaker]").last.check()
    tunnel.get_by_role("button", name="Found here too").click()
    expect(page.get_by_text("Appearance added.")).to_be_visible()
    expect(page.locator("#statement-3")).to_contain_text("Tunnel 1 is safe.")


def test_the_latest_answer_wins(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 5)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if not held:
            held.append(route)
        else:
            route.continue_()

    page.route("**/claimed-before/", hold_the_first)
    page.locator("#statement-1").get_by_role("link", name="Accept as claim").click()
    form = form_of(page, "Statement 1 of 4")
    known = form.locator("[data-known]")
    form.get_by_label("Wording").fill("The old bridge was found safe.")
    page.wait_for_timeout(600)
    assert held
    form.get_by_label("Wording").fill("Tunnel 2")
    expect(known).to_contain_text("Tunnel 2 is safe.")
    held[0].continue_()
    page.wait_for_timeout(300)
    expect(known).to_contain_text("Tunnel 2 is safe.")


def test_a_speaker_is_looked_up_and_picked_by_keyboard(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 6)
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    name = form.get_by_role("combobox").first
    name.fill("lund")
    expect(form.get_by_role("option").first).to_contain_text("Ada Lund mayor · Person")
    expect(name).to_have_attribute("aria-expanded", "true")
    name.press("ArrowDown")
    name.press("Enter")
    expect(name).to_have_value("Ada Lund")
    expect(name).to_have_attribute("aria-expanded", "false")
    expect(form.locator("[name=speaker_kind]")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Claim recorded.")).to_be_visible()
    page.goto("/admin/claims/claim/?q=old+bridge+6")
    expect(page.get_by_role("row").filter(has_text="old bridge 6")).to_contain_text("Ada Lund")


def test_somebody_new_is_recorded_in_place(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 6)
    page.locator("#statement-4").get_by_role("link", name="Accept as claim").click()
    form = form_of(page, "Statement 4 of 4")
    name = form.get_by_role("combobox").first
    name.fill("Bo Falk")
    form.get_by_role("option", name="Record “Bo Falk” as somebody new").click()
    form.locator("[name=speaker_kind]").select_option("person")
    form.locator("[name=speaker_role]").fill("harbour master")
    form.get_by_role("button", name="Record the claim").click()
    expect(page.get_by_text("Claim recorded.")).to_be_visible()
    page.goto("/admin/claims/claimant/?q=Falk")
    expect(page.get_by_role("row").filter(has_text="Bo Falk")).to_contain_text("harbour master")


def test_a_refusal_stands_at_its_field_and_nothing_is_lost(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 7)
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    form.get_by_label("Wording").fill("")
    form.get_by_label("Reporting words", exact=False).first.fill("insisted")
    page.keyboard.press("Control+Enter")
    alert = form.get_by_role("alert")
    expect(alert).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(form.get_by_label("Wording")).to_be_focused()
    expect(form.get_by_label("Wording")).to_have_attribute("aria-invalid", "true")
    expect(form.locator("[name=cue]")).to_have_value("insisted")
    # What was begun is kept while one looks elsewhere.
    page.keyboard.press("Escape")
    expect(page.locator("#statement-1")).to_contain_text("begun")
    page.locator("#statement-2").get_by_role("link", name="Accept as claim").click()
    form_of(page, "Statement 2 of 4")
    page.keyboard.press("p")
    expect(form_of(page, "Statement 1 of 4").locator("[name=cue]")).to_have_value("insisted")
    page.on("dialog", lambda dialog: dialog.accept())


def test_somebody_signed_out_meanwhile_signs_in_and_sends_again(arrive: Arrive) -> None:
    # A window of its own: the 403 that it is about would count as a complaint of the browser's.
    page = open_bench(arrive("carla").context.new_page(), 8)
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    form.get_by_label("Wording").fill("Typed for an hour.")
    page.context.clear_cookies()
    form.get_by_role("button", name="Record the claim").click()
    expect(form.get_by_role("alert")).to_contain_text("You were signed out")
    with page.context.expect_page() as opened:
        form.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("Username").fill("carla")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Log in").click()
    tab.close()
    form.get_by_role("button", name="Record the claim").click()
    expect(page.get_by_text("Claim recorded.")).to_be_visible()
    expect(page.locator("#statement-1")).to_contain_text("Typed for an hour.")
    assert errors == []


def test_the_sheet_lists_the_keys_and_switches_them_off(arrive: Arrive) -> None:
    page = open_bench(arrive("carla"), 9)
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("Next suggestion that is left")
    page.keyboard.press("n")
    sheet.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.reload()
    expect(page.locator(".bench[data-ready]")).to_be_visible()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    expect(page.locator("form.take")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog").get_by_role("checkbox").check()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 4")
    form.get_by_label("Wording").press_sequentially("nxpu?")
    expect(form.get_by_label("Wording")).to_have_value(re.compile("nxpu[?]"))
    expect(form_of(page, "Statement 1 of 4")).to_be_visible()
