"""How far two people agree: the figures against ones worked out by hand."""

from __future__ import annotations

import pytest

from claims.agreement import Agreement, agreement


def test_kappa_is_what_is_left_of_agreement_beyond_chance() -> None:
    found = agreement({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15})
    # They agree in 35 of 50; by chance in (25 · 30 + 25 · 20) of 50².
    assert (found.number, found.observed, found.expected) == (50, 0.7, 0.5)
    assert found.kappa == pytest.approx(0.4)


def test_three_categories_each_used_by_one_side_alone() -> None:
    found = agreement({("a", "a"): 1, ("b", "c"): 1, ("c", "b"): 1, ("b", "b"): 1})
    # They agree in 2 of 4; by chance in (1 · 1 + 2 · 2 + 1 · 1) of 16.
    assert found.kappa == pytest.approx((0.5 - 0.375) / 0.625)


def test_full_agreement_is_one() -> None:
    assert agreement({("a", "a"): 3, ("b", "b"): 2}).kappa == 1


def test_what_chance_would_bring_is_nothing() -> None:
    assert agreement({("a", "a"): 1, ("a", "b"): 1, ("b", "a"): 1, ("b", "b"): 1}).kappa == 0


def test_less_than_chance_is_below_nothing() -> None:
    assert agreement({("a", "b"): 2, ("b", "a"): 2}).kappa == -1


def test_without_ratings_there_is_no_figure() -> None:
    assert agreement({}) == Agreement(0)
    assert (agreement({}).observed, agreement({}).kappa) == (None, None)


def test_where_all_is_of_one_category_nobody_can_tell_agreement_from_chance() -> None:
    found = agreement({("a", "a"): 7})
    assert (found.observed, found.kappa) == (1, None)
