"""A second person rates blind, in a browser: what is kept from them, and what they see once they have rated."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive, see_to_everything

pytestmark = pytest.mark.browser
WHY = "Nobody measured, and the archive burnt."


@pytest.mark.parametrize(("scheme", "claim"), [("light", 2), ("dark", 4)])
def test_a_claim_is_rated_blind_and_then_approved(arrive: Arrive, scheme: str, claim: int) -> None:
    rashid, sofia = (arrive(name, color_scheme=scheme) for name in ("rashid", "sofia"))
    rashid.goto(f"/admin/claims/claim/{claim}/open-review/")
    rashid.get_by_role("button", name="Open the review").click()
    see_to_everything(rashid)
    rashid.get_by_role("link", name="Ask for a second rating").click()
    assert violations(rashid) == []
    rashid.get_by_role("button", name="Save").click()
    rashid.get_by_role("link", name="Propose a verdict").click()
    rashid.get_by_role("radio", name="Unconfirmed").check()
    rashid.get_by_label("Rationale").fill(WHY)
    rashid.get_by_label("What would settle it").fill("A measurement.")
    rashid.get_by_role("button", name="Propose").click()
    expect(rashid.get_by_text("Verdict proposed.")).to_be_visible()

    sofia.goto(f"/admin/claims/claim/{claim}/change/")
    expect(sofia.get_by_text(WHY)).to_have_count(0)
    sofia.get_by_role("link", name="Rate this claim").click()
    assert violations(sofia) == []
    sofia.get_by_role("radio", name="Unconfirmed").check()
    sofia.get_by_label("Why").last.fill("I found no measurement either.")
    sofia.get_by_role("button", name="Give this rating").click()
    expect(sofia.get_by_text(WHY).first).to_be_visible()
    sofia.get_by_role("button", name="Approve and publish").click()
    expect(sofia.get_by_text("Verdict approved and published.")).to_be_visible()
