"""The desk hints at reprints; whether it is one, a person says."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Claim, Evidence, SourceReading, User
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft
from claims.workflow.origins import Mark, origin_hints
from tests import factories
from tests.workflow.fetching_of import PARAGRAPHS, page, read_reading

OTHER = (
    "Prices rose by two per cent in May, the office of statistics reported on Monday in the capital.",
    "Bread and milk cost more than in April, while fuel became cheaper, and rents stayed where they were.",
)


def evidence(claim: Claim, by: User, url: str, body: bytes) -> Evidence:
    """Return evidence made of a page."""
    draft = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.NEWS_REPORT, url=url)
    return workflow.add_read_evidence(read_reading(claim, by, body, url=url), draft, by=by)


def marks(reading: SourceReading, claim: Claim) -> list[tuple[int, Mark]]:
    """Return the entries hinted at, and why."""
    standing = Evidence.objects.filter(claim=claim).standing().select_related("entry")
    return [(hint.piece.entry.number, hint.mark) for hint in origin_hints(reading, standing)]


def named(body: bytes, name: str) -> bytes:
    return body.replace(b"The Gazette", name.encode())


@pytest.fixture
def here(claim: Claim, contributor: User) -> Evidence:
    """A report that stands on the claim."""
    return evidence(claim, contributor, "https://gazette.example/a", page())


def test_nearly_the_same_text_elsewhere_is_a_likely_reprint(
    claim: Claim, contributor: User, here: Evidence
) -> None:
    reprint = named(page(paragraphs=(*PARAGRAPHS[:2], "It rained.")), "The Sun")
    reading = read_reading(claim, contributor, reprint, url="https://sun.example/b")
    assert marks(reading, claim) == [(here.entry.number, Mark.TEXT)]


def test_another_story_elsewhere_is_a_source_of_its_own(
    claim: Claim, contributor: User, here: Evidence
) -> None:
    story = named(page(paragraphs=OTHER), "The Sun")
    assert marks(read_reading(claim, contributor, story, url="https://sun.example/b"), claim) == []


@pytest.mark.parametrize(
    ("url", "head", "mark"),
    [
        ("https://gazette.example/a", "", Mark.ADDRESS),
        (
            "https://www.gazette.example/a?from=mail",
            '<link rel="canonical" href="https://gazette.example/a">',
            Mark.ADDRESS,
        ),
        ("https://gazette.example/other", "", Mark.PUBLISHER),
    ],
)
def test_one_address_or_one_publisher_is_a_hint(
    claim: Claim, contributor: User, here: Evidence, url: str, head: str, mark: Mark
) -> None:
    reading = read_reading(claim, contributor, page(head=head, paragraphs=OTHER), url=url)
    assert marks(reading, claim) == [(here.entry.number, mark)]


def test_the_same_file_is_a_hint(claim: Claim, contributor: User, here: Evidence) -> None:
    reading = read_reading(claim, contributor, page(), url="https://mirror.example/a")
    assert marks(reading, claim) == [(here.entry.number, Mark.BYTES)]


def test_two_reports_credited_to_one_agency_are_a_hint(claim: Claim, contributor: User) -> None:
    def credited(name: str, paragraphs: tuple[str, ...]) -> bytes:
        return named(page(paragraphs=(*paragraphs, "(With inputs from AFP)")), name)

    first = evidence(claim, contributor, "https://sun.example/a", credited("Sun", PARAGRAPHS))
    reading = read_reading(
        claim, contributor, credited("Moon", OTHER), url="https://moon.example/a"
    )
    assert marks(reading, claim) == [(first.entry.number, Mark.WIRE)]


def test_a_report_credited_to_an_agency_that_stands_here_itself_is_a_hint(
    claim: Claim, contributor: User
) -> None:
    agency = workflow.record_publisher(name="Agence France-Presse", by=contributor)
    first = factories.EvidenceFactory(claim=claim, publisher=agency, by=contributor)
    body = named(page(paragraphs=("PARIS, May 3 (AFP) - The mayor said so.", *OTHER)), "Moon")
    reading = read_reading(claim, contributor, body, url="https://moon.example/a")
    assert marks(reading, claim) == [(first.entry.number, Mark.WIRE)]


def test_of_one_origin_the_surest_piece_is_named_once(
    claim: Claim, contributor: User, here: Evidence
) -> None:
    factories.EvidenceFactory(
        claim=claim, url="https://gazette.example/c", same_origin_as=here, by=contributor
    )
    reading = read_reading(
        claim, contributor, page(paragraphs=OTHER), url="https://gazette.example/a"
    )
    assert marks(reading, claim) == [(here.entry.number, Mark.ADDRESS)]


def test_withdrawn_evidence_is_no_origin(
    claim: Claim, contributor: User, reviewer: User, here: Evidence
) -> None:
    workflow.withdraw_evidence(here, reason="r", by=reviewer)
    reading = read_reading(claim, contributor, page(), url="https://mirror.example/a")
    assert marks(reading, claim) == []


def test_how_much_is_shared_is_said(claim: Claim, contributor: User, here: Evidence) -> None:
    reprint = named(page(paragraphs=PARAGRAPHS[:2]), "The Sun")
    reading = read_reading(claim, contributor, reprint, url="https://sun.example/b")
    standing = Evidence.objects.filter(claim=claim).select_related("entry")
    [hint] = origin_hints(reading, standing)
    assert hint.percent >= 90


@pytest.mark.parametrize("rows", [1, 20])
def test_the_hints_take_one_query(
    claim: Claim, contributor: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        evidence(claim, contributor, f"https://p{number}.example/", page(body=f"<p>{number}.</p>"))
    reading = read_reading(claim, contributor, url="https://sun.example/b")
    reading = SourceReading.objects.with_all().get(pk=reading.pk)
    standing = list(Evidence.objects.filter(claim=claim).select_related("entry"))
    with django_assert_num_queries(1):  # the stored copies
        origin_hints(reading, standing)
