"""start_import: a file is taken as it is, or refused with a word."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from claims.models import Claim, ImportRun, User
from claims.vocabulary import Role
from claims.workflow import start_import
from tests import factories
from tests.interop.checks import MAPPING
from tests.workflow.importing import sent
from tests.workflow.observing import refused


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_it_waits_to_be_read(importer: User) -> None:
    run = ImportRun.objects.get(pk=sent(importer).pk)
    assert (run.state, run.file_name, run.is_under_way) == ("waiting", "answers.json", True)
    assert run.size == len(bytes(run.data or b""))
    assert not Claim.objects.exists()


def test_a_name_with_what_no_text_holds_is_made_fit(importer: User) -> None:
    run = start_import("google", b"[]", file_name="a\x00b\ud83d" + "x" * 400, by=importer)
    assert run.file_name == ("a b " + "x" * 400)[:200]


@pytest.mark.parametrize(
    ("form", "data", "mapping", "field", "told"),
    [
        ("google", b"", "", "file", "empty"),
        ("google", b"x" * 1_000_001, "", "file", "larger than 1 MB"),
        ("word", b"x", "", "format", "is none of"),
        ("csv", b"x", " ", "mapping", "needs a mapping file"),
        ("csv", b"x", "columns: 7", "mapping", "must be an object"),
    ],
)
def test_what_cannot_be_read_is_refused(
    importer: User,
    settings: Settings,
    form: str,
    data: bytes,
    mapping: str,
    field: str,
    told: str,
) -> None:
    settings.FACTCHECK_UPLOAD_MAX_MB = 1
    with refused(told, field=field):
        start_import(form, data, file_name="x", mapping=mapping, by=importer)
    assert not ImportRun.objects.exists()


def test_a_mapping_is_kept_for_a_table_alone(importer: User) -> None:
    run = start_import("csv", b"x", file_name="x", mapping=MAPPING, by=importer)
    assert run.mapping == MAPPING
    assert start_import("google", b"[]", file_name="x", mapping=MAPPING, by=importer).mapping == ""


def test_editors_do_not_import(editor: User) -> None:
    with pytest.raises(PermissionDenied):
        sent(editor)
