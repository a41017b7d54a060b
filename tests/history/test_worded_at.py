"""Who was held to make a claim at a moment, by the wording in force then."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from claims.models import Claim, User
from claims.vocabulary import ClaimKind
from claims.workflow import reword_claim
from tests import factories


@pytest.mark.parametrize("kind", [{}, {"kind": [ClaimKind.FACT]}])
def test_a_claim_is_theirs_whom_the_wording_of_the_moment_names(
    db: None, editor: User, kind: dict[str, list[str]]
) -> None:
    first, second = factories.ClaimantFactory(), factories.ClaimantFactory()
    claim = factories.published_claim(claimant=first)
    before = claim.entries.get(number=1).recorded_at
    reword_claim(claim, wording="Another.", claimant=second, reason="Theirs.", by=editor)
    after = claim.entries.in_order().reverse()[0].recorded_at

    def theirs(moment: object, person: object) -> list[Claim]:
        return list(Claim.objects.worded_at(moment, claimant=[person.pk], **kind))  # type: ignore[arg-type, attr-defined]

    assert [theirs(before, one) for one in (first, second)] == [[claim], []]
    assert [theirs(after, one) for one in (first, second)] == [[], [claim]]
    assert (
        list(Claim.objects.worded_at(after, claimant=[second.pk], kind=[ClaimKind.OPINION])) == []
    )


def test_nobody_makes_it_whose_name_was_erased_since(db: None) -> None:
    person = factories.ClaimantFactory()
    claim = factories.published_claim(claimant=person)
    moment = claim.entries.in_order().reverse()[0].recorded_at
    factories.erase(claim.entries.get(number=1), "wording.claimant_name")
    assert list(Claim.objects.worded_at(moment, claimant=[person.pk])) == []


def test_the_wordings_that_name_them_are_looked_for_and_no_claim_is_asked_by_itself() -> None:
    """PostgreSQL cannot tell how many claims a question to each leaves, and would sort all of a busy claimant's."""
    asked: dict[str, list[Any]] = {"claimant": [1], "kind": [ClaimKind.FACT], "language": ["en"]}
    query = str(Claim.objects.worded_at(timezone.now(), **asked).query)
    assert (query.count('FROM "claims_wording"'), query.count("FROM")) == (2, 3)
