"""Rows are known again by asking the register about each batch, and nothing of either fills the memory."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.desk_vocabulary import ImportFormat
from claims.interop.statements import Statement, words_key
from claims.models import Claim, ImportRecord, User
from claims.vocabulary import Role
from claims.workflow import ClaimDraft, bringing_in, recognising, record_claim, reword_claim
from claims.workflow.bringing_in import BringingIn
from claims.workflow.checking import check_register
from tests import factories
from tests.interop.checks import answer, read, rumour, snapshot
from tests.workflow.importing import brought, rows_of, told

TITLE = "桥梁 7 已经关闭？"


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_a_run_asks_for_what_its_rows_say_and_not_for_all_the_register_says(importer: User) -> None:
    brought(rows_of(*(answer(f"Bridge {n} was closed.") for n in range(30))), importer)
    run = BringingIn(by=importer)
    rows = rows_of(answer("bridge 7 was CLOSED!", url="https://others.example/7"))
    with CaptureQueriesContext(connection) as queries:
        assert told(line for lines in run.run(rows) for line in lines) == ["row 0: merged"]
    same = Claim.objects.get(wording__contains=" 7 ")
    assert list(run._recognising._claims.values()) == [same.pk]
    words = [one["sql"] for one in queries if "words_key" in one["sql"].split("WHERE")[-1]]
    assert len(words) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads few rows whole")
def test_claims_are_found_by_their_words_through_an_index(importer: User) -> None:
    found = Claim.objects.standing().of_words({words_key("One."), words_key("Two.")})
    assert "INDEX claim_by_words" in found.order_by("pk").explain()


@pytest.mark.parametrize("most", [2_000, 4])
def test_of_what_very_many_say_a_row_finds_whoever_has_its_speaker_s_name(
    importer: User, editor: User, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(recognising, "MOST", most)
    monkeypatch.setattr(recognising, "MOST_OF_ONE", 2)
    names = [f"Speaker {n}" for n in range(12)]
    held = [
        record_claim(
            ClaimDraft(wording="It is so.", claimant=factories.ClaimantFactory(name=name)),
            by=editor,
        )
        for name in names
    ]
    other = record_claim(ClaimDraft(wording="It is not."), by=editor)
    rows = rows_of(
        *(spoken("It is so", name) for name in ("Speaker 11", "SPEAKER 1", "Somebody new")),
        spoken("It is not", ""),
    )
    known = recognising.Recognising()
    with CaptureQueriesContext(connection) as queries:
        known.look_up([row for row in rows if isinstance(row, Statement)])
    found = [known.claim_of(row) for row in rows if isinstance(row, Statement)]
    assert found == [held[11].pk, held[1].pk, None, other.pk]
    read_at_once = sum(one["sql"].endswith("LIMIT 2001") for one in queries)
    bounded = sum(one["sql"].endswith(("LIMIT 5", "LIMIT 4", "LIMIT 2")) for one in queries)
    assert (read_at_once, bounded) == ((1, 0) if most == 2_000 else (0, 4))


def spoken(text: str, speaker: str) -> dict[str, Any]:
    return {**answer(text, url=f"https://others.example/{speaker}"), "claimant": speaker}


def test_a_run_remembers_nothing_from_batch_to_batch(
    importer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "BATCH", 2)
    run, most = BringingIn(by=importer), 0
    for _lines in run.run(rows_of(*(answer(f"Bridge {n} was closed.") for n in range(20)))):
        known = run._recognising
        kept = (known._keys, known._families, known._claims, known._pretended, known._unwritten)
        most = max(most, sum(map(len, kept)))
    assert (Claim.objects.count(), most) == (20, 2)


@pytest.mark.parametrize("dry_run", [False, True])
def test_many_batches_tell_the_same_as_one(
    importer: User, monkeypatch: pytest.MonkeyPatch, *, dry_run: bool
) -> None:
    same = answer("the old BRIDGE is safe", url="https://others.example/1")
    rows = rows_of(answer(), answer("Two."), same, answer(), answer("Two."))
    monkeypatch.setattr(bringing_in, "BATCH", 1)
    run = BringingIn(by=importer, dry_run=dry_run)
    ends = [line.split(": ")[1] for line in told(line for lines in run.run(rows) for line in lines)]
    assert ends == ["taken", "taken", "merged", "known", "known"]
    assert run.evidence == 3


def test_the_key_follows_the_words_and_goes_with_them(importer: User, editor: User) -> None:
    claim = record_claim(ClaimDraft(wording="The  BRIDGE is safe"), by=editor)
    assert claim.words_key == words_key("the bridge is safe.") != words_key("The bridge is not.")
    reword_claim(claim, wording="The bridge of 1901 is safe.", reason="Clearer.", by=editor)
    assert claim.words_key == words_key("the bridge of 1901 is safe")
    Claim.objects.update(words_key=words_key("Another."))
    assert ["words_key" in str(one) for one in check_register()] == [True]


def test_claims_from_before_are_given_their_key(editor: User) -> None:
    migration = import_module("claims.migrations.0056_words_and_who_confirmed")
    claim = record_claim(ClaimDraft(wording="The bridge is safe"), by=editor)
    factories.ClaimFactory()
    Claim.objects.update(words_key="")
    migration.give_keys(apps, SimpleNamespace(connection=connection))
    claim.refresh_from_db()
    assert claim.words_key == words_key("the bridge is safe")
    assert [str(one) for one in check_register()] == []


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "  The  BRIDGE, of 1,901.50 m; is “safe”! ",
        "ﬁve – 5 – −5 %, -5, x-5, 50% ‰ ½ ²",
        "…",
        "Straße İstanbul\u00a0桥梁 7 已经关闭？ \ud83d",
    ],
)
def test_the_migration_s_own_key_is_the_one_that_the_register_computes(wording: str) -> None:
    """Where it is to be another one, a migration of its own gives it to the claims that are there."""
    migration = import_module("claims.migrations.0056_words_and_who_confirmed")
    assert migration.words_key(wording) == words_key(wording)


def titled(row: str, title: str) -> str:
    return row.replace(TITLE, title)


def test_a_rumour_that_the_desk_had_is_found_again_by_another_title(
    importer: User, editor: User
) -> None:
    claim = record_claim(ClaimDraft(wording=TITLE), by=editor)
    first = rumour(7, 2, "1580454402875")
    second = titled(rumour(7, 1, "2020-02-20 10:00:00"), "Another title")
    third = titled(rumour(7, 0, "2020-02-21 10:00:00"), "A third title")
    assert told(brought(read(ImportFormat.DXY, snapshot(first)), importer)) == ["line 2: merged"]
    lines = brought(read(ImportFormat.DXY, snapshot(second, third)), importer)
    assert told(lines) == ["line 2: merged", "line 3: merged"]
    assert (Claim.objects.get(), claim.evidence.count()) == (claim, 3)


@pytest.mark.parametrize("known", [TITLE, "Another title"])
def test_of_a_rumour_in_one_batch_every_title_is_one_claim(
    importer: User, editor: User, known: str
) -> None:
    record_claim(ClaimDraft(wording=known), by=editor)
    first = rumour(7, 2, "1580454402875")
    second = titled(rumour(7, 1, "2020-02-20 10:00:00"), "Another title")
    brought(read(ImportFormat.DXY, snapshot(first, second)), importer)
    family = ImportRecord.objects.get(key="dxy 7").claim
    assert family is not None
    assert family.evidence.count() == 2
    assert [str(one) for one in check_register()] == []
