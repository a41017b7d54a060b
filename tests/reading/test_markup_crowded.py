"""A tag with absurdly many attributes is refused before the parser compares each with all the others."""

from __future__ import annotations

import pytest

from claims.reading.markup import MAX_ATTRIBUTES, tree_of
from claims.reading.text import UnreadableArticle

MANY = range(MAX_ATTRIBUTES + 1)


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{n}=1" for n in MANY),
        " ".join(f"a{n}" for n in MANY),
        " ".join(f'a{n}=">"' for n in MANY),
        " ".join(f"a{n}='<'" for n in MANY),
        "".join(f'a{n}="1"' for n in MANY),
        "/".join(f"a{n}" for n in MANY),
        "= " + " = ".join(f"a{n}" for n in range(2 * len(MANY))),
        '" ' + "\x0c".join(f"a{n}" for n in MANY),
    ],
    ids=["plain", "empty", "brackets", "tags", "joined", "slashes", "equals", "feeds"],
)
def test_a_crowded_tag_is_refused(attributes: str) -> None:
    with pytest.raises(UnreadableArticle, match="attributes"):
        tree_of(f"<p {attributes}>The bridge is safe.</p>")


def test_long_attributes_are_read() -> None:
    words = "word " * 1_000
    tags = "".join(f'<meta name="m{n}" content="{words}">' for n in range(50))
    few = " ".join(f"a{n}={n}" for n in range(MAX_ATTRIBUTES - 1))
    tree = tree_of(f"<html><head>{tags}</head><body><p {few}>The bridge is safe.</p></body></html>")
    assert "The bridge is safe." in tree.text_content()
