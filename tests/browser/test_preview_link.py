"""An expert outside, in a browser of their own: what they are sent, what they see, and that it ends."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import violations
from tests.browser.desk import Arrive

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_an_expert_reads_what_is_proposed_until_it_is_revoked(
    arrive: Arrive, browser: Browser, scheme: str, width: int
) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    sofia = arrive("sofia", **look)
    sofia.goto("/admin/claims/claim/3/change/")
    sofia.get_by_role("link", name="Show it to an expert").click()
    assert violations(sofia) == []
    sofia.get_by_label("For whom").fill("Prof. Lind")
    sofia.get_by_role("button", name="Make the address").click()
    address = sofia.get_by_label("Address").input_value()
    assert violations(sofia) == []

    with browser.new_context(**look) as context:  # type: ignore[arg-type]
        outside = context.new_page()
        outside.goto(address.replace("http://127.0.0.1:8000", sofia.url.partition("/admin")[0]))
        expect(outside.get_by_role("heading", level=1)).to_contain_text("Tunnel 3 is safe.")
        expect(outside.get_by_role("region", name="About this preview")).to_contain_text(
            "shown in confidence to Prof. Lind"
        )
        assert outside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # Faint on purpose, and said aloud by the banner instead.
        outside.locator(".watermark").evaluate("mark => mark.remove()")
        assert violations(outside) == []

        sofia.get_by_role("link", name="Back to the claim").first.click()
        sofia.get_by_role("link", name="Revoke Prof. Lind").click()
        sofia.get_by_role("button", name="Revoke it").click()
        expect(sofia.get_by_text("leads nowhere from now on")).to_be_visible()
        assert outside.reload().status == 404  # type: ignore[union-attr]
