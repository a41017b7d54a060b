"""add_read_evidence: what was read becomes evidence, with its stored copy and an excerpt that stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import Claim, Evidence, SourceReading, User
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft
from tests import factories
from tests.snapshots.pictures import PDF
from tests.workflow.fetching_of import ADDRESS, PARAGRAPHS, read_reading
from tests.workflow.observing import refused


def draft(**fields: Any) -> EvidenceDraft:
    """Return what a person made of it."""
    known = {"stance": Stance.REFUTES, "kind": EvidenceKind.NEWS_REPORT, "url": ADDRESS}
    return EvidenceDraft(**known | fields)


@pytest.fixture
def reading(claim: Claim, contributor: User) -> SourceReading:
    return read_reading(claim, contributor)


def test_the_evidence_names_its_copy(reading: SourceReading, contributor: User) -> None:
    row = workflow.add_read_evidence(
        reading, draft(excerpt=PARAGRAPHS[1], snapshot="ff" * 32), by=contributor
    )
    assert reading.snapshot is not None
    stored = Evidence.objects.get(pk=row.pk)
    assert stored.snapshot == reading.snapshot.sha256
    reading.refresh_from_db()
    assert (reading.state, reading.evidence) == (ReadingState.USED, row)


def test_another_outlets_rating_is_kept_word_for_word(
    reading: SourceReading, contributor: User
) -> None:
    said = "Vérité à nuancer – 2/5"
    checked = draft(kind=EvidenceKind.FACT_CHECK, rating=said)
    assert workflow.add_read_evidence(reading, checked, by=contributor).rating == said


@pytest.mark.parametrize(
    "excerpt",
    ["", "two cracks in the northern pier", "“two cracks” […] the limit would stay until then"],
)
def test_an_excerpt_stands_in_the_copy(
    reading: SourceReading, contributor: User, excerpt: str
) -> None:
    if excerpt.startswith("“"):
        excerpt = excerpt.replace("“two cracks”", "two cracks")
    workflow.add_read_evidence(reading, draft(excerpt=excerpt), by=contributor)


def test_one_that_does_not_is_refused_unless_a_person_insists(
    reading: SourceReading, contributor: User
) -> None:
    wrong = draft(excerpt="three cracks in the northern pier")
    with refused("do not stand in the stored copy", field="excerpt"):
        workflow.add_read_evidence(reading, wrong, by=contributor)
    assert not Evidence.objects.exists()
    row = workflow.add_read_evidence(reading, wrong, by=contributor, not_in_copy=True)
    assert row.excerpt == "three cracks in the northern pier"


def test_where_the_copy_has_no_text_nothing_is_compared(claim: Claim, contributor: User) -> None:
    reading = workflow.take_file(claim, data=PDF, name="a.pdf", by=contributor)
    scanned = draft(url="", source_text="Letter of 3 May", excerpt="What the letter says")
    workflow.add_read_evidence(reading, scanned, by=contributor)


def test_a_reading_is_used_once(reading: SourceReading, contributor: User) -> None:
    workflow.add_read_evidence(reading, draft(), by=contributor)
    with refused("added already"):
        workflow.add_read_evidence(reading, draft(stance=Stance.CONTEXT), by=contributor)


def test_one_that_is_not_ready_is_refused(claim: Claim, contributor: User) -> None:
    waiting = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    with refused("not read yet"):
        workflow.add_read_evidence(waiting, draft(), by=contributor)
    workflow.fail_reading(waiting, FetchTrouble.GONE, by=contributor)
    with refused("not read yet"):
        workflow.add_read_evidence(waiting, draft(), by=contributor)


def test_what_add_evidence_refuses_leaves_the_reading_ready(
    reading: SourceReading, contributor: User
) -> None:
    with refused("", field="url"):
        workflow.add_read_evidence(reading, draft(url="", source_text=""), by=contributor)
    reading.refresh_from_db()
    assert reading.state == ReadingState.READY


def test_it_needs_the_right_to_add_evidence(reading: SourceReading) -> None:
    with pytest.raises(PermissionDenied):
        workflow.add_read_evidence(reading, draft(), by=factories.UserFactory())
