"""Which words are asked for, and bm25 as PostgreSQL's candidates are put in order by it."""

from __future__ import annotations

from claims.search.nearness import Candidate, Wanted, by_bm25, choose_words
from claims.search.words import telling_words


def test_the_rarest_words_are_asked_for() -> None:
    counts = {f"word{n:02}": n for n in range(1, 31)}
    rarest = tuple(f"word{n:02}" for n in range(1, 25))
    assert choose_words(counts, at_most=10_000) == Wanted(rarest)


def test_words_that_too_many_claims_hold_are_left_out() -> None:
    counts = {"people": 900, "harbour": 40, "dam": 60}
    assert choose_words(counts, at_most=100) == Wanted(("harbour", "dam"))


def test_when_all_words_are_common_two_must_stand_together() -> None:
    counts = {"people": 900, "year": 700, "government": 800}
    assert choose_words(counts, at_most=100) == Wanted(("year", "government"), together=True)
    assert choose_words({"year": 700}, at_most=100) == Wanted(("year",), together=True)
    assert choose_words({}, at_most=100) == Wanted(())


def test_bm25_prefers_rare_words_and_short_claims() -> None:
    candidates = [
        Candidate(1, 10, ["common"]),
        Candidate(2, 10, ["rare"]),
        Candidate(3, 5, ["rare"]),
        Candidate(4, 10, ["rare", "common"]),
    ]
    ranked = by_bm25(candidates, claims=1_000, held_by={"common": 300, "rare": 3})
    assert [claim for claim, _ in ranked] == [3, 4, 2, 1]


def test_bm25_survives_statistics_that_lag_behind() -> None:
    candidates = [Candidate(n, 1, ["new"]) for n in range(5)]
    ranked = by_bm25(candidates, claims=-1, held_by={"new": 0})
    assert [claim for claim, _ in ranked] == [4, 3, 2, 1, 0]
    assert by_bm25([], claims=0, held_by={}) == []


def test_stop_words_tell_nothing_unless_nothing_else_was_said() -> None:
    assert telling_words("The mayor said that THE bridge is the bridge") == ["mayor", "bridge"]
    assert telling_words("To be or not to be") == ["to", "be", "or", "not"]
