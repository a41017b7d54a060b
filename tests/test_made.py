"""Rows that are made in fewer steps are those that their model makes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from django.db.models.expressions import DatabaseDefault

from claims.desk_vocabulary import NoticeKind
from claims.models import (
    Claim,
    ClaimDocument,
    Evidence,
    HistoryEntry,
    Notice,
    User,
    Verdict,
    Wording,
)
from claims.models.made import made

MADE_BY_ACTS = [Claim, ClaimDocument, Evidence, HistoryEntry, Notice, Verdict, Wording]


def held_by(row: models.Model) -> dict[str, Any]:
    """Return what a row holds, but for what is drawn anew for each."""
    drawn = {"_state", "public_id"}
    return {
        name: type(value) if isinstance(value, DatabaseDefault) else value
        for name, value in vars(row).items()
        if name not in drawn
    }


@pytest.mark.parametrize("model", MADE_BY_ACTS)
def test_a_blank_row_is_that_of_its_model(model: type[models.Model]) -> None:
    ours, theirs = made(model), model()
    assert held_by(ours) == held_by(theirs)
    assert vars(ours).keys() == vars(theirs).keys()
    assert (ours._state.adding, ours._state.db) == (True, None)


def test_what_is_said_stands_in_its_column(claim: Claim, editor: User) -> None:
    said: dict[str, Any] = {"person": editor, "claim": claim, "review": None, "in_bell": False}
    ours = made(Notice, kind=NoticeKind.APPROVED, **said)
    theirs = Notice(kind=NoticeKind.APPROVED, **said)
    assert held_by(ours) == held_by(theirs)
    assert ours._state.fields_cache == theirs._state.fields_cache
    assert (ours.person, ours.claim, ours.review) == (editor, claim, None)


def test_each_claim_gets_an_id_of_its_own() -> None:
    assert made(Claim).public_id != made(Claim).public_id


def test_what_has_no_column_is_refused() -> None:
    with pytest.raises(TypeError, match="no column colour"):
        made(Claim, colour="red")
