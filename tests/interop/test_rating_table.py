"""The table of ratings: each word has one meaning, and what is not in it has none."""

from __future__ import annotations

from collections import defaultdict

import pytest

from claims.interop.rating_table import OUTLETS, STANCES, WORDS, meaning_of, spelled, stance_of
from claims.vocabulary import RatedAs, Stance


def test_no_word_means_two_things() -> None:
    meanings = defaultdict(set)
    for meaning, lines in WORDS.items():
        for line in lines:
            for word in line.split(","):
                meanings[spelled(word)].add(meaning)
    assert {word: found for word, found in meanings.items() if len(found) > 1 or not word} == {}


def test_every_meaning_has_words_and_outlets_spell_theirs_as_they_are_looked_up() -> None:
    assert set(WORDS) == set(RatedAs)
    assert [word for own in OUTLETS.values() for word in own if spelled(word) != word] == []


@pytest.mark.parametrize(
    ("rating", "site", "meaning"),
    [
        ("Pants on Fire!", "politifact.com", RatedAs.FALSE),
        ("  FALSE. ", "", RatedAs.FALSE),
        ("Half-True", "", RatedAs.MIXED),
        ("C’est faux", "", RatedAs.FALSE),
        ("Engañoso", "", RatedAs.MISLEADING),
        ("مُضَلِّل", "", RatedAs.MISLEADING),
        ("झूठ।", "", RatedAs.FALSE),
        ("Barely True", "www.politifact.com", RatedAs.MOSTLY_FALSE),
        ("Barely True", "", None),
        ("Legend", "snopes.com", RatedAs.UNPROVEN),
        ("Legend", "notsnopes.com", None),
        ("Full Flop", "politifact.com", None),
        ("Unconfirmed", "", None),
        ("False, but", "", None),
        ("", "", None),
    ],
)
def test_a_rating_means_what_its_outlet_says(
    rating: str, site: str, meaning: RatedAs | None
) -> None:
    assert meaning_of(rating, site=site) == meaning


def test_only_true_and_false_take_a_side() -> None:
    assert stance_of(None) == stance_of(RatedAs.MIXED) == Stance.CONTEXT
    assert {stance_of(one) for one in STANCES} == {Stance.SUPPORTS, Stance.REFUTES}
