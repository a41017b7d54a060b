"""The desk in a real browser: the whole story by hand as two people, and every page looked over."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser

COPY = """Old bridge is safe, mayor says

SPRINGFIELD, March 3. /TP/. The mayor said the old bridge is safe. The council denied that work was late.

The mayor was unable to confirm reports that the bridge moved by two centimetres in January.
"""


def bring_article_in(page: Page) -> None:
    page.get_by_role("link", name="Articles").click()
    page.get_by_role("link", name="New article").click()
    page.get_by_label("Or paste the text").fill(COPY)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("without a year").first).to_be_visible()
    page.get_by_role("button", name="Record the article").click()
    expect(page.get_by_text("When was it published?").first).to_be_visible()
    page.get_by_label("Published on").fill("2025-03-03")
    page.get_by_role("button", name="Record the article").click()
    expect(page.get_by_role("heading", name="Old bridge is safe, mayor says")).to_be_visible()


def add_evidence(page: Page, title: str, publisher: str) -> None:
    page.get_by_role("link", name="Add evidence").click()
    page.get_by_label("Supports").check()
    page.get_by_label("Web address").fill(f"https://{publisher.lower()}.example/report")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Publisher").fill(publisher)
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("Evidence added.")).to_be_visible()


def propose(page: Page, rationale: str) -> None:
    page.get_by_role("link", name="Propose a verdict").click()
    page.get_by_role("radio", name="Confirmed", exact=True).check()
    page.get_by_label("Rationale").fill(rationale)
    page.get_by_role("button", name="Propose").click()


def test_two_people_take_an_article_to_a_public_verdict(arrive: Arrive, desk: str) -> None:
    rashid, sofia = arrive("rashid"), arrive("sofia")
    bring_article_in(rashid)
    rashid.get_by_role("link", name="Accept as claim").first.click()
    rashid.get_by_label("Wording").fill("The old bridge in Springfield is safe.")
    rashid.locator("#id_speaker_kind").select_option("person")
    rashid.get_by_role("button", name="Record the claim").click()
    expect(rashid.get_by_text("Claim recorded.")).to_be_visible()
    rashid.get_by_role("status").get_by_role("link").click()
    add_evidence(rashid, "Inspection report", "Records")
    rashid.get_by_role("link", name="Open a review").click()
    rashid.get_by_role("button", name="Open the review").click()
    propose(rashid, "An inspection found no fault.")
    expect(rashid.get_by_text("two independent origins").first).to_be_visible()
    expect(rashid.get_by_label("Rationale")).to_have_value("An inspection found no fault.")
    rashid.get_by_role("link", name="Cancel").click()
    add_evidence(rashid, "Measurements", "University")
    propose(rashid, "Two inspections found no fault.")
    expect(rashid.get_by_text("a colleague must approve it")).to_be_visible()
    expect(rashid.get_by_role("link", name="Look at it and approve")).to_have_count(0)

    sofia.goto("/admin/")
    sofia.get_by_role("link", name="The old bridge in Springfield is safe.").click()
    expect(sofia.get_by_text("Two inspections found no fault.")).to_be_visible()
    sofia.get_by_role("button", name="Approve and publish").click()
    expect(sofia.get_by_text("Verdict approved and published.")).to_be_visible()

    sofia.get_by_role("link", name="public page", exact=True).click()
    expect(sofia.get_by_role("heading", level=1)).to_contain_text(
        "old bridge in Springfield is safe"
    )
    expect(sofia.get_by_text("Confirmed").first).to_be_visible()
    public_id = sofia.url.split("/claims/")[1].split("/")[0]
    answer = sofia.request.get(f"{desk}/api/v1/claims/{public_id}/")
    assert answer.json()["status"] == "confirmed"
    assert answer.json()["wording"] == "The old bridge in Springfield is safe."


def test_a_verdict_is_proposed_with_the_keyboard_alone(arrive: Arrive) -> None:
    page = arrive("rashid")
    page.goto("/admin/claims/claim/2/open-review/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "button", "Open the review")
    page.keyboard.press("Enter")
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
