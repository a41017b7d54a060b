"""add_appearance: one more place where a claim was found, at an exact position."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Appearance, Article, Claim, User
from claims.vocabulary import Act, CueClass, Position
from claims.workflow import AppearanceDraft, add_appearance
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns

TEXT = "It is safe, she said. He said it is safe, too. Nobody else spoke."


@pytest.fixture
def article(contributor: User) -> Article:
    return factories.ArticleFactory(text=TEXT, by=contributor)


def test_an_appearance_is_the_next_entry(claim: Claim, article: Article, contributor: User) -> None:
    draft = AppearanceDraft(
        article=article,
        exact="Nobody else spoke",
        position=Position.CANNOT_CONFIRM,
        cue="was unable to confirm",
        cue_class=CueClass.NON_CONFIRMATION,
        inferred=True,
    )
    row = add_appearance(claim, draft, by=contributor)
    entry = last_entry(claim)
    assert (entry.number, entry.act) == (2, Act.APPEARANCE_ADDED)
    stored = Appearance.objects.get(entry=entry)
    assert stored.pk == row.pk
    assert TEXT[stored.start : stored.end] == "Nobody else spoke"
    assert (stored.position, stored.cue_class) == ("cannot_confirm", "non_confirmation")
    assert stored.inferred
    assert stale_columns(claim) == []


def test_a_position_says_which_of_two_places_is_meant(
    claim: Claim, article: Article, contributor: User
) -> None:
    start = TEXT.rindex("is safe")
    draft = AppearanceDraft(article=article, exact="is safe", start=start, end=start + 7)
    assert add_appearance(claim, draft, by=contributor).start == start


def test_the_same_words_elsewhere_are_another_appearance(
    claim: Claim, article: Article, contributor: User
) -> None:
    for start in (TEXT.index("is safe"), TEXT.rindex("is safe")):
        draft = AppearanceDraft(article=article, exact="is safe", start=start, end=start + 7)
        add_appearance(claim, draft, by=contributor)
    assert claim.head_number == 3


def test_a_known_appearance_is_refused(claim: Claim, article: Article, contributor: User) -> None:
    draft = AppearanceDraft(article=article, exact="Nobody else spoke")
    add_appearance(claim, draft, by=contributor)
    with refused("recorded already", field="exact"):
        add_appearance(claim, draft, by=contributor)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"exact": "is safe"}, "exact", "several places"),
        ({"exact": "is unsafe"}, "exact", "are not in the article"),
        ({"exact": ""}, "exact", "may not be empty"),
        ({"exact": "is safe", "start": 0, "end": 7}, "exact", "do not stand there"),
        ({"exact": "is safe", "start": 1_000, "end": 1_007}, "exact", "do not stand there"),
        ({"exact": "spoke.", "start": len(TEXT) - 6, "end": 10**30}, "exact", "do not stand there"),
        ({"exact": "spoke", "start": -6, "end": -1}, "exact", "do not stand there"),
        ({"exact": "Nobody else", "cue": "x" * 301}, "cue", "at most 300"),
        ({"exact": "Nobody else", "cue_class": "shouting"}, "cue_class", "is none of"),
        ({"exact": "Nobody else", "position": "sits"}, "position", "is none of"),
    ],
)
def test_bad_input_is_refused(
    claim: Claim, article: Article, contributor: User, fields: Any, field: str, match: str
) -> None:
    with refused(match, field=field):
        add_appearance(claim, AppearanceDraft(article=article, **fields), by=contributor)
