"""The search index is written again by acts that may change its words, and by no others."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from claims import workflow
from claims.models import Claim, User
from claims.search import index
from claims.vocabulary import VerificationStatus
from claims.workflow import acting
from claims.workflow.checking import check_index
from tests import factories
from tests.management.eventful import eventful_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys of the claims whose words were written."""
    keys: list[int] = []
    reindex = index.reindex

    def counting(claims: Iterable[int]) -> None:
        some = list(claims)
        keys.extend(some)
        reindex(some)

    monkeypatch.setattr(index, "reindex", counting)
    return keys


def test_whatever_happens_to_a_claim_its_words_in_the_index_are_its_own() -> None:
    eventful_claim()
    assert list(check_index()) == []


def test_evidence_and_verdicts_leave_the_words_alone(published: Claim, written: list[int]) -> None:
    factories.EvidenceFactory(claim=published)
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    assert published.pk not in written


def test_another_wording_and_a_merger_write_them(
    published: Claim, editor: User, written: list[int]
) -> None:
    workflow.reword_claim(published, wording="The pier is safe.", reason="Clearer.", by=editor)
    assert written == [published.pk]
    workflow.merge_claims(
        published, into=factories.published_claim(), reason="The same.", by=editor
    )
    assert written.count(published.pk) == 2
    assert list(check_index()) == []


def test_an_index_that_was_not_written_is_noticed(
    published: Claim, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "words_may_change", lambda entries: False)
    workflow.reword_claim(published, wording="The pier is safe.", reason="Clearer.", by=editor)
    assert list(check_index()) != []
