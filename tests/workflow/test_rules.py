"""The rules per status: every status against every combination of evidence."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, Evidence, Publisher, User
from claims.vocabulary import EvidenceKind, ReviewReason, Stance
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import EvidenceDraft, VerdictDraft
from claims.workflow.rules import RULES, by_origin, independent_origins, missing_for
from tests import factories
from tests.workflow.observing import refused

# Pieces of evidence by a short name; a number after "at" is the address, after "by" the publisher.
SUPPORT, REFUTE, CONTEXT = "supports", "refutes", "context"
COMBINATIONS: dict[str, tuple[list[dict[str, Any]], set[Status]]] = {
    "none": ([], set()),
    "one support": ([{"stance": SUPPORT}], set()),
    "two supports at one address": ([{"at": 1}, {"at": 1}], set()),
    "two supports of one origin": ([{}, {"reprint": True}], set()),
    "two supports by one publisher": ([{"by": 1}, {"by": 1}], set()),
    "three supports joined by publisher and origin": (
        [{"by": 1}, {"by": 2, "reprint": True}, {"by": 2}],
        set(),
    ),
    "two supports of two origins": ([{}, {}], {Status.CONFIRMED}),
    "two supports by two publishers": ([{"by": 1}, {"by": 2}], {Status.CONFIRMED}),
    "one of two supports withdrawn": ([{}, {"withdrawn": True}], set()),
    "two of three supports stand": ([{}, {"withdrawn": True}, {}], {Status.CONFIRMED}),
    "a primary support without the reason": ([{"primary": True}], set()),
    "a primary support with the reason": ([{"primary": True}], {Status.CONFIRMED}),
    "a secondary support with the reason": ([{}], set()),
    "a withdrawn primary support with the reason": ([{"primary": True, "withdrawn": True}], set()),
    "a primary refutation with the reason": (
        [{"stance": REFUTE, "primary": True}],
        {Status.DISPUTED},
    ),
    "one refutation": ([{"stance": REFUTE}], {Status.DISPUTED}),
    "a withdrawn refutation": ([{"stance": REFUTE, "withdrawn": True}], set()),
    "context only": ([{"stance": CONTEXT}, {"stance": CONTEXT}], set()),
    "support and refutation": ([{}, {"stance": REFUTE}], {Status.DISPUTED}),
    "two supports and a refutation": (
        [{}, {}, {"stance": REFUTE}],
        {Status.CONFIRMED, Status.DISPUTED},
    ),
    "nothing but what would settle it": ([], {Status.UNCONFIRMED}),
    "support and what would settle it": ([{}], {Status.UNCONFIRMED}),
    "everything": (
        [{"primary": True}, {}, {"stance": REFUTE}, {"stance": CONTEXT}],
        {Status.CONFIRMED, Status.DISPUTED},
    ),
}
MISSING = {
    Status.CONFIRMED: ("evidence", "two independent origins"),
    Status.DISPUTED: ("evidence", "evidence that refutes"),
    Status.UNCONFIRMED: ("would_settle", "what would settle"),
}


def add(claim: Claim, pieces: list[dict[str, Any]], by: User) -> list[Evidence]:
    """Add evidence as a combination describes it."""
    publishers = {n: factories.PublisherFactory() for n in (1, 2)}
    added: list[Evidence] = []
    for number, piece in enumerate(pieces):
        draft = EvidenceDraft(
            stance=Stance(piece.get("stance", SUPPORT)),
            kind=EvidenceKind.DOCUMENT,
            url=f"https://s{piece.get('at', 10 + number)}.example/",
            excerpt=f"Passage {number}.",
            publisher=publishers.get(piece.get("by", 0)),
            primary=piece.get("primary", False),
            same_origin_as=added[0] if piece.get("reprint") else None,
        )
        added.append(workflow.add_evidence(claim, draft, by=by))
        if piece.get("withdrawn"):
            workflow.withdraw_evidence(added[-1], reason="r", by=by)
    return added


def draft_for(status: Status, combination: str) -> VerdictDraft:
    """Return a verdict with the texts that the combination's name speaks of."""
    return VerdictDraft(
        status=status,
        rationale="r",
        would_settle="A record." if "would settle" in combination else " ",
        single_source_reason="It is the record." if "with the reason" in combination else " ",
    )


@pytest.mark.parametrize("combination", COMBINATIONS)
@pytest.mark.parametrize("status", list(Status), ids=lambda status: status.value)
def test_a_status_is_given_on_the_evidence_it_needs_and_on_no_less(
    status: Status, combination: str, claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    pieces, carried = COMBINATIONS[combination]
    add(claim, pieces, reviewer)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    draft = draft_for(status, combination)
    if status in carried:
        workflow.propose_verdict(review, draft, by=reviewer)
        assert workflow.approve_verdict(review, by=second_reviewer).status == status
    else:
        field, match = MISSING[status]
        with refused(match, field=field):
            workflow.propose_verdict(review, draft, by=reviewer)


def test_every_status_has_a_rule() -> None:
    assert set(RULES) == set(Status)
    assert all(RULES.values())


def test_only_the_chosen_evidence_carries(claim: Claim, reviewer: User) -> None:
    one, _ = add(claim, [{}, {}], reviewer)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    draft = VerdictDraft(status=Status.CONFIRMED, rationale="r", evidence=[one, one])
    with refused("two independent origins", field="evidence"):
        workflow.propose_verdict(review, draft, by=reviewer)


@pytest.mark.parametrize(
    ("marks", "origins"),
    [
        ([], 0),
        ([(1, None)], 1),
        ([(1, None), (1, None)], 1),
        ([(1, None), (2, None)], 2),
        ([(1, 7), (2, 7)], 1),
        ([(1, 7), (2, 8)], 2),
        ([(1, 7), (2, 8), (2, 7)], 1),
        ([(1, 7), (2, 8), (3, None), (3, 8)], 2),
    ],
)
def test_origins_and_publishers_that_touch_count_once(
    marks: list[tuple[int, int | None]], origins: int
) -> None:
    publishers = {pk: Publisher(pk=pk, name=f"Outlet {pk}") if pk else None for _, pk in marks}
    pieces = [Evidence(origin=origin, publisher=publishers[pk]) for origin, pk in marks]
    assert independent_origins(pieces) == origins
    assert independent_origins(reversed(pieces)) == origins


def test_a_refusal_names_what_there_is(claim: Claim, contributor: User) -> None:
    pieces = add(claim, [{}, {"reprint": True}, {"reprint": True}], contributor)
    assert told_of(Status.CONFIRMED, pieces[:1]).endswith("of another origin than #2.")
    assert told_of(Status.CONFIRMED, pieces).endswith("#2, #3 and #4 share one origin.")
    assert "refutes the claim" in told_of(Status.DISPUTED, pieces)


def told_of(status: Status, pieces: list[Evidence]) -> str:
    draft = VerdictDraft(status=status, rationale="")
    return " ".join(str(rule.missing(pieces)) for rule in missing_for(draft, pieces))


def test_pieces_are_grouped_by_what_they_share(claim: Claim, contributor: User) -> None:
    pieces = add(claim, [{"by": 1}, {}, {"by": 2, "reprint": True}, {"by": 2}], contributor)
    numbers = [[one.entry.number for one in group] for group in by_origin(pieces)]
    assert numbers == [[3], [2, 4, 5]]
