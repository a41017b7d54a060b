"""An excerpt must stand in the text it was taken from, but for typography and what it marks as left out."""

from __future__ import annotations

import pytest

from claims.reading.excerpts import stands_in

TEXT = (
    "The mayor said: “The old bridge is safe – for now.”\n\n"
    "It’s been closed since May.\nThe council denied that work was late."
)


@pytest.mark.parametrize(
    "excerpt",
    [
        "The old bridge is safe – for now.",
        'The mayor said: "The old bridge is safe - for now."',
        "“The old bridge is safe – for now.”",
        "is safe – for now.” It's been closed",
        "The mayor said […] It’s been closed since May.",
        "The mayor said … closed since May … work was late.",
        "The mayor said (...) The council denied",
        "  The council\ndenied  ",
    ],
)
def test_what_stands_there_is_found(excerpt: str) -> None:
    assert stands_in(excerpt, TEXT)


@pytest.mark.parametrize(
    "excerpt",
    [
        "The old bridge is not safe",
        "the old bridge",
        "It’s been closed since May. […] The mayor said",
        "The mayor said […] that nobody knew",
        "…",
        "",
    ],
)
def test_what_does_not_stand_there_is_not(excerpt: str) -> None:
    assert not stands_in(excerpt, TEXT)
