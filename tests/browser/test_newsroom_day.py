"""A newsroom's whole day in real browsers: from an article that comes in to a verdict that changes, as three people."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import form_of, heading_of, left
from tests.browser.conftest import violations
from tests.browser.desk import Arrive, see_to_everything

pytestmark = pytest.mark.browser

COPY = """Old pier is safe, mayor says

HARBOURTOWN, March 3. /TP/. The mayor said the old pier is safe. The council denied that work was late.

The minister alleged that costs of the pier doubled.
"""
WORDING = "The old pier in Harbourtown is safe."


def take_in(page: Page) -> None:
    """Bring the article in, put right what was not understood, and let it be frozen."""
    page.get_by_role("link", name="New article").click()
    page.get_by_label("Or paste the text").fill(COPY)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("without a year").first).to_be_visible()
    page.get_by_label("Published on").fill("2025-03-03")
    page.get_by_role("button", name="Record the article").click()
    expect(page.get_by_role("heading", name="Old pier is safe, mayor says")).to_be_visible()
    expect(page.locator(".bench[data-ready]")).to_be_visible()


def work_through(page: Page) -> None:
    """Record the first suggestion, set the others aside, and touch no mouse."""
    left(page, "3 of 3 suggestions left")
    page.keyboard.press("n")
    form = form_of(page, "Statement 1 of 3")
    expect(heading_of(form)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type(WORDING)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Claim recorded.")).to_be_visible()
    for number in (2, 3):
        expect(heading_of(form_of(page, f"Statement {number} of 3"))).to_be_focused()
        page.keyboard.press("x")
    left(page, "0 of 3 suggestions left · 2 set aside")


def add_evidence(page: Page, stance: str, title: str, publisher: str) -> None:
    page.get_by_role("link", name="Add evidence").first.click()
    page.get_by_role("radio", name=stance).check()
    page.get_by_label("Web address", exact=True).last.fill(f"https://{publisher}.example/report")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Publisher").first.fill(publisher)
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("Evidence added.")).to_be_visible()


def propose(page: Page, verdict: str, **told: str) -> None:
    page.get_by_role("link", name="Propose a verdict").click()
    page.get_by_role("radio", name=verdict, exact=True).check()
    for label, words in told.items():
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Propose").click()


def open_review(page: Page, because: str = "New claim") -> None:
    page.get_by_role("link", name="Open a review").click()
    page.get_by_label("Why it is taken up").select_option(because)
    page.get_by_role("button", name="Open the review").click()
    see_to_everything(page)


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Verdict approved and published.")).to_be_visible()


def public(page: Page) -> dict[str, Any]:
    """Return what clients are told of the claim on view, by its address on the public page."""
    address = page.get_by_role("link", name="public page", exact=True).get_attribute("href")
    found = re.search(r"/claims/(\w+)/", address or "")
    assert found
    answer = page.request.get(f"/api/v1/claims/{found[1]}/")
    document: dict[str, Any] = json.loads(answer.text())
    return document


def collide(rashid: Page, edwin: Page) -> None:
    """Two people reword the claim; the second loses not one character, and sees both versions."""
    place = rashid.url.partition("#")[0].replace("/change/", "/reword/")
    for page in (rashid, edwin):
        page.goto(place)
    rashid.get_by_label("Wording").fill("The old pier in Harbourtown was found safe in 2025.")
    rashid.get_by_label("Reason").fill("It says when.")
    edwin.get_by_label("Wording").fill("The old pier in Harbourtown carries lorries.")
    edwin.get_by_label("Reason").fill("It says for what.")
    rashid.get_by_role("button", name="Reword").click()
    expect(rashid.get_by_text("Claim reworded.")).to_be_visible()
    edwin.get_by_role("button", name="Reword").click()
    expect(edwin.get_by_role("alert")).to_be_visible()
    expect(edwin.get_by_label("Wording")).to_have_value(
        "The old pier in Harbourtown carries lorries."
    )
    expect(edwin.get_by_label("Reason")).to_have_value("It says for what.")
    expect(edwin.locator("main")).to_contain_text("was found safe in 2025")
    assert violations(edwin) == []


def gather_and_propose(page: Page) -> None:
    """Find the claim that came in, and propose a verdict once what was refused is put right."""
    page.goto("/admin/")
    page.get_by_role("link", name=WORDING).click()
    add_evidence(page, "Supports", "Inspection report", "records")
    open_review(page)
    propose(page, "Confirmed", Rationale="An inspection found no fault.")
    expect(page.get_by_role("alert")).to_contain_text("two independent origins")
    expect(page.get_by_label("Rationale")).to_have_value("An inspection found no fault.")
    page.get_by_role("link", name="Cancel").click()
    add_evidence(page, "Supports", "Measurements", "university")
    propose(page, "Confirmed", Rationale="Two inspections found no fault.")
    expect(page.get_by_text("a colleague must approve it")).to_be_visible()
    expect(page.get_by_role("link", name="Look at it and approve")).to_have_count(0)


def return_it(page: Page, reason: str) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name=WORDING).click()
    page.get_by_role("link", name="Return it").click()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Return").click()
    expect(page.get_by_text(reason).first).to_be_visible()


def improve(page: Page, asked: str, rationale: str) -> None:
    """Take up what came back: the reason is in sight, and the last proposal stands in the form."""
    page.goto("/admin/")
    page.get_by_role("link", name=WORDING).first.click()
    expect(page.get_by_text(asked).first).to_be_visible()
    expect(page.get_by_label("Rationale")).to_have_value("Two inspections found no fault.")
    page.get_by_label("Rationale").fill(rationale)
    page.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("a colleague must approve it")).to_be_visible()


def change_of_mind(page: Page, claim: str) -> None:
    """A source goes, another comes, and the verdict is proposed anew."""
    page.goto(claim)
    page.get_by_role("link", name="Withdraw Inspection report").click()
    page.get_by_label("Reason").fill("It is about the new pier.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Evidence withdrawn. It stays visible")).to_be_visible()
    page.goto(claim)
    expect(page.locator(".claim-head")).to_contain_text("rests on was withdrawn")
    add_evidence(page, "Refutes", "Divers’ report", "divers")
    open_review(page, "New evidence")
    propose(page, "Disputed", Rationale="Divers found cracks that the university did not see.")
    expect(page.get_by_text("a colleague must approve it")).to_be_visible()


def test_a_newsroom_day(arrive: Arrive) -> None:
    carla, rashid, edwin = arrive("carla"), arrive("rashid"), arrive("edwin")
    take_in(carla)
    work_through(carla)
    gather_and_propose(rashid)
    claim = rashid.url.partition("#")[0]
    return_it(edwin, "Say who measured.")
    told = "Two inspections found no fault; the university measured."
    improve(rashid, "Say who measured.", told)
    edwin.goto("/admin/")
    edwin.get_by_role("link", name=WORDING).click()
    expect(edwin.get_by_text(told).first).to_be_visible()
    approve(edwin)
    assert (public(edwin)["status"], public(edwin)["wording"]) == ("confirmed", WORDING)

    change_of_mind(rashid, claim)
    edwin.goto("/admin/")
    edwin.get_by_role("link", name=WORDING).first.click()
    expect(edwin.get_by_role("heading", name="What changes on the public page")).to_be_visible()
    approve(edwin)
    document = public(edwin)
    assert document["status"] == "disputed"
    given = [entry["status"] for entry in document["history"] if entry["act"] == "verdict_given"]
    assert given == ["confirmed", "disputed"]
    rashid.goto(claim)
    collide(rashid, edwin)
