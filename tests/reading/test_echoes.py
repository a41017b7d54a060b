"""Where the words of a claim stand in a sentence, whatever the signs, capitals and accents around them."""

from __future__ import annotations

import pytest

from claims.reading.echoes import find_echo

CLAIM = "The café is closed."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“The café is closed”, she said.", "The café is closed"),
        ("She said THE CAFE\u00a0IS — closed!", "THE CAFE\u00a0IS — closed"),
        ("😀😀 the cafe is\nclosed today", "the cafe is\nclosed"),
        ("קפה: the café is closed", "the café is closed"),
        ("the café is not closed", None),
        ("the cafés is closed", None),
        ("closed the café is", None),
        ("", None),
    ],
)
def test_the_very_words_are_found_as_they_stand(text: str, found: str | None) -> None:
    place = find_echo(text, CLAIM)
    assert (place and text[slice(*place)]) == found


def test_the_marks_of_the_last_letter_belong_to_it() -> None:
    text = "he said that X was q\u0301\u0302, twice"
    place = find_echo(text, "X was q")
    assert place is not None
    assert text[slice(*place)] == "X was q\u0301\u0302"


def test_marks_may_end_the_text() -> None:
    assert find_echo("X was q\u0301", "X was q") == (0, 8)


def test_two_words_come_together_by_chance() -> None:
    assert find_echo("The bridge is old", "The bridge") is None
