"""An article taken in from its address, in a real browser: the guard's refusal, and a page that is fetched."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import violations
from tests.browser.desk import ROOT, Arrive
from tests.workflow.intakes import COPY, PAGE

pytestmark = pytest.mark.browser

# A worker as it is, but for the one thing that the guard exists to forbid: it may fetch from this machine.
WORKER = """
from claims.fetching import Fetcher
from claims.tasks import intakes
from claims.tasks.worker import Worker
lenient = Fetcher(permits=lambda address: address.is_loopback, ports=frozenset({{80, {port}}}))
intakes.fetch = lambda url, accept: lenient.fetch(url, accept=accept)
Worker().run(until_idle=True)
"""


class Press(BaseHTTPRequestHandler):
    """A newspaper of one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def press() -> Iterator[int]:
    """The port of a newspaper on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Press) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def manage(variables: dict[str, str], *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=variables, check=True, timeout=120
    )


def ask_for(page: Page, url: str) -> None:
    page.goto("/admin/claims/article/new/")
    page.get_by_label("Web address").fill(url)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Waiting for a worker").first).to_be_visible()
    assert violations(page) == []


def test_the_guards_refusal_is_told_in_plain_words_and_a_pasted_text_goes_on(
    arrive: Arrive, desk: str, desk_variables: dict[str, str], press: int
) -> None:
    page = arrive("rashid")
    url = "http://127.0.0.1/bridge"
    ask_for(page, url)
    manage(desk_variables, "run_worker", "--until-idle", "--verbosity", "0")
    # The page finds out by itself.
    expect(page.get_by_role("heading", name="The address is not public")).to_be_visible()
    expect(page.get_by_text("not to the public Internet")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Text").fill(COPY)
    page.get_by_role("button", name="Go on with this text").click()
    expect(page.get_by_label("Web address")).to_have_value(url)
    expect(page.get_by_label("Title")).to_have_value("Bridge is safe, mayor says")


def test_a_page_is_fetched_checked_and_recorded(
    arrive: Arrive, desk: str, desk_variables: dict[str, str], press: int
) -> None:
    page = arrive("rashid")
    ask_for(page, f"http://127.0.0.1:{press}/bridge")
    manage(desk_variables, "shell", "-v0", "-c", WORKER.format(port=press))
    expect(page.get_by_role("heading", name="Check the article")).to_be_visible()
    expect(page.get_by_label("Publisher")).to_have_value("The Gazette")
    assert violations(page) == []
    page.get_by_label("Title").fill("Bridge is safe, says the mayor")
    page.get_by_role("button", name="Record the article").click()
    expect(page.get_by_role("heading", name="Bridge is safe, says the mayor")).to_be_visible()

    page.goto("/admin/claims/article/new/")
    page.get_by_label("Or paste the text").fill(f"{COPY}\n\nA vote is to be held next month.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("% the same").first).to_be_visible()
    page.get_by_label("Published on").fill("2025-03-04")
    page.get_by_role("button", name="Record the article").click()
    expect(page.get_by_text("Say what this is.").first).to_be_visible()
    assert violations(page) == []
    page.get_by_label("A new version of").check()
    page.get_by_role("button", name="Record the article").click()
    expect(page.get_by_text("Article recorded.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_an_intake_is_accessible_on_a_narrow_screen(
    arrive: Arrive, desk: str, scheme: str
) -> None:
    page = arrive("root", color_scheme=scheme, viewport={"width": 320, "height": 800})
    page.goto("/admin/claims/article/new/")
    page.get_by_label("Or paste the text").fill(COPY.replace("bridge", f"{scheme} bridge"))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Check the article")).to_be_visible()
    check = page.url
    for address in (check, check.replace("check", "discard"), "/admin/claims/article/"):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth") > 320
        assert violations(page) + ["too wide"] * wide == []
