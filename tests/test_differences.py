"""Word by word: what two texts share, and that both can be read off the runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.differences import Run, differences


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


def test_very_long_texts_are_told_apart_as_a_whole() -> None:
    old, new = "a " * 5_000, "b " * 5_000
    assert differences(old, new) == [Run("gone", old), Run("come", new)]


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_off_the_runs(old: str, new: str) -> None:
    runs = differences(old, new)
    assert text_of(runs, "kept", "gone") == old
    assert text_of(runs, "kept", "come") == new
