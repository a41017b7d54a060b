"""Pages that would keep a worker busy: crowded tags, tags nested too deeply, too many pieces to compare."""

from __future__ import annotations

import time

import pytest

from claims.reading.markup import MAX_ATTRIBUTES, MAX_DEPTH_IN_ALL, MAX_TAGS, pieces_of, tree_of
from claims.reading.text import UnreadableArticle
from claims.reading.webpage import MANY_PIECES, read_webpage

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


SAID = "<p>The bridge is safe, the mayor said on Monday.</p>"
DEEP = 190


@pytest.mark.parametrize("tag", ["div", "ul", "blockquote", "table", "section"])
def test_many_tags_nested_deeply_are_refused(tag: str) -> None:
    nest = f"<{tag}>" * DEEP + SAID + f"</{tag}>" * DEEP
    times = 2 * MAX_DEPTH_IN_ALL // DEEP**2 + 1
    with pytest.raises(UnreadableArticle, match="too many tags too deeply"):
        tree_of(nest * times)
    assert tree_of(nest * (times // 2)) is not None


def test_pieces_are_texts_between_the_borders_of_blocks() -> None:
    page = "<p>One <b>of <i>two</i></b> words.</p>Two<br>Three<ul><li>Four</li><li> </li></ul>Five<hr> five"
    assert pieces_of(tree_of(f"<body>{page}</body>")) == 5


@pytest.mark.parametrize("piece", ["<ul>x</ul>", "<li>x", "<ul>x</ul>y", "a<br><br>", "<td>x</td>"])
def test_a_page_of_very_many_pieces_is_read_in_a_moment(piece: str) -> None:
    page = piece * ((MAX_TAGS - 10) // piece.count("<")) + SAID
    began = time.process_time()
    read_webpage(page)
    # Compared with one another they take 25 s and more.
    assert time.process_time() - began < 5


def test_pages_of_few_pieces_get_a_second_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def extraction(tree: object, *, fast: bool, **options: object) -> None:
        asked.append(fast)

    monkeypatch.setattr("trafilatura.bare_extraction", extraction)
    for pieces in (MANY_PIECES, MANY_PIECES + 1):
        read_webpage("<p>x</p>" * pieces)
    assert asked == [False, True]
