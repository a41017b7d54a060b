"""Independent origins: reprints, one publisher's pieces and one host's pages count once."""

from __future__ import annotations

import pytest

from claims.models import Evidence, Publisher
from claims.workflow.rules import independent_origins

GAZETTE = Publisher(pk=1, name="Gazette")
HERALD = Publisher(pk=2, name="Herald")
TWIN = Publisher(
    pk=3, name="A.example"
)  # as an import names a publisher it knows by its host alone
OWNER = Publisher(pk=4, name="The Herald Group", domain="herald.example")


def piece(
    origin: int, url: str | None = "", publisher: Publisher | None = None, name: str | None = None
) -> Evidence:
    """Return evidence as the rule sees it, unsaved."""
    return Evidence(origin=origin, url=url or None, publisher=publisher, publisher_name=name)


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
        ([piece(1, "https://a.example/1", GAZETTE), piece(2, "https://a.example/2")], 1),
        ([piece(1, "https://a.example/1"), piece(2, "https://www.a.example/2", GAZETTE)], 1),
        ([piece(1, "https://a.example/1", GAZETTE), piece(2, "https://b.example/2")], 2),
        (
            [
                piece(1, "https://a.example/1", GAZETTE),
                piece(2, "https://a.example/2", HERALD),
                piece(3, "https://a.example/3"),
            ],
            1,
        ),
        ([piece(1, "https://bücher.example/"), piece(2, "https://xn--bcher-kva.example/2")], 1),
        ([piece(1, "https://A.Example./1"), piece(2, "https://a.example/2")], 1),
        ([piece(1, "https://a\u3002example/1"), piece(2, "https://a.example/2")], 1),
        ([piece(1, f"https://{'x' * 70}.example/"), piece(2, "https://a.example/")], 2),
        (
            [
                piece(1, "https://a.example/", name="Gazette"),
                piece(2, "https://b.example/", name="GAZETTE"),
            ],
            1,
        ),
        ([piece(1, "https://www.a.example/1", GAZETTE), piece(2, "https://a.example/2", TWIN)], 1),
        ([piece(1, name="Gazette"), piece(2, "https://b.example/2", GAZETTE)], 1),
        ([piece(1, "https://mirror.example/1", OWNER), piece(2, "https://herald.example/2")], 1),
        ([piece(1, "https://mirror.example/1", TWIN), piece(2, "https://a.example/2")], 1),
        ([piece(1, None, GAZETTE), piece(2, "https://a.example/2", GAZETTE)], 1),
        ([piece(1, None, GAZETTE, None), piece(2, None, HERALD, None)], 2),
        ([piece(1, "https://m.a.example/1"), piece(2, "https://a.example/2")], 2),
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


def test_two_publishers_on_one_host_may_be_one_under_two_names() -> None:
    both = [
        piece(1, "https://video.example/1", GAZETTE),
        piece(2, "https://video.example/2", HERALD),
    ]
    assert independent_origins(both) == 1
