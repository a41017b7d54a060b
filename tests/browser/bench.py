"""The workbench in a browser: opening an article there, and what one does at it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def open_bench(page: Page, number: int) -> Page:
    """Open one of the articles made for it, each in four statements, and wait until its script runs."""
    page.goto("/admin/claims/article/?q=Bench")
    page.get_by_role("link", name=f"Bench {number}", exact=True).click()
    expect(page.locator(".bench[data-ready]")).to_be_visible()
    return page


def form_of(page: Page, heading: str) -> Locator:
    """Return the form on view, once it is that one's."""
    form = page.locator("form.take")
    expect(form.get_by_role("heading", name=heading)).to_be_visible()
    return form


def left(page: Page, counter: str) -> None:
    """See that the counter says so."""
    expect(page.locator("#bench-counter")).to_have_text(counter)


def heading_of(form: Locator) -> Locator:
    """Return the heading that takes the focus when a form opens: keys work there, and nothing is typed."""
    return form.locator(".take-head h3")


def tab_to(page: Page, control: Locator) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(60):
        if control.evaluate("control => control === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {control}")
