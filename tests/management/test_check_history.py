"""check_history: silent on a sound register; names the claim and the entry of whatever was altered."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db import models as django_models
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from claims.history import triggers
from claims.history.log_verification import check_log
from claims.history.sealing import seal
from claims.models import (
    Article,
    Claim,
    ClaimDocument,
    Evidence,
    HistoryEntry,
    LogLeaf,
    Verdict,
    Wording,
)
from claims.workflow.checking import check_register
from tests import factories
from tests.management.eventful import eventful_claim
from tests.management.tampering import (
    altered,
    columns_of,
    drop_guards,
    other_than,
    rolled_back,
    row_with,
    set_raw,
)

# Nothing of these stands in the history: which account acted (its public name does), and what an article says of
# itself around its text. docs/history.md says so.
UNHASHED = {
    "claims_historyentry.by_id",
    "claims_verdict.proposed_by_id",
    "claims_article.recorded_by_id",
    "claims_article.recorded_at",
    "claims_article.standfirst",
    "claims_article.authors",
    "claims_article.dateline",
    "claims_articleoriginal.media_type",
    "claims_claim.created_at",
    "claims_claimdocument.stored_at",
}
TABLES = [*triggers.LEDGER, Claim, ClaimDocument]


def check(*ids: str, **options: Any) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it printed."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_history", *ids, stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def findings(claim: Claim) -> list[str]:
    """Return what the check finds, missing guards apart."""
    return [str(one) for one in check_register() if one.subject != "database"]


@pytest.fixture
def unguarded(db: None) -> Iterator[Claim]:
    """An eventful claim in a database whose owner took the guards down."""
    claim = eventful_claim()
    with rolled_back():
        drop_guards()
        yield claim


def entry_of(claim: Claim, act: str) -> HistoryEntry:
    """Return the first entry of a kind."""
    return HistoryEntry.objects.filter(claim=claim, act=act).in_order()[0]


# A sound register


def test_a_sound_register_is_exit_code_nought(db: None) -> None:
    claim = eventful_claim()
    entries = HistoryEntry.objects.count()
    said = f"{Claim.objects.count()} claims, {entries} history entries: all sound\n"
    assert check() == (0, said, "")
    own = HistoryEntry.objects.filter(claim=claim).count()
    assert check(claim.public_id) == (0, f"1 claims, {own} history entries: all sound\n", "")


def test_an_empty_register_is_sound(db: None) -> None:
    assert check() == (0, "0 claims, 0 history entries: all sound\n", "")


def test_an_unknown_claim_is_an_error_of_the_caller(db: None) -> None:
    with pytest.raises(CommandError, match="There is no claim nosuchid"):
        call_command("check_history", "nosuchid", stdout=StringIO())


def test_every_claim_costs_the_same_number_of_queries(db: None) -> None:
    counts = []
    for length in range(3):
        claim = factories.published_claim()
        for _ in range(5 * length):
            factories.EvidenceFactory.create(claim=claim)
        with CaptureQueriesContext(connection) as queries:
            list(check_register())
        counts.append(len(queries))
    assert counts[2] - counts[1] == counts[1] - counts[0]


# One value altered


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_one_value_altered_in_any_column_is_found(
    unguarded: Claim, model: type[django_models.Model]
) -> None:
    unseen = set()
    for column in columns_of(model):
        found = row_with(model, column)
        if found is None:
            continue
        key, value = found
        with altered(model, key, column, other_than(value)) as happened:
            if happened and not findings(unguarded):
                unseen.add(f"{model._meta.db_table}.{column}")
    assert unseen == {name for name in UNHASHED if name.startswith(f"{model._meta.db_table}.")}


def test_an_altered_value_is_named_with_its_claim_and_entry(unguarded: Claim) -> None:
    entry = entry_of(unguarded, "evidence_added")
    set_raw(Evidence, entry.pk, "title", "Another source")
    code, out, err = check(unguarded.public_id)
    assert (code, out.count("difference(s)")) == (1, 1)
    where = f"DIFFERENCE claim {unguarded.public_id} entry {entry.number}: "
    assert f"{where}evidence.title is not the value that was hashed\n" in err


def test_an_altered_fact_is_told_beside_what_was_hashed(unguarded: Claim) -> None:
    entry = entry_of(unguarded, "evidence_added")
    set_raw(Evidence, entry.pk, "stance", "refutes")
    wrong = next(one for one in findings(unguarded) if "evidence differs" in one)
    assert wrong.startswith(f"claim {unguarded.public_id} entry {entry.number}: evidence differs")
    assert "'stance': 'supports'" in wrong
    assert "'stance': 'refutes'" in wrong


def test_a_value_erased_without_a_tombstone_is_found(unguarded: Claim) -> None:
    entry = entry_of(unguarded, "evidence_added")
    Evidence.objects.filter(pk=entry.pk).update(title=None, title_salt=None)
    where = f"claim {unguarded.public_id} entry {entry.number}"
    assert f"{where}: 1 hashed value(s) are gone without a tombstone" in findings(unguarded)


def test_a_status_set_by_hand_is_found(unguarded: Claim) -> None:
    Claim.objects.filter(pk=unguarded.pk).update(status="confirmed")
    assert findings(unguarded) == [
        f"claim {unguarded.public_id}: status is 'confirmed'; the history says 'disputed'"
    ]


def test_a_document_that_is_gone_or_early_is_found(unguarded: Claim) -> None:
    ClaimDocument.objects.filter(claim=unguarded).delete()
    assert findings(unguarded) == [f"claim {unguarded.public_id}: the document is missing"]
    draft = factories.ClaimFactory.create()
    ClaimDocument.objects.create(claim=draft, head_number=1, body="{}", summary="{}", sha256="")
    assert f"claim {draft.public_id}: is not public yet" in findings(unguarded)


def test_entries_that_vanish_are_found(unguarded: Claim) -> None:
    subject = f"claim {unguarded.public_id}"
    last = HistoryEntry.objects.filter(claim=unguarded).latest("number")
    seal()
    place = LogLeaf.objects.get(entry=last)
    with rolled_back():
        HistoryEntry.objects.filter(pk=last.pk)._raw_delete("default")
        told = findings(unguarded)
        assert f"log index {place}: is the place of no entry" in map(str, check_log())
        assert f"{subject}: head_number is not that of the last entry, {last.number - 1}" in told
    middle = entry_of(unguarded, "evidence_withdrawn")
    with rolled_back():
        HistoryEntry.objects.filter(pk=middle.pk)._raw_delete("default")
        where = f"{subject} entry {middle.number + 1}"
        assert f"{where}: the number should be {middle.number}" in findings(unguarded)
        assert f"{where}: prev_hash is not the hash of the entry before" in findings(unguarded)


def test_an_altered_text_of_an_article_is_found(unguarded: Claim) -> None:
    article = Article.objects.get()
    set_raw(Article, article.pk, "text", article.text.replace("safe", "shut"))
    told = findings(unguarded)
    assert f"article {article.public_id}: sha256 is not that of the text" in told
    where = f"claim {unguarded.public_id} entry 1"
    assert any(f"the quote of {where} does not stand at" in one for one in told)


# Guards


def test_missing_guards_are_named(unguarded: Claim) -> None:
    code, _, err = check()
    assert code == 1
    for name in triggers.wanted(connection):
        assert f"DIFFERENCE database: guard {name} is missing, disabled or altered\n" in err


# Rows that cannot be read

LEAVES = (b"", b"\xff\xfe", b"not json", b"null", b"[]", b"{}", b'{"digests":7}', b"[" * 100_000)


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: repr(leaf[:14]))
def test_a_leaf_that_is_no_leaf_is_a_finding(unguarded: Claim, leaf: bytes) -> None:
    entry = entry_of(unguarded, "verdict_given")
    set_raw(HistoryEntry, entry.pk, "leaf", leaf)
    assert any(
        one.startswith(f"claim {unguarded.public_id} entry {entry.number}: ")
        for one in findings(unguarded)
    )


RUBBISH = ("", "rubbish", "9999-99-99 99:99:99", b"\xff\x00", -1, 2**62, 1.5)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite stores any type anywhere")
@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_rubbish_of_any_type_in_any_column_is_never_a_crash(
    unguarded: Claim, model: type[django_models.Model]
) -> None:
    for column in columns_of(model):
        found = row_with(model, column)
        if found is None:
            continue
        for rubbish in RUBBISH:
            with altered(model, found[0], column, rubbish):
                findings(unguarded)


def test_a_verdict_on_a_wording_of_nowhere_is_a_finding(unguarded: Claim) -> None:
    entry = entry_of(unguarded, "verdict_given")
    set_raw(Verdict, entry.pk, "wording_id", 987_654)
    assert any(f"claim {unguarded.public_id}" in one for one in findings(unguarded))


def test_a_claim_without_any_entry_or_wording_is_a_finding(unguarded: Claim) -> None:
    Wording.objects.filter(claim=unguarded).update(
        claim=factories.ClaimFactory(), version=F("version") + 9
    )
    assert f"claim {unguarded.public_id}: cannot be replayed" in " ".join(findings(unguarded))
    empty = Claim.objects.create()
    assert f"claim {empty.public_id}: has no history" in findings(unguarded)


# Again and again


def test_every_so_often_it_checks_again_and_goes_on_after_a_finding(
    unguarded: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[int] = []

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        if len(slept) == 1:
            Claim.objects.filter(pk=unguarded.pk).update(status=None)
        if len(slept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    out, err = StringIO(), StringIO()
    with pytest.raises(KeyboardInterrupt):
        call_command("check_history", unguarded.public_id, every=60, stdout=out, stderr=err)
    assert slept == [60, 60, 60]
    assert [line.rpartition(": ")[2] for line in out.getvalue().splitlines()] == [
        "all sound",
        "1 difference(s)",
        "1 difference(s)",
    ]
    assert err.getvalue().count("status is None; the history says 'disputed'") == 2
