"""Exports on the desk: who sees them, having one made, how far it is, and no second one meanwhile."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from claims.exports.keeping import export_for_readers, kept
from claims.exports.progress import NOTE, noted
from claims.exports.writing import ROWS, Log, write_with
from claims.models import BackgroundTask, Claim, PeriodicJob, User
from claims.tasks import enqueue
from claims.tasks.exporting import export_nightly
from claims.tasks.queue import carry_out, take_next
from claims.vocabulary import Role
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, text_of

PAGE, PROGRESS = "/admin/exports/", "/admin/exports/progress/"
BUTTON = "Make an export now"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A folder of their own."""
    settings.FACTCHECK_EXPORTS_DIR = tmp_path / "exports"
    return tmp_path / "exports"


def words(response: Any) -> str:
    return " ".join(text_of(response).split())


def an_export(folder: Path, number: int) -> None:
    """Put an export there as it would lie of another state of the register."""
    moment = f"2025-01-01T00:00:{number:02}.000000Z"
    rows: dict[str, list[Any]] = {name: [] for name in ROWS}
    made = write_with(
        folder, rows, [], as_of=moment, entries=0, log=lambda: Log(0, None), whole=False
    )
    os.utime(made.folder, (number, number))


def test_it_lists_what_is_kept_the_newest_first(
    sign_in: SignIn, editor: User, published: Claim
) -> None:
    first = export_for_readers()
    factories.EvidenceFactory.create(claim=published)
    second = export_for_readers()
    os.utime(first.folder, (1, 1))
    page = sign_in(editor).get(PAGE)
    told = words(page)
    assert told.index(second.folder.name) < told.index(first.folder.name)
    assert f"{second.folder.name} 1 {second.manifest.entries} " in told
    assert second.digest in page.content.decode()
    assert f"Manifest and {len(second.manifest.files)} files" in told


def test_its_links_lead_to_the_files(sign_in: SignIn, editor: User, published: Claim) -> None:
    made = export_for_readers()
    client = sign_in(editor)
    links = [link for link in links_in(client.get(PAGE)) if link.startswith("/exports/")]
    assert len(links) == 1 + len(made.manifest.files)
    for link in links:
        with closing(client.get(link)) as answer:
            assert answer.status_code == 200


def test_an_editor_has_one_made(sign_in: SignIn, editor: User, published: Claim) -> None:
    client = sign_in(editor)
    page = client.post(PAGE, follow=True)
    assert said(page) == []
    assert "Waiting for a worker" in words(page)
    assert BUTTON not in words(page)
    row = take_next("a worker")
    assert row is not None
    assert row.task_path == export_nightly.module_path
    carry_out(row)
    page = client.get(PAGE)
    assert kept()[0].name in words(page)
    assert BUTTON in words(page)


def test_the_act_is_noted_and_the_night_begins_anew(sign_in: SignIn, editor: User) -> None:
    sign_in(editor).post(PAGE)
    noted = LogEntry.objects.get()
    assert (noted.user, noted.change_message) == (
        editor,
        "An export of the register was asked for.",
    )
    assert PeriodicJob.objects.get().name == "export_nightly"


def test_a_second_one_is_refused_while_one_waits_or_runs(sign_in: SignIn, editor: User) -> None:
    client = sign_in(editor)
    client.post(PAGE)
    assert said(client.post(PAGE, follow=True)) == ["An export waits or is being made already."]
    take_next("a worker")
    assert said(client.post(PAGE, follow=True)) == ["An export waits or is being made already."]
    assert BackgroundTask.objects.count() == LogEntry.objects.count() == 1


def test_it_says_how_far_the_export_is(sign_in: SignIn, editor: User, published: Claim) -> None:
    client = sign_in(editor)
    assert client.get(PROGRESS).json() == {
        "state": "",
        "under_way": False,
        "slow": False,
        "counted": "",
    }
    enqueue(export_nightly)
    assert client.get(PROGRESS).json()["state"] == "ready"
    row = take_next("a worker")
    assert row is not None
    with noted() as progress:
        answer = client.get(PROGRESS).json()
        assert (answer["state"], answer["under_way"]) == ("running", True)
        assert answer["counted"] == "0 of 1 claims"
        assert "0 of 1 claims" in words(client.get(PAGE))
        progress(1)
    assert client.get(PROGRESS).json()["counted"] == ""
    row.set_successful(None)
    assert client.get(PROGRESS).json()["under_way"] is False


def test_the_claims_are_counted_while_they_are_written(
    published: Claim, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.exports.progress.SECONDS", 0)
    seen = []
    with noted() as progress:
        for _ in range(2):
            progress(1)
            seen.append((folder / NOTE).read_text())
    assert seen == ["1 1", "2 1"]
    assert not (folder / NOTE).exists()


def test_one_that_failed_says_so_and_leads_to_why(
    sign_in: SignIn, editor: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue(export_nightly)
    row = take_next("a worker")
    assert row is not None
    row.set_failed(OSError(28, "No space left on device"))
    link = f"/admin/claims/backgroundtask/{row.pk}/run-again/"
    page = sign_in(editor).get(PAGE)
    assert "The last export failed. What went wrong" in words(page)
    assert link in links_in(page)
    assert BUTTON in words(page)
    seen = sign_in(reviewer).get(PAGE)
    assert "The last export failed." in words(seen)
    assert link not in links_in(seen)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_below_an_editor_one_looks_and_does_not_ask(sign_in: SignIn, db: None, role: Role) -> None:
    client = sign_in(factories.person(role))
    page = client.get(PAGE)
    assert "There is no export yet." in words(page)
    assert BUTTON not in words(page)
    assert client.post(PAGE).status_code == 403
    assert not BackgroundTask.objects.exists()


def test_whoever_sees_no_claims_sees_none_of_it(sign_in: SignIn, db: None) -> None:
    client = sign_in(factories.UserFactory(role=None))
    assert client.get(PAGE).status_code == client.get(PROGRESS).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").content.decode()


def test_the_navigation_leads_there(sign_in: SignIn, editor: User) -> None:
    assert PAGE in links_in(sign_in(editor).get("/admin/"))


def test_looking_asks_for_nothing_and_leaves_the_files_alone(
    sign_in: SignIn, editor: User, published: Claim, folder: Path
) -> None:
    export_for_readers()
    before = sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*"))
    client = sign_in(editor)
    for url in (PAGE, PROGRESS):
        assert client.get(url).status_code == client.head(url).status_code == 200
    assert client.post(PROGRESS).status_code == 405
    assert sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*")) == before
    assert not BackgroundTask.objects.exists()
    assert not PeriodicJob.objects.exists()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_five_queries(
    sign_in: SignIn, editor: User, folder: Path, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        an_export(folder, number)
        enqueue(export_nightly)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; the last task
    with django_assert_num_queries(5):
        page = client.get(PAGE)
    assert len(page.context["exports"]) == rows
    with django_assert_num_queries(5):
        client.get(PROGRESS)
