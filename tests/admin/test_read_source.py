"""Saying where a source is: an address that a worker reads, or a file that is taken at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import BackgroundTask, Claim, Snapshot, SourceReading, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, submit, text_of
from tests.snapshots.pictures import PDF, picture
from tests.workflow.fetching_of import ADDRESS, read_reading

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def url_of(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/read-source/"


def file(data: bytes, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


def test_an_address_is_given_to_a_worker(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    page = submit(sign_in(contributor), url_of(claim), url=ADDRESS)
    reading = SourceReading.objects.get()
    assert (reading.state, reading.url) == (ReadingState.WAITING, ADDRESS)
    assert list(BackgroundTask.objects.values_list("task_path", flat=True)) == [
        "claims.tasks.sources.read_source_page"
    ]
    assert "Waiting for a worker" in text_of(page)
    assert ADDRESS in text_of(page)


def test_it_is_asked_for_on_the_page_on_which_evidence_is_added(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    page = sign_in(contributor).get(f"/admin/claims/claim/{claim.pk}/add-evidence/")
    source = page.content.decode()
    assert f'action="{url_of(claim)}"' in source
    assert 'enctype="multipart/form-data"' in source
    assert 'id="source_url"' in source
    assert source.count('id="id_url"') == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://gazette.example:22/"}, "url"),
        ({"url": "https://localhost/"}, "url"),
    ],
)
def test_what_cannot_be_read_is_said_at_once_and_kept(
    sign_in: SignIn, contributor: User, claim: Claim, fields: dict[str, str], field: str
) -> None:
    page = submit(sign_in(contributor), url_of(claim), **fields)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["url"].value() == fields.get("url")
    assert not SourceReading.objects.exists()
    assert not BackgroundTask.objects.exists()


def test_both_at_once_are_one_too_many(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    page = submit(sign_in(contributor), url_of(claim), url=ADDRESS, file=file(PDF))
    assert "one of the two" in text_of(page)


def test_a_file_is_taken_at_once_and_its_form_opens(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    page = submit(sign_in(contributor), url_of(claim), file=file(PDF, "Brief vom 3. Mai.pdf"))
    assert "Source taken." in said(page)
    assert page.context["form"]["source_text"].value() == "Brief vom 3. Mai.pdf"
    assert page.context["form"]["kind"].value() == "document"
    assert Snapshot.objects.get().filename == "Brief vom 3. Mai.pdf"


@pytest.mark.parametrize(
    ("data", "why"),
    [(SVG, "Only PDF"), (b"<html>", "Only PDF"), (PDF[:-20], "damaged"), (b"", "empty")],
)
def test_a_file_of_another_kind_is_refused_whatever_it_is_called(
    sign_in: SignIn, contributor: User, claim: Claim, data: bytes, why: str
) -> None:
    page = submit(sign_in(contributor), url_of(claim), file=file(data))
    assert page.status_code == 200
    assert why in str(page.context["form"].errors["file"])
    assert not Snapshot.objects.exists()


def test_a_file_that_is_too_large_is_dropped_and_said(
    sign_in: SignIn, contributor: User, claim: Claim, settings: Any
) -> None:
    settings.FACTCHECK_UPLOAD_MAX_MB = 1
    large = PDF.replace(b"<<>>", b" " * 1_100_000, 1)
    page = submit(sign_in(contributor), url_of(claim), file=file(large))
    assert page.status_code == 200
    assert "larger than 1 MB" in str(page.context["form"].errors["file"])
    assert not Snapshot.objects.exists()


def test_a_picture_is_taken_as_one(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    page = submit(sign_in(contributor), url_of(claim), file=file(picture("image/webp"), "a.png"))
    assert page.context["form"]["kind"].value() == "image_video"
    assert Snapshot.objects.get().filename == "a.webp"


def test_a_claim_that_was_merged_takes_none(
    sign_in: SignIn, contributor: User, editor: User, claim: Claim
) -> None:
    workflow.merge_claims(claim, into=factories.ClaimFactory(), reason="r", by=editor)
    page = sign_in(contributor).get(url_of(claim), follow=True)
    assert any("merged" in message for message in said(page))


# --- How far it is --------------------------------------------------------------------------------


def test_the_page_looks_again_by_itself_without_a_script(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    page = sign_in(contributor).get(f"/admin/claims/claim/{claim.pk}/reading/{reading.pk}/")
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.content.decode()
    assert "Look again" in text_of(page)


def test_the_script_is_told_how_far_it_is(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    client, url = sign_in(contributor), f"/admin/claims/claim/{claim.pk}/reading/"
    waiting = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    answer = {"state": "waiting", "under_way": True, "slow": False}
    assert client.get(f"{url}{waiting.pk}/state/").json() == answer
    SourceReading.objects.update(at=timezone.now() - timedelta(minutes=1))
    assert client.get(f"{url}{waiting.pk}/state/").json() == {**answer, "slow": True}
    ready = read_reading(claim, contributor)
    assert not client.get(f"{url}{ready.pk}/state/").json()["under_way"]


def test_once_it_is_read_the_form_opens(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    reading = read_reading(claim, contributor)
    url = f"/admin/claims/claim/{claim.pk}/reading/{reading.pk}/"
    assert sign_in(contributor).get(url)["Location"] == f"{url}add/"


@pytest.mark.parametrize("trouble", list(FetchTrouble))
def test_a_failure_is_explained_with_what_to_do(
    sign_in: SignIn, contributor: User, claim: Claim, trouble: FetchTrouble
) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    workflow.fail_reading(reading, trouble, detail="It said no.", by=contributor)
    page = sign_in(contributor).get(f"/admin/claims/claim/{claim.pk}/reading/{reading.pk}/")
    text = text_of(page)
    assert str(trouble.label) in text
    assert "It said no." in text
    assert str(page.context["advice"]) in text
    assert "Try again" in text
    assert f"add-evidence/?url={ADDRESS.replace(':', '%3A').replace('/', '%2F')}" in (
        page.content.decode()
    )


def test_trying_again_is_another_reading(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    workflow.fail_reading(reading, FetchTrouble.BUSY, by=contributor)
    sign_in(contributor).post(url_of(claim), {"url": ADDRESS})
    assert SourceReading.objects.at_work().count() == 1


def test_adding_it_by_hand_begins_with_the_address(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    page = sign_in(contributor).get(
        f"/admin/claims/claim/{claim.pk}/add-evidence/", {"url": ADDRESS}
    )
    assert page.context["form"]["url"].value() == ADDRESS


def test_what_one_began_is_found_again(
    sign_in: SignIn, contributor: User, reviewer: User, claim: Claim
) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    workflow.take_file(claim, data=PDF, name="letter.pdf", by=contributor)
    url = f"/admin/claims/claim/{claim.pk}/add-evidence/"
    mine = sign_in(contributor).get(url)
    assert f"/reading/{reading.pk}/" in mine.content.decode()
    assert "letter.pdf" in text_of(mine)
    assert ADDRESS not in text_of(sign_in(reviewer).get(url))


@pytest.mark.parametrize("tail", ["", "state/", "add/"])
def test_a_reading_of_another_claim_or_none_is_not_found(
    sign_in: SignIn, contributor: User, claim: Claim, tail: str
) -> None:
    other = workflow.start_reading(factories.ClaimFactory(), url=ADDRESS, by=contributor)
    client = sign_in(contributor)
    for number in (other.pk, 999_999, 10**20):
        assert (
            client.get(f"/admin/claims/claim/{claim.pk}/reading/{number}/{tail}").status_code == 404
        )


@pytest.mark.parametrize("tail", ["", "state/", "add/"])
def test_somebody_without_the_right_to_add_evidence_sees_none(
    sign_in: SignIn, contributor: User, claim: Claim, tail: str
) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    stranger = sign_in(factories.UserFactory(is_staff=True))
    url = f"/admin/claims/claim/{claim.pk}/reading/{reading.pk}/{tail}"
    assert stranger.get(url).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_take_five_queries(
    sign_in: SignIn, contributor: User, claim: Claim, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    client, url = sign_in(contributor), f"/admin/claims/claim/{claim.pk}/reading/{reading.pk}/"
    # session, person, their permissions, their groups' permissions; the reading with claim and copy
    with django_assert_num_queries(5):
        client.get(url)
    with django_assert_num_queries(5):
        client.get(f"{url}state/")
    with django_assert_num_queries(5):
        client.get(url_of(claim))
