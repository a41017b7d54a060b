"""Static files as a server serves them: collected, hashed, and every page finds its own.

Development serves the files under their plain names, so a name that is not in the manifest fails in production only.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils.functional import empty
from pytest_django import Settings

from claims.models import Claim, User

HASHED = {"BACKEND": "factcheck.static_files.SmallStaticFilesStorage"}
STATIC = re.compile(r'(?:href|src)="/static/([^"]+)"')


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every static file under its hashed name, as `make demo` and the image collect them."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES={**settings.STORAGES, "staticfiles": HASHED}):
        staticfiles_storage._wrapped = empty  # type: ignore[attr-defined]
        call_command("collectstatic", verbosity=0, interactive=False)
    staticfiles_storage._wrapped = empty  # type: ignore[attr-defined]
    return root


@pytest.fixture
def as_served(collected: Path, settings: Settings) -> Path:
    """The settings of a server."""
    settings.STATIC_ROOT = collected
    settings.STORAGES = {**settings.STORAGES, "staticfiles": HASHED}
    return collected


@pytest.mark.parametrize(
    "path", ["/", "/claims/", "/method/", "/nothing/", "/api/v1/docs/", "/admin/login/", "/admin/"]
)
def test_every_page_finds_its_files_under_their_hashed_names(
    client: Client, as_served: Path, published: Claim, editor: User, path: str
) -> None:
    if path == "/admin/":
        client.force_login(editor)
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nothing/" else 200)
    names = STATIC.findall(answer.content.decode())
    assert names
    for name in names:
        assert re.search(r"\.[0-9a-f]{12}\.", name), name
        assert (as_served / name).is_file()


def test_the_claim_page_does_too(client: Client, as_served: Path, published: Claim) -> None:
    answer = client.get(f"/claims/{published.public_id}/", follow=True)
    assert answer.status_code == 200
    assert all((as_served / name).is_file() for name in STATIC.findall(answer.content.decode()))


def test_the_icon_asked_for_by_its_old_name_is_served(client: Client, as_served: Path) -> None:
    location = client.get("/favicon.ico")["Location"]
    assert re.fullmatch(r"/static/claims/favicon\.[0-9a-f]{12}\.ico", location)
    assert (as_served / location.removeprefix("/static/")).is_file()


def test_the_readers_one_style_sheet_stays_small(collected: Path) -> None:
    sheets = [*(collected / "claims").glob("public.*.css")]
    assert len(sheets) == 1
    assert 10_000 < sheets[0].stat().st_size < 30_000
    assert b"/*" not in sheets[0].read_bytes()


def test_readers_and_desk_share_the_constants_of_the_design() -> None:
    styles = settings.BASE_DIR / "claims/static/claims"
    constants = (styles / "tokens.css").read_text().split("\n\n", 1)[1].strip()
    assert constants in (styles / "public.css").read_text()


def test_a_readers_page_asks_for_one_sheet_and_one_face(client: Client, published: Claim) -> None:
    page = client.get("/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/static/claims/public.css"]
    assert re.findall(r"[\w-]+\.woff2", page) == ["newsreader-text.woff2"]
