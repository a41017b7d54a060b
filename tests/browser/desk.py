"""A desk of its own, served to the browser, and people who sign in to it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.templates import copy_migrated_file

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "desk.sqlite3"
PASSWORD = "a-long-enough-word-9"
DESK = f"""
from datetime import date
from claims.models import User
from claims.vocabulary import Role, VerificationStatus
from tests import factories
names = {{"rashid": Role.REVIEWER, "sofia": Role.REVIEWER, "edwin": Role.EDITOR, "carla": Role.CONTRIBUTOR}}
people = [factories.person(role, username=name, public_name=name.title()) for name, role in names.items()]
for one in people:
    one.set_password("{PASSWORD}")
    one.save(update_fields=["password"])
User.objects.create_superuser("root", "root@example.org", "{PASSWORD}")
article = factories.ArticleFactory(title="Town report")
quote = factories.appearance_draft(article, "is safe")
factories.give_verdict(factories.ClaimFactory(wording="Tunnel 1 is safe.", appearance=quote))
factories.ClaimFactory(wording="Tunnel 2 is safe.")
waiting = factories.ClaimFactory(wording="Tunnel 3 is safe.")
factories.proposed_review(waiting, VerificationStatus.CONFIRMED, proposer=people[0])
mayor = factories.ClaimantFactory(name="Ada Lund", role="mayor")
factories.ClaimFactory(wording="The old bridge was found safe by two engineers.", claimant=mayor)
for name, role in {{"The mayor": "of Springfield", "The council": "", "The minister": ""}}.items():
    factories.ClaimantFactory(name=name, role=role)
for number in range(1, 13):
    text = (
        f"🌉 Report {{number}}.\\n\\nThe mayor said the old bridge {{number}} is safe. The council denied that work "
        f"on bridge {{number}} was late.\\n\\nThe minister alleged that costs of bridge {{number}} doubled.\\n\\n"
        f"“We will finish bridge {{number}} in May,” the mayor said."
    )
    factories.ArticleFactory(title=f"Bench {{number}}", text=text, published_on=date(2025, 3, number))
"""


def environment(database: Path) -> dict[str, str]:
    """Return the variables of a register of its own, far from the tests' database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FACTCHECK_")}
    return kept | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "FACTCHECK_MODE": "development",
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_VAR_DIR": str(database.parent),
        "PYTHONPATH": str(ROOT),
    }


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def await_answer(url: str) -> None:
    """Return when the server answers."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="session")
def untouched_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register with what the tests of the desk begin with: made once, and copied for each module."""
    folder = tmp_path_factory.mktemp("untouched")
    copy_migrated_file(folder / DATABASE)
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", DESK]
    subprocess.run(command, env=environment(folder / DATABASE), check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def desk_variables(
    tmp_path_factory: pytest.TempPathFactory, untouched_desk: Path
) -> dict[str, str]:
    """The environment of the desk, for commands beside its server."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(untouched_desk, folder, dirs_exist_ok=True)
    return environment(folder / DATABASE)


@pytest.fixture(scope="module")
def desk(chromium: str, desk_variables: dict[str, str]) -> Iterator[str]:
    """A register of its own, served to the browser; yields its address."""
    port = free_port()
    serve = [
        sys.executable,
        str(ROOT / "manage.py"),
        "runserver",
        "--noreload",
        f"127.0.0.1:{port}",
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(serve, env=desk_variables, cwd=ROOT, **quiet) as server:  # type: ignore[call-overload]
        try:
            await_answer(f"http://127.0.0.1:{port}/admin/login/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def see_to_everything(page: Page) -> None:
    """Tick every item of the checklist on a claim's page."""
    items = page.locator("#checklist").get_by_role("checkbox")
    expect(items.first).to_be_visible()
    for item in items.all():
        item.click()
        expect(item).to_be_checked()


Arrive = Callable[..., Page]


@pytest.fixture
def arrive(browser: Browser, desk: str) -> Iterator[Arrive]:
    """Return a way to sign in as somebody, in a browser window of their own.

    Whatever the browser complains of (a violated policy, a script's error) fails the test. Nothing moves by itself
    unless asked for: where a part stands is measured when the page has come to it.
    """
    contexts, complaints = [], []

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def signed_in(name: str, **options: Any) -> Page:
        context = browser.new_context(base_url=desk, **{"reduced_motion": "reduce"} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert complaints == []
