"""A register with the seed stories, served by a process of its own, and Chromium to look at it.

The server is a real one on a scratch database: no test here shares a transaction or an event loop with it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.desk import arrive, desk, desk_variables, untouched_desk
from tests.templates import copy_migrated_file

__all__ = ["arrive", "desk", "desk_variables", "untouched_desk"]

ROOT = Path(__file__).resolve().parents[2]
CANDIDATES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
START_SECONDS = 60
Visit = Callable[..., Page]
LATER_EVIDENCE = """
from claims.models import Claim, User
from tests import factories
by = User.objects.get(username="reviewer")
claim = Claim.objects.get(public_id="NUMBER")
title, url = "Minutes of the later session", "https://minutes.example/later"
factories.EvidenceFactory(claim=claim, title=title, url=url, by=by)
"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Site:
    """The served register."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command on the served database and return what it printed."""
        return _run([sys.executable, "manage.py", *arguments], self.environment)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; the tests are skipped where it is not."""
    found = [path for name in CANDIDATES if name and (path := shutil.which(name))]
    if not found:
        pytest.skip("no Chromium found (CHROMIUM=/path/to/chromium names one)")
    return found[0]


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    return {"executable_path": chromium, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The register with its seed stories, on a port of its own."""
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", _environment(folder, port))
    copy_migrated_file(folder / "register.sqlite3")
    site.manage("load_seeds")
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=site.environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(site.url, server, folder / "server.log")
        yield site
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def changed(site: Site, browser: Browser) -> str:
    """The path of a claim with several verdicts, to which evidence came a second after all else.

    The seeds are recorded within one second, and addresses of versions know no less: without it there is one version.
    """
    page = browser.new_page()
    page.goto(f"{site.url}/claims/")
    path = page.locator("main a", has_text="have been deployed").first.get_attribute("href") or ""
    page.close()
    time.sleep(1.1)
    site.manage("shell", "-v0", "-c", LATER_EVIDENCE.replace("NUMBER", path.split("/")[2]))
    return path


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Return a way to open a page of the site in a browser window of its own."""
    contexts: list[BrowserContext] = []

    def opened(path: str, **options: Any) -> Page:
        context = browser.new_context(base_url=site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page, *, layered: bool = False) -> list[str]:
    """Return what axe finds wrong with a page.

    `layered`: something lies over the page for the moment, so what peeks out from under it is not held to the size
    of targets.
    """
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": RULES}}
    if layered:
        options["rules"] = {"target-size": {"enabled": False}}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FACTCHECK_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'register.sqlite3'}",
        "FACTCHECK_MODE": "development",
        "FACTCHECK_DEBUG": "false",
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_VAR_DIR": str(folder),
        "FACTCHECK_BASE_URL": f"http://127.0.0.1:{port}",
    }


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            break
        try:
            urlopen(f"{url}/robots.txt", timeout=5).close()  # noqa: S310  (our own server)
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server did not start:\n{log.read_text()}")
