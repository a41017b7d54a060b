"""manage.py prepare_demo: in demo mode only, accounts whose passwords are shown once, run again at will."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection

from claims import documents
from claims.desk_vocabulary import NoticeKind
from claims.management.commands.prepare_demo import accounts, moment_before_change
from claims.management.people import CAST
from claims.management.seeding import loaded_claim
from claims.models import Notice, ReaderReport, Review, User

SIGN_IN = {"contributor", "reviewer", "second_reviewer", "editor", "admin"}


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FACTCHECK_MODE = "demo"
    settings.STATIC_ROOT = tmp_path


def prepared(capsys: pytest.CaptureFixture[str], **options: Any) -> str:
    call_command("prepare_demo", **options)
    # What a commit would do: PostgreSQL refuses to touch a table with checks still outstanding.
    connection.check_constraints()
    return capsys.readouterr().out


def passwords_in(output: str) -> dict[str, str]:
    names = "|".join(SIGN_IN)
    return dict(re.findall(rf"^  ({names}) +(\S+)$", output, re.MULTILINE))


@pytest.mark.parametrize("mode", ["development", "production"])
def test_it_refuses_outside_demo_mode(settings: Any, mode: str) -> None:
    settings.FACTCHECK_MODE = mode
    with pytest.raises(CommandError, match="FACTCHECK_MODE=demo only"):
        call_command("prepare_demo")


def test_the_passwords_printed_are_the_ones_that_sign_in(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    given = passwords_in(prepared(capsys))
    assert set(given) == SIGN_IN
    for name, password in given.items():
        user = authenticate(username=name, password=password)
        assert user is not None
        assert user.is_staff
    assert not User.objects.get(username="importer").has_usable_password()


@pytest.mark.django_db
def test_each_account_has_its_one_role_and_only_admin_has_all() -> None:
    accounts()
    for name, part in CAST.items():
        user = User.objects.get(username=name)
        assert [group.name for group in user.groups.all()] == [part.role]
        assert not user.is_superuser
    assert User.objects.get(username="admin").is_superuser


def test_a_second_run_keeps_accounts_and_passwords_and_says_so(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first = passwords_in(prepared(capsys))
    again = prepared(capsys)
    assert passwords_in(again) == {}
    assert "--new-passwords" in again
    assert "0 claims added" in again
    assert authenticate(username="editor", password=first["editor"]) is not None


def test_new_passwords_replace_the_old_ones(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    first = passwords_in(prepared(capsys))
    second = passwords_in(prepared(capsys, new_passwords=True))
    assert set(second) == SIGN_IN
    assert authenticate(username="editor", password=first["editor"]) is None
    assert authenticate(username="editor", password=second["editor"]) is not None


def test_the_addresses_show_the_verdict_before_and_after_it_changed(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    output = prepared(capsys, port=8123)
    claim = loaded_claim("kursk-2024", "deployment")
    assert claim is not None
    assert f"http://127.0.0.1:8123/api/v1/claims/{claim.public_id}/history/" in output
    found = re.search(r"\?as_of=(\S+)", output)
    assert found is not None
    earlier = documents.as_of(claim, datetime.fromisoformat(found[1]))
    assert earlier is not None
    assert (earlier["status"], claim.status) == ("unconfirmed", "confirmed")


def test_without_a_port_the_registers_own_address_is_printed(
    demo: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FACTCHECK_BASE_URL = "http://localhost:9999"
    assert "http://localhost:9999/admin/" in prepared(capsys)


def test_a_claim_whose_status_never_changed_has_no_moment_before() -> None:
    history = [
        {"recorded_at": "1"},
        {"recorded_at": "2", "status": "disputed"},
        {"recorded_at": "3", "status": "disputed"},
    ]
    assert moment_before_change(history) is None
    changed = [*history, {"recorded_at": "4", "status": "confirmed"}]
    assert moment_before_change(changed) == "3"


def test_work_waits_for_everybody_who_signs_in_and_readers_see_none_of_it(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(capsys)
    editor, asked = (User.objects.get(username=name) for name in ("editor", "second_reviewer"))
    assert Review.objects.awaiting_approval_by(editor).count() == 1
    assert ReaderReport.objects.get().claim == loaded_claim("kilogram-2019", "scales")
    assert Notice.objects.filter(person=asked, kind=NoticeKind.MENTIONED).exists()
    proposed = loaded_claim("kilogram-2019", "planck-definition")
    assert proposed is not None
    assert "announced it on the day itself" not in str(documents.current(proposed))


def test_work_that_was_seen_to_does_not_come_back(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(capsys)
    before = Review.objects.count(), ReaderReport.objects.count()
    prepared(capsys)
    assert (Review.objects.count(), ReaderReport.objects.count()) == before
