"""The evidence form, filled in from what was read: everything can be corrected, nothing is decided in silence."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, Evidence, Publisher, SourceReading, User
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, submit, text_of
from tests.snapshots.pictures import PDF
from tests.workflow.fetching_of import ADDRESS, PARAGRAPHS, page, read_reading


def url_of(reading: SourceReading) -> str:
    return f"/admin/claims/claim/{reading.claim_id}/reading/{reading.pk}/add/"


def form_of(response: Any) -> dict[str, Any]:
    """Return what a form opens with, as a browser would send it."""
    values = {field.name: field.value() for field in response.context["form"]}
    return {name: value for name, value in values.items() if value not in (None, False, "")}


@pytest.fixture
def claim(contributor: User) -> Claim:
    """A claim the second fact-check is about."""
    return factories.ClaimFactory(wording="Bridge 1 is safe.", by=contributor)


@pytest.fixture
def reading(claim: Claim, contributor: User) -> SourceReading:
    return read_reading(claim, contributor)


def send(sign_in: SignIn, by: User, reading: SourceReading, query: str = "", **changes: Any) -> Any:
    """Open the form, change what a person would, and send it."""
    client, url = sign_in(by), url_of(reading) + query
    fields = {**form_of(client.get(url)), "stance": "refutes", **changes}
    return submit(client, url, **{name: one for name, one in fields.items() if one is not None})


def test_the_form_opens_filled_in_beside_the_text(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    response = sign_in(contributor).get(url_of(reading))
    filled = form_of(response)
    assert filled["url"] == ADDRESS
    assert (filled["title"], filled["publisher_name"]) == ("Bridge closed", "The Gazette")
    assert str(filled["published_on"]) == "2025-05-03"
    assert filled["kind"] == EvidenceKind.NEWS_REPORT
    assert "stance" not in filled
    source = response.content.decode()
    assert '<div class="reading" dir="auto" lang="en-GB" data-text>' in source
    assert all(paragraph in text_of(response) for paragraph in PARAGRAPHS[:2])


def test_one_click_away_it_is_evidence_with_its_copy(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    response = send(sign_in, contributor, reading, excerpt=PARAGRAPHS[0])
    assert "Evidence added, with its stored copy." in said(response)
    row = Evidence.objects.get()
    assert reading.snapshot is not None
    assert (row.snapshot, row.excerpt_in_copy) == (reading.snapshot.sha256, True)
    assert row.publisher == Publisher.objects.get(domain="gazette.example")
    text = text_of(response)
    assert "Stored copy:" in text
    assert (row.snapshot or "")[:16] in text


def test_everything_can_be_corrected(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    send(
        sign_in,
        contributor,
        reading,
        url="https://gazette.example/other",
        title="Another title",
        publisher_name="The Gazette's Sunday edition",
        of_domain=None,
        published_on="2025-05-04",
        kind="statement",
        note="As of May.",
        primary="on",
    )
    row = Evidence.objects.get()
    assert (row.url, row.title) == ("https://gazette.example/other", "Another title")
    assert row.publisher == Publisher.objects.get(name="The Gazette's Sunday edition", domain=None)
    assert (str(row.published_on), row.kind, row.primary) == ("2025-05-04", "statement", True)


def test_a_publisher_is_found_by_its_domain(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    known = workflow.record_publisher(name="Gazette, The", domain="gazette.example", by=contributor)
    response = sign_in(contributor).get(url_of(reading))
    assert form_of(response)["publisher_name"] == "Gazette, The"
    assert "of_domain" not in response.context["form"].fields
    send(sign_in, contributor, reading)
    assert Evidence.objects.get().publisher == known


def test_a_name_somebody_changed_is_not_the_domains(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    workflow.record_publisher(name="VideoTube", domain="gazette.example", by=contributor)
    send(sign_in, contributor, reading, publisher_name="The channel of Ann Lee")
    publisher = Evidence.objects.get().publisher
    assert publisher is not None
    assert (publisher.name, publisher.domain) == ("The channel of Ann Lee", None)


def test_an_excerpt_that_does_not_stand_there_asks_for_a_decision(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    response = send(sign_in, contributor, reading, excerpt="Nobody said this.", note="Kept.")
    assert "do not stand in the stored copy" in str(response.context["form"].errors["excerpt"])
    assert 'name="not_in_copy"' in response.content.decode()
    assert response.context["form"]["note"].value() == "Kept."
    send(sign_in, contributor, reading, excerpt="Nobody said this.", not_in_copy="on")
    row = Evidence.objects.get()
    assert (row.excerpt, row.excerpt_in_copy) == ("Nobody said this.", False)


def test_readers_are_told_that_words_were_not_found(
    sign_in: SignIn, contributor: User, reading: SourceReading, client
) -> None:
    send(sign_in, contributor, reading, excerpt="Nobody said this.", not_in_copy="on")
    claim = Claim.objects.get(pk=reading.claim_id)
    factories.give_verdict(claim)
    page_of_claim = client.get(f"/claims/{claim.public_id}/", follow=True).content.decode()
    assert "These words were not found in the stored copy." in page_of_claim
    assert reading.snapshot is not None
    assert f"A copy is kept: SHA-256 <code>{reading.snapshot.sha256}</code>" in page_of_claim
    assert f"copy/{reading.snapshot.sha256}" not in page_of_claim


def test_the_box_is_not_there_before_it_is_needed(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    assert 'name="not_in_copy"' not in sign_in(contributor).get(url_of(reading)).content.decode()


# --- Its ends -------------------------------------------------------------------------------------


def test_a_file_is_added_with_its_description(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    reading = workflow.take_file(claim, data=PDF, name="letter.pdf", by=contributor)
    response = send(sign_in, contributor, reading, source_text="Letter to the desk, 3 May")
    assert "Evidence added" in said(response)[0]
    row = Evidence.objects.get()
    assert (row.source_text, row.url) == ("Letter to the desk, 3 May", None)
    assert (row.snapshot, row.excerpt_in_copy) == (
        reading.snapshot and reading.snapshot.sha256,
        None,
    )


def test_what_was_added_already_is_not_offered_again(
    sign_in: SignIn, contributor: User, reading: SourceReading
) -> None:
    send(sign_in, contributor, reading)
    response = sign_in(contributor).get(url_of(reading), follow=True)
    assert "This source was added already." in said(response)


def test_what_is_not_read_yet_is_not_offered(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    waiting = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    response = sign_in(contributor).get(url_of(waiting), follow=True)
    assert "This source is not read yet." in said(response)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": None, "source_text": None}, "url"),
        ({"published_on": "2999-01-01"}, "published_on"),
        ({"rating": "x" * 301}, "rating"),
        ({"title": "a\0b"}, "title"),
        ({"stance": "likes"}, "stance"),
        ({"same_origin_as": "999999999999999999999"}, "same_origin_as"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sign_in: SignIn, contributor: User, reading: SourceReading, change: dict[str, Any], field: str
) -> None:
    response = send(sign_in, contributor, reading, **{"note": "Kept.", **change})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert response.context["form"]["note"].value() == "Kept."
    assert not Evidence.objects.exists()


def test_what_a_hostile_page_says_does_not_come_alive(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    hostile = page(
        head='<meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt;">',
        paragraphs=("&lt;img src=x onerror=alert(1)&gt; said the mayor of the town, on Friday.",),
    )
    source = sign_in(contributor).get(url_of(read_reading(claim, contributor, hostile)))
    body = source.content.decode().split("</head>")[1]
    assert "<img" not in body
    assert "<script>" not in body
    assert "&lt;img src=x onerror=alert(1)&gt;" in body


@pytest.mark.parametrize("rows", [1, 20])
def test_the_form_takes_nine_queries(
    sign_in: SignIn, contributor: User, claim: Claim, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        body = page(body=f"<p>{number}.</p>")
        url = f"https://p{number}.example/"
        draft = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.NEWS_REPORT, url=url)
        workflow.add_read_evidence(
            read_reading(claim, contributor, body, url=url), draft, by=contributor
        )
    client, url = sign_in(contributor), url_of(read_reading(claim, contributor))
    # session, person, their permissions, their groups' permissions; the reading with claim and copy,
    # standing evidence, fact-checks on the page, the domain's publisher, the evidence's stored texts
    with django_assert_num_queries(9):
        client.get(url)
