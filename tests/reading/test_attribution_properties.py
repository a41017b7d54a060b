"""Whatever the text: no error, offsets inside it and in order, and a bounded amount of work."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.reading import detection, sentences
from claims.reading.attribution import Statement, suggest
from claims.reading.parse import UnreadableArticle, parse_article
from claims.reading.sentences import MAX_ITEMS

PIECES = st.sampled_from(
    """Smith|the minister|he|she|said|told reporters|that|,|.|”|“|"|'|‘|’|''|(|)|—|:|\n|according to|denied
    |which allegedly|saying|and|but|who|Mr.|U.S.|it was late|on Monday|was unable to confirm|them|?|!|US|«|»
    |called|asked whether|speculation that|\xa0|é|👍|\u2028|declined to comment on|As|put it|\r\n|--|:\n“|e\u0301
    |𝕊mith|👩\u200d🚒|”|»|«|‘‘|’’|Q: |A: |Ann Lund: |laughed|fired back|reading|— Ann Lund|. . .""".replace(
        "\n    ", ""
    ).split("|")
)
SALAD = st.lists(PIECES, max_size=60).map(" ".join)
GLUED = st.lists(PIECES, max_size=40).map("".join)


def check(text: str, statement: Statement) -> None:
    """Every promise about offsets."""
    assert 0 <= statement.start < statement.end <= len(text)
    assert statement.fragments[0][0] == statement.start
    assert statement.fragments[-1][1] == statement.end
    assert all(start < end for start, end in statement.fragments)
    ends_before = [end for _, end in statement.fragments[:-1]]
    assert all(e <= s for e, (s, _) in zip(ends_before, statement.fragments[1:], strict=True))
    assert statement.content == " ".join(text[start:end] for start, end in statement.fragments)
    if statement.cue is not None:
        assert text[statement.cue_start : statement.cue_end] == statement.cue != ""
    if statement.source_surface is not None:
        assert text[statement.source_start : statement.source_end] == statement.source_surface


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=300), SALAD, GLUED))
def test_any_text_is_read_and_every_offset_holds(text: str) -> None:
    found = suggest(text)
    for statement in found:
        check(text, statement)
    assert [s.start for s in found] == sorted(s.start for s in found)


@settings(max_examples=200)
@given(st.one_of(SALAD, GLUED))
def test_offsets_hold_in_the_text_that_is_stored(text: str) -> None:
    """A file's line ends and combining characters are settled before anything is counted."""
    try:
        stored = parse_article(text.replace("\n", "\r\n").encode("utf-8")).text
    except UnreadableArticle:
        return
    assert "\r" not in stored
    for statement in suggest(stored):
        check(stored, statement)
        if len(statement.fragments) == 1:
            assert stored[statement.start : statement.end] == statement.content


HOSTILE = {
    "curly marks": "“" * 50_000,
    "pairs of marks": "“”" * 25_000,
    "straight marks": '"' * 50_000,
    "single marks": "‘a ’ " * 10_000,
    "said": "said " * 10_000,
    "he said": "he said " * 8_000,
    "brackets": "(" * 25_000 + ")" * 25_000,
    "one paragraph": "Smith said that the world is round and he told them that, " * 1_000,
    "unclosed quotations": "“Smith said it. " * 3_000,
    "one word": "A" * 50_000,
    "initials": "A." * 25_000,
    "who said": ", who said, " * 4_000,
    "datelines": "NEW YORK " * 5_000,
    "empty lines": "\n" * 50_000,
    "introductions": "He said:\n“" * 6_000,
    "quoted paragraphs": "He said:\n" + "“a” " * 20_000,
    "turns": "A: b.\nB: c.\n" * 5_000,
    "dashes": "“a” — B " * 8_000,
    "triple marks": "'''" * 20_000,
    "laughs": "“a” laughed " * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    text = HOSTILE[name]
    for statement in suggest(text):
        check(text, statement)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_sentence_is_longer_than_the_cap(name: str) -> None:
    """All rules work inside one sentence, so the cap bounds the work done for any item."""
    text = HOSTILE[name]
    found = [s for a, b in sentences.paragraphs(text) for s in sentences.sentences(text, a, b)]
    assert all(len(sentence) <= MAX_ITEMS for sentence in found)
    assert sum(len(sentence) for sentence in found) <= len(text)


def test_a_sentence_of_nothing_but_cues_has_a_bounded_number_of_them() -> None:
    text = "he said " * (MAX_ITEMS // 2)
    (sentence,) = sentences.sentences(text, 0, len(text))
    assert len(detection.cues_of(sentence)) == detection.MAX_CUES
