"""Exports for readers: made every night, so many kept, and none left that holds what was erased."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claims.exports import keeping
from claims.exports.keeping import Outdated, discard_all, export_for_readers, kept
from claims.exports.writing import write_export
from claims.models import BackgroundTask, Claim
from claims.tasks.exporting import export_nightly
from claims.tasks.periodic import jobs
from claims.vocabulary import Licence
from tests import factories

pytestmark = pytest.mark.django_db
Committed = Callable[..., Any]
WORDS = "The quay was swept away in 1911."


@pytest.fixture(autouse=True)
def exports(settings: Any, tmp_path: Path) -> Path:
    """A folder of their own."""
    settings.FACTCHECK_EXPORTS_DIR = tmp_path / "exports"
    return tmp_path / "exports"


def everything_in(folder: Path) -> str:
    """Return all text that lies in the files of a folder."""
    texts = [gzip.decompress(path.read_bytes()).decode() for path in folder.rglob("*.gz")]
    return "".join([*texts, *(path.read_text() for path in folder.rglob("*.json"))])


def test_it_is_a_job_of_the_night() -> None:
    assert export_nightly.name in [job.name for job in jobs()]


def test_the_same_state_is_the_same_export(published: Claim) -> None:
    first, second = export_for_readers(), export_for_readers()
    assert first == second
    assert [one.name for one in kept()] == [first.folder.name]


def test_so_many_are_kept_and_the_oldest_goes(published: Claim, settings: Any) -> None:
    settings.FACTCHECK_EXPORTS_KEPT = 2
    made = []
    for number in range(3):
        factories.EvidenceFactory.create(claim=published)
        made.append(export_for_readers())
        os.utime(made[-1].folder, (number, number))
    export_for_readers()
    assert [one.name for one in kept()] == [made[2].folder.name, made[1].folder.name]


def test_nothing_half_made_is_shown(published: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claims.exports.writing._put_in_place", full)
    with pytest.raises(OSError, match="No space"):
        export_for_readers()
    assert kept() == []
    assert list(keeping._folders()) == []


def test_erased_words_are_gone_at_once_and_an_export_without_them_is_asked_for(
    published: Claim, exports: Path, django_capture_on_commit_callbacks: Committed
) -> None:
    evidence = factories.EvidenceFactory.create(claim=published, excerpt=WORDS)
    export_for_readers()
    assert WORDS in everything_in(exports)
    (exports / ".making-left").mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        factories.erase(evidence.entry, "evidence.excerpt")
    assert list(exports.iterdir()) == []
    asked = BackgroundTask.objects.filter(task_path__endswith="export_again")
    assert asked.count() == 1
    for task in asked:
        task.task.call()
    (one,) = kept()
    assert WORDS not in everything_in(exports)
    assert "text_redacted" in everything_in(exports)
    assert one.manifest.claims == 1


def test_so_are_words_of_an_open_article_that_only_an_unseen_claim_quotes(
    exports: Path, django_capture_on_commit_callbacks: Committed
) -> None:
    text = f"The ferry is late. {WORDS}"
    article = factories.ArticleFactory(text=text, licence=Licence.FULL_TEXT)
    seen = factories.appearance_draft(article, "The ferry is late.")
    factories.published_claim(appearance=seen)
    unseen = factories.ClaimFactory(appearance=factories.appearance_draft(article, WORDS))
    export_for_readers()
    assert WORDS in everything_in(exports)
    with django_capture_on_commit_callbacks(execute=True):
        factories.erase(unseen.entries.get(number=1), "appearance.exact")
    assert kept() == []
    export_for_readers()
    assert WORDS not in everything_in(exports)


def test_what_is_made_while_words_are_erased_is_thrown_away(
    published: Claim, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = factories.EvidenceFactory.create(claim=published, excerpt=WORDS)

    def overtaken(root: Path, **told: Any) -> Any:
        export = write_export(root, **told)
        factories.erase(evidence.entry, "evidence.excerpt")
        return export

    monkeypatch.setattr(keeping, "write_export", overtaken)
    with pytest.raises(Outdated):
        export_for_readers()
    assert kept() == []


@pytest.mark.parametrize("dies", [False, True], ids=["goes on", "dies after the commit"])
def test_so_is_the_first_that_is_begun_while_words_are_erased(
    published: Claim, exports: Path, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Committed, *, dies: bool,
) -> None:  # fmt: skip
    evidence = factories.EvidenceFactory.create(claim=published, excerpt=WORDS)
    earlier = write_export(exports.with_name("elsewhere")).folder

    def asked_before_it_is_begun() -> bool:
        found = keeping.any_there()
        shutil.copytree(earlier, exports / earlier.name, dirs_exist_ok=True)
        return found

    monkeypatch.setattr("claims.tasks.exporting.any_there", asked_before_it_is_begun)
    with django_capture_on_commit_callbacks(execute=not dies):
        factories.erase(evidence.entry, "evidence.excerpt")
    monkeypatch.undo()
    assert (WORDS in everything_in(exports)) == dies
    for task in BackgroundTask.objects.filter(task_path__contains="export_again"):
        task.task.call()
    assert WORDS not in everything_in(exports)


def test_where_nothing_was_ever_exported_nothing_is_after_words_were_erased(
    published: Claim, exports: Path, django_capture_on_commit_callbacks: Committed
) -> None:
    evidence = factories.EvidenceFactory.create(claim=published, excerpt=WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        factories.erase(evidence.entry, "evidence.excerpt")
    [task] = BackgroundTask.objects.filter(task_path__contains="export_again")
    task.task.call()
    assert not keeping.any_there()


def test_an_act_that_erases_nothing_throws_nothing_away(
    published: Claim, django_capture_on_commit_callbacks: Committed
) -> None:
    export = export_for_readers()
    with django_capture_on_commit_callbacks(execute=True):
        factories.EvidenceFactory.create(claim=published)
    assert [one.name for one in kept()] == [export.folder.name]


def test_throwing_away_names_what_readers_knew(published: Claim) -> None:
    export = export_for_readers()
    assert discard_all() == [export.folder.name]
    assert discard_all() == []
