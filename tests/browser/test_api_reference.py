"""/api/v1/docs/ in a browser: every operation is shown, nothing comes from elsewhere, no rule is broken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from claims.api.reference import schema_document
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def test_it_shows_every_operation_and_breaks_no_rule(browser: Browser, site: Site) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/api/v1/docs/")
    page.wait_for_selector(".opblock")
    shown = page.locator(".opblock").count()
    page.locator(".opblock-summary-control", has_text="Read a claim").first.click()
    page.wait_for_selector(".opblock-body .parameters")
    page.close()
    assert shown == sum(len(methods) for methods in schema_document()["paths"].values())
    assert complaints == []
    assert all(url.startswith((site.url, "data:")) for url in asked)
