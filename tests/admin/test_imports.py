"""Importing a file on the desk: sent, read, shown row by row, confirmed by POST, reported, downloaded."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from claims.models import Claim, ImportRun, User
from claims.tasks.imports import carry_out_import_file, preview_import_file
from claims.vocabulary import Role
from claims.workflow import carry_out_import
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, seen, text_of
from tests.interop.checks import MAPPING, answer
from tests.workflow.importing import ended, sent, shown

LIST = "/admin/claims/importrun/"


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER, is_staff=True)


@pytest.fixture
def desk(sign_in: SignIn, importer: User) -> Client:
    return sign_in(importer)


def send(client: Client, data: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("answers.json", data)
    form = {"format": "google", "file": file, "seen": "", **fields}
    return client.post(f"{LIST}new/", form, follow=True)


def data_of(*answers: dict[str, Any]) -> bytes:
    return json.dumps(list(answers)).encode()


def page_of(run: ImportRun, more: str = "") -> str:
    return f"{LIST}{run.pk}/change/{more}"


def test_the_whole_way(desk: Client) -> None:
    page = send(desk, data_of(answer(), answer("", textualRating="x")))
    run = ImportRun.objects.get()
    assert page.redirect_chain[-1][0] == page_of(run)
    assert "Waiting for a worker" in text_of(page)
    preview_import_file.call(run.pk)
    page = desk.get(page_of(run))
    told = text_of(page)
    assert "Nothing has come in yet." in told
    assert "row 1" in told
    assert "it states no claim" in told
    assert not Claim.objects.exists()
    desk.post(f"{LIST}{run.pk}/confirm/", {"seen": seen(desk, page_of(run))})
    run.refresh_from_db()
    assert run.state == "confirmed"
    assert "Waiting for a worker" in text_of(desk.get(page_of(run)))
    carry_out_import_file.call(run.pk)
    page = desk.get(page_of(run))
    assert "What came in" in text_of(page)
    assert f"/admin/claims/claim/{Claim.objects.get().pk}/change/" in links_in(page)


def test_one_person_alone_publishes_nothing_from_a_file(desk: Client, importer: User) -> None:
    waiting = factories.ClaimFactory(wording="The old bridge is safe.", claimant=None)
    answers = [{**answer(), "claimant": None}, answer("The new bridge is late.")]
    send(desk, data_of(*answers), as_own="on")
    run = ImportRun.objects.get()
    preview_import_file.call(run.pk)
    desk.post(f"{LIST}{run.pk}/confirm/", {"seen": seen(desk, page_of(run))})
    carry_out_import_file.call(run.pk)
    assert run.rows.all().counted() == {"merged": 1, "taken": 1}
    assert waiting.evidence.get().rating == "False"
    assert not Claim.objects.published().exists()


def test_who_confirmed_it_is_seen_in_the_list_and_on_its_page(
    desk: Client, importer: User, sign_in: SignIn
) -> None:
    run = shown(importer)
    assert "confirmed by" not in text_of(desk.get(page_of(run)))
    other = factories.person(Role.IMPORTER, public_name="Zoe Confirms")
    client = sign_in(other)
    seen = client.get(page_of(run)).context["seen"]
    client.post(f"{LIST}{run.pk}/confirm/", {"seen": seen})
    run = carry_out_import(ImportRun.objects.get(), by=importer)
    assert run.confirmed_by == other
    assert "confirmed by Zoe Confirms, " in text_of(client.get(page_of(run)))
    assert "Zoe Confirms, " in text_of(client.get(LIST))


def test_looking_confirms_nothing(desk: Client, importer: User) -> None:
    run = shown(importer)
    assert desk.get(f"{LIST}{run.pk}/confirm/").status_code == 200
    run.refresh_from_db()
    assert run.state == "ready"
    page = desk.post(f"{LIST}{run.pk}/confirm/", {"seen": "what it was before"})
    assert "This changed while the page was open" in text_of(page)
    run.refresh_from_db()
    assert run.state == "ready"


def test_rows_are_shown_by_outcome_and_page_by_page(desk: Client, importer: User) -> None:
    run = shown(importer, *(answer(f"Bridge {n} was closed.") for n in range(55)), answer(""))
    first = desk.get(page_of(run))
    (more,) = [url for url in links_in(first) if "after=" in url]
    assert "row 49" in text_of(first)
    assert "row 50" not in text_of(first)
    assert "row 50" in text_of(desk.get(page_of(run) + more.replace("&amp;", "&")))
    skipped = text_of(desk.get(page_of(run, "?outcome=skipped")))
    assert "row 55" in skipped
    assert "row 49" not in skipped
    for wrong in ("?outcome=x", "?after=x", "?after=-1", f"?after={'9' * 30}", "?after=²"):
        assert desk.get(page_of(run, wrong)).status_code == 404


def test_the_report_is_downloaded_whole(desk: Client, importer: User) -> None:
    run = ended(importer, answer("=cmd()"), answer(""))
    told = b"".join(desk.get(f"{LIST}{run.pk}/report.json"))
    rows = json.loads(told)["rows"]
    claim = Claim.objects.get()
    assert rows[0] == {
        "row": "answers.json row 0",
        "outcome": "taken",
        "reason": "",
        "claim": claim.public_id,
        "wording": "=cmd()",
    }
    table = b"".join(desk.get(f"{LIST}{run.pk}/report.csv")).decode()
    cells = list(csv.DictReader(io.StringIO(table)))
    assert [row["outcome"] for row in cells] == [row["outcome"] for row in rows]
    assert cells[0]["wording"] == "'=cmd()"  # no table program takes it for a formula
    assert desk.post(f"{LIST}{run.pk}/report.csv").status_code == 405


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"format": "word"}, "format", "Select a valid choice"),
        ({"format": "csv"}, "mapping", "needs a mapping file"),
        ({"file": ""}, "file", "This field is required."),
        (
            {"format": "csv", "mapping": SimpleUploadedFile("m.yaml", b"columns: 7")},
            "mapping",
            "must be an object",
        ),
        (
            {"format": "csv", "mapping": SimpleUploadedFile("m.yaml", b"\xff\xfe")},
            "mapping",
            "not text in UTF-8",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    desk: Client, fields: dict[str, Any], field: str, told: str
) -> None:
    page = send(desk, data_of(answer()), **fields)
    assert told in page.context["form"].errors[field][0]
    assert not ImportRun.objects.exists()


def test_a_file_that_is_too_large_is_dropped_with_a_word(desk: Client, settings: Settings) -> None:
    settings.FACTCHECK_UPLOAD_MAX_MB = 1
    page = send(desk, b" " * 1_100_000)
    assert page.context["form"].errors["file"] == ["The file is too large to be sent here."]


def test_a_table_comes_with_its_mapping(desk: Client) -> None:
    mapping = SimpleUploadedFile("m.yaml", MAPPING.encode())
    table = b"Claim,Who,Day,Verdict,Link\nThe bridge is safe.,Ada,1-3-2025,Busted!,\n"
    send(desk, table, format="csv", mapping=mapping)
    run = ImportRun.objects.get()
    preview_import_file.call(run.pk)
    assert "line 2" in text_of(desk.get(page_of(run)))


def test_a_file_that_is_none_says_so(desk: Client) -> None:
    send(desk, b"{")
    run = ImportRun.objects.get()
    preview_import_file.call(run.pk)
    assert "is not JSON to its end" in text_of(desk.get(page_of(run)))


def test_how_far_it_is_can_be_asked(desk: Client, importer: User) -> None:
    run = sent(importer)
    asked = desk.get(f"{LIST}{run.pk}/progress/").json()
    assert asked == {"state": "waiting", "under_way": True, "slow": False, "counted": "0 rows"}
    assert desk.get(f"{LIST}{'9' * 30}/progress/").status_code == 404


def test_an_import_can_be_discarded(desk: Client, importer: User) -> None:
    run = shown(importer)
    url = f"{LIST}{run.pk}/discard/"
    assert desk.post(url, {"seen": seen(desk, url)}, follow=True).redirect_chain[-1][0] == LIST
    run.refresh_from_db()
    assert run.state == "discarded"
    assert desk.get(url, follow=True).status_code == 200


def test_nothing_typed_comes_alive(desk: Client, importer: User) -> None:
    odd = "<script>alert(1)</script>"
    run = ended(importer, answer(f"{odd} \u202egnp"), answer(odd, textualRating=odd))
    page = desk.get(page_of(run)).content.decode()
    assert odd not in page


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR])
def test_others_import_nothing_and_editors_may_look(
    sign_in: SignIn, importer: User, role: Role
) -> None:
    run = shown(importer)
    client = sign_in(factories.person(role))
    may_look = 200 if role == Role.EDITOR else 403
    assert client.get(LIST).status_code == may_look
    assert client.get(page_of(run)).status_code == may_look
    assert client.get(f"{LIST}{run.pk}/report.csv").status_code == may_look
    for page in ("new", f"{run.pk}/confirm", f"{run.pk}/discard"):
        assert client.get(f"{LIST}{page}/").status_code == 403
        assert client.post(f"{LIST}{page}/", {"seen": ""}).status_code == 403
    assert client.get(f"{LIST}{run.pk}/progress/").status_code == 403
    if role == Role.EDITOR:
        assert "Bring it in" not in text_of(client.get(page_of(run)))


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_cost_the_same_for_one_row_and_for_twenty(
    desk: Client,
    importer: User,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    run = ended(importer, *(answer(f"Bridge {n} was closed.") for n in range(rows)))
    for _ in range(rows):
        shown(importer)
    desk.get(page_of(run))
    with django_assert_num_queries(7):
        assert desk.get(page_of(run)).status_code == 200
    with django_assert_num_queries(6):
        assert desk.get(LIST).status_code == 200
    with django_assert_num_queries(6):
        b"".join(desk.get(f"{LIST}{run.pk}/report.csv"))
