"""Independent origins: reprints, one publisher's pieces and one host's pages count once."""

from __future__ import annotations

import pytest

from claims.models import Evidence, Publisher
from claims.workflow.rules import independent_origins


def piece(origin: int, url: str = "", publisher: Publisher | None = None) -> Evidence:
    """Return evidence as the rule sees it, unsaved."""
    return Evidence(origin=origin, url=url or None, publisher=publisher)


@pytest.mark.parametrize(
    ("pieces", "count"),
    [
        ([], 0),
        ([piece(1)], 1),
        ([piece(1), piece(2)], 2),
        ([piece(1), piece(1)], 1),
        ([piece(1, "https://a.example/1"), piece(2, "https://a.example/2")], 1),
        ([piece(1, "https://a.example/1"), piece(2, "http://www.a.example/2")], 1),
        ([piece(1, "https://a.example/1"), piece(2, "https://b.example/1")], 2),
        (
            [
                piece(1, "https://a.example"),
                piece(1, "https://b.example"),
                piece(2, "https://b.example"),
            ],
            1,
        ),
    ],
)
def test_one_voice_counts_once(pieces: list[Evidence], count: int) -> None:
    assert independent_origins(pieces) == count


def test_named_publishers_on_one_platform_are_two_voices(db: None) -> None:
    one, other = Publisher(pk=1, name="One"), Publisher(pk=2, name="Other")
    both = [piece(1, "https://video.example/1", one), piece(2, "https://video.example/2", other)]
    assert independent_origins(both) == 2
