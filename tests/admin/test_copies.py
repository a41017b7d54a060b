"""Stored copies are downloads for the desk: never shown, never run, found by their digest alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import Client

from claims import workflow
from claims.models import Claim, Snapshot, User
from claims.snapshots.storage import CrashSafeStorage
from claims.vocabulary import Role
from tests import factories
from tests.admin.conftest import SignIn
from tests.snapshots.pictures import PDF
from tests.workflow.fetching_of import page, read_reading

HOSTILE = page(body="<script>alert(document.cookie)</script>")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A storage of the test's own."""
    monkeypatch.setitem(storages._storages, "snapshots", CrashSafeStorage(tmp_path))  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def copy(claim: Claim, contributor: User, folder: Path) -> Snapshot:
    """A page with a program in it."""
    found = read_reading(claim, contributor, HOSTILE).snapshot
    assert found is not None
    return found


def url_of(sha256: str) -> str:
    return f"/admin/claims/evidence/copy/{sha256}/"


def test_a_page_comes_as_a_download_that_no_browser_runs(
    sign_in: SignIn, contributor: User, copy: Snapshot
) -> None:
    response = sign_in(contributor).get(url_of(copy.sha256))
    assert response.content == HOSTILE
    assert response["Content-Type"] == "application/octet-stream"
    name = f"{copy.sha256[:16]}.html.txt"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"].startswith("private, no-store")


def test_a_document_comes_with_the_ending_of_its_kind(
    sign_in: SignIn, contributor: User, claim: Claim, folder: Path
) -> None:
    taken = workflow.take_file(claim, data=PDF, name='a"\r\nX: y.html', by=contributor).snapshot
    assert taken is not None
    response = sign_in(contributor).get(url_of(taken.sha256))
    assert response["Content-Disposition"] == f'attachment; filename="{taken.sha256[:16]}.pdf"'


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR])
def test_the_desk_may_have_it(sign_in: SignIn, copy: Snapshot, role: Role) -> None:
    person = factories.person(role)
    assert sign_in(person).get(url_of(copy.sha256)).status_code == 200


def test_nobody_else_may(sign_in: SignIn, copy: Snapshot) -> None:
    stranger = sign_in(factories.UserFactory(is_staff=True))
    assert stranger.get(url_of(copy.sha256)).status_code == 403
    assert Client().get(url_of(copy.sha256)).status_code == 302
    importer = sign_in(factories.person(Role.IMPORTER))
    assert importer.get(url_of(copy.sha256)).status_code == 403


@pytest.mark.parametrize(
    "name", ["0a" * 32, "0A" * 32, "0a", "../../settings", "%2e%2e%2fetc%2fpasswd"]
)
def test_only_a_known_digest_leads_anywhere(sign_in: SignIn, contributor: User, name: str) -> None:
    response = sign_in(contributor).get(url_of(name))
    assert response.status_code == 404 or response["Location"].startswith("/admin/")


def test_a_copy_that_is_missing_or_altered_is_not_sent(
    sign_in: SignIn, contributor: User, copy: Snapshot, folder: Path
) -> None:
    client, sha256 = sign_in(contributor), copy.sha256
    file = folder / sha256[:2] / sha256[2:4] / sha256
    file.write_bytes(b"something else")
    assert client.get(url_of(sha256)).status_code == 404
    file.unlink()
    assert client.get(url_of(sha256)).status_code == 404


def test_it_can_only_be_looked_at(sign_in: SignIn, contributor: User, copy: Snapshot) -> None:
    client = sign_in(contributor)
    assert client.post(url_of(copy.sha256)).status_code == 405
    assert client.delete(url_of(copy.sha256)).status_code == 405


def test_the_download_takes_five_queries(
    sign_in: SignIn, contributor: User, copy: Snapshot, django_assert_num_queries
) -> None:
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; the copy
    with django_assert_num_queries(5):
        client.get(url_of(copy.sha256))
