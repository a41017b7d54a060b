"""Word by word: what two texts share, and that both can be read off the runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.differences import AFFORDABLE, Run, differences


def text_of(runs: list[Run], *kinds: str) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


def test_one_changed_word_is_all_that_differs() -> None:
    assert differences("The bridge is safe.", "The bridge is closed.") == [
        Run("kept", "The bridge is "),
        Run("gone", "safe"),
        Run("come", "closed"),
        Run("kept", "."),
    ]


@pytest.mark.parametrize("text", ["", "One word.", "Zwei\n\nAbsätze — “x”."])
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert text_of(differences(text, text), "gone", "come") == ""


def test_what_changed_is_read_as_a_phrase() -> None:
    assert differences("Two people saw the bridge.", "Three people saw it there.") == [
        Run("gone", "Two "),
        Run("come", "Three "),
        Run("kept", "people saw "),
        Run("gone", "the bridge"),
        Run("come", "it there"),
        Run("kept", "."),
    ]


def test_where_words_repeat_without_end_lines_are_compared() -> None:
    old, new = "a " * 2_000 + "\nb", "a " * 2_001 + "\nb"
    assert AFFORDABLE < 2_000 * 2_001
    assert [run.kind for run in differences(old, new)] == ["gone", "come", "kept"]
    assert differences(old, new)[-1] == Run("kept", "b")


def test_where_lines_repeat_as_well_the_texts_are_told_apart_as_wholes() -> None:
    old, new = "a\n" * 2_000, "a\n" * 2_001
    assert differences(old, new) == [Run("gone", old), Run("come", new)]


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_off_the_runs(old: str, new: str) -> None:
    runs = differences(old, new)
    assert text_of(runs, "kept", "gone") == old
    assert text_of(runs, "kept", "come") == new
