"""claimed_before: the nearest claims of the register to what is being typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from claims.models import Claim, User
from claims.search.desk import Known, claimed_before
from claims.vocabulary import VerificationStatus
from claims.workflow import merge_claims
from tests import factories

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def register(editor: User) -> list[Claim]:
    """Twenty claims of which the words overlap, the last one of a known claimant."""
    claims = [
        factories.ClaimFactory(wording=f"Harbour number {n} was closed by the ministry.", by=editor)
        for n in range(18)
    ]
    claims.append(factories.ClaimFactory(wording="The dam in the north has cracks.", by=editor))
    speaker = factories.ClaimantFactory(name="Marta Ruiz", by=editor)
    wording = "Half of all wells in the valley are dry."
    claims.append(factories.ClaimFactory(wording=wording, claimant=speaker, by=editor))
    return claims


def test_the_nearest_claim_comes_first(register: list[Claim]) -> None:
    nearest = claimed_before("Officials say that every second well of the valley has run dry.")
    assert nearest[0].pk == register[-1].pk


def test_it_says_what_a_person_needs_to_judge(register: list[Claim]) -> None:
    factories.give_verdict(register[-1], VerificationStatus.DISPUTED)
    claim = Claim.objects.get(pk=register[-1].pk)
    (known,) = claimed_before("dry wells")
    assert known == Known(
        pk=claim.pk,
        public_id=claim.public_id,
        wording=claim.wording,
        claimant="Marta Ruiz",
        status="disputed",
        status_since=claim.status_since,
        said_on=None,
        is_published=True,
        score=known.score,
    )
    assert known.score > 0


def test_unpublished_claims_are_known_and_merged_ones_are_not(
    register: list[Claim], editor: User
) -> None:
    (known,) = claimed_before("cracks in the dam")
    assert not known.is_published
    twin = factories.ClaimFactory(wording="The dam is full of cracks.", by=editor)
    assert len(claimed_before("cracks in the dam")) == 2
    merge_claims(twin, into=register[-2], reason="The same.", by=editor)
    assert [one.pk for one in claimed_before("cracks in the dam")] == [register[-2].pk]


def test_no_more_than_asked_for(register: list[Claim]) -> None:
    assert len(claimed_before("A harbour was closed by a ministry")) == 5
    assert len(claimed_before("A harbour was closed by a ministry", limit=7)) == 7


@pytest.mark.parametrize("text", ["Penguins fly.", "", "…"])
def test_nothing_near_is_nothing(register: list[Claim], text: str) -> None:
    assert claimed_before(text) == []


# One counts the words, one ranks, one fetches the claims with their claimants.
QUERIES = 3


def test_three_queries_at_one_claim_and_at_twenty(
    register: list[Claim], django_assert_num_queries: Counted
) -> None:
    with django_assert_num_queries(QUERIES):
        assert len(claimed_before("dry wells", limit=1)) == 1
    with django_assert_num_queries(QUERIES):
        assert len(claimed_before("number ministry harbour dam wells", limit=20)) == 20


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="uses PostgreSQL's statistics")
def test_common_words_are_known_from_the_planner(register: list[Claim]) -> None:
    from claims.search.engine import PostgreSQL

    PostgreSQL().settle(connection)
    (held,), claims = PostgreSQL()._held(connection, ["harbour cracks nothing"])
    assert (round(held["harbour"]), held["crack"], claims) == (18, 1, 20)
    assert "noth" not in held
    assert claimed_before("the dam has cracks")[0].pk == register[-2].pk


def test_texts_asked_for_together_find_what_each_finds_alone(register: list[Claim]) -> None:
    from claims.search.engine import engine_of

    engine = engine_of(connection)
    texts = [["cracks", "dam"], [], ["zzzz"], ["number", "ministry", "harbour"], ["dry", "wells"]]
    together = engine.nearest(connection, texts, 5)
    assert together == [engine.nearest(connection, [words], 5)[0] for words in texts]
    assert [len(found) > 0 for found in together] == [True, False, False, True, True]
