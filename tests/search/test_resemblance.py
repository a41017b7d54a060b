"""How alike a sentence and a claim are: the same words are 1, none are 0, rare words weigh more than common ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.search.resemblance import COMPARED, resemblances, traits_of

CLAIM = "The old harbour bridge carries ninety lorries a day."


def score(said: str, *claims: str) -> float:
    """Return how alike a text and the first of the claims are, compared with all of them."""
    return resemblances(traits_of(said), [traits_of(one) for one in claims])[0]


def test_the_same_words_are_the_whole_and_others_nothing() -> None:
    assert score(
        "Ninety lorries a day: the old harbour bridge carries it.", CLAIM
    ) == pytest.approx(1)
    assert score("Penguins swim.", CLAIM) == 0
    assert score("", CLAIM) == score(CLAIM, "") == 0


def test_a_word_that_few_claims_have_weighs_more() -> None:
    others = [f"The bridge number {at}." for at in range(40)]
    common = score("A bridge of ours stands.", "The bridge has lorries.", *others)
    rare = score("A lorry of ours stands.", "The bridge has lorries.", *others)
    assert rare > common > 0


def test_pieces_tell_words_that_were_bent_or_put_together() -> None:
    glued = score("The harbourbridge closes", "The harbour bridge is closed")
    assert glued > score("The marketplace opens", "The harbour bridge is closed")
    apart = traits_of("They don’t pay")
    assert traits_of("They dont pay").pieces == apart.pieces


def test_few_shared_words_may_be_chance() -> None:
    one = score("ninety penguins swim far", CLAIM)
    whole = resemblances(traits_of("ninety penguins swim far"), [traits_of("ninety")])[0]
    assert 0 < one < whole


def test_a_small_register_weighs_as_a_large_one_does() -> None:
    alone = score("Ninety lorries use the bridge.", CLAIM)
    among = score("Ninety lorries use the bridge.", CLAIM, *["Penguins swim."] * (COMPARED - 1))
    assert alone == pytest.approx(among)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=6))
def test_any_text_has_a_score_from_0_to_1(said: str, claims: list[str]) -> None:
    scores = resemblances(traits_of(said), [traits_of(one) for one in claims])
    assert len(scores) == len(claims)
    assert all(0 <= one <= 1 for one in scores)
