"""The public door: which statements a text attributes to whom.

`suggest` reads paragraph by paragraph with rules alone; what it returns are drafts for an editor. A
pronoun or a quotation without words around it gets the likeliest speaker, marked as inferred; a speaker
the copy leaves out stays out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claims.reading.drafts import Draft, Span
from claims.reading.frames import read_sentence
from claims.reading.sentences import Sentence, paragraphs, sentences, trimmed
from claims.reading.speakers import Speakers
from claims.vocabulary import CueClass, Position

_LONG_QUOTATION: Final = 20
_JOINING: Final = frozenset(("and", "but", "yet"))
_ANAPHORS: Final = frozenset(("it", "them", "this", "that", "those", "these"))


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed statement; every offset counts code points of the text that was read.

    `source` is the speaker's name, `source_surface` the words the copy has there ("he", "who"), which
    stand at [source_start:source_end]. `content` is text[start:end] unless `fragments` has several spans.
    """

    source: str | None
    source_surface: str | None
    source_start: int | None
    source_end: int | None
    source_inferred: bool
    nested_source: str | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    cue_class: CueClass
    position: Position
    content: str
    start: int
    end: int
    fragments: tuple[Span, ...]
    direct: bool


def suggest(text: str) -> list[Statement]:
    """The attributed statements of a text, in the order in which they begin."""
    speakers = Speakers()
    found: list[Statement] = []
    for draft in _drafts(text):
        statement = _statement(text, draft, speakers)
        if statement is not None:
            found.append(statement)
    return sorted(found, key=lambda statement: (statement.start, -statement.end))


def as_json(statement: Statement) -> dict[str, object]:
    """The statement as the fields printed for other programs."""
    return {
        "source": statement.source,
        "source_inferred": statement.source_inferred,
        "cue": statement.cue,
        "cue_class": str(statement.cue_class),
        "position": str(statement.position),
        "content": statement.content,
        "start": statement.start,
        "end": statement.end,
        "direct": statement.direct,
    }


def _drafts(text: str) -> Iterator[Draft]:
    """The drafts of all paragraphs; a paragraph that only quotes goes on with the one before it."""
    last: Draft | None = None
    waiting: list[Draft] = []
    for start, end in paragraphs(text):
        found = sentences(text, start, end)
        quoted = _only_quoted(found)
        if quoted and last is not None and last.direct:
            last.fragments.extend(quoted)
            continue
        yield from waiting
        waiting, last = _paragraph(found)
        if quoted and not waiting and sum(b - a for a, b in quoted) >= _LONG_QUOTATION:
            waiting = [Draft(None, None, "continued", quoted, direct=True)]
    yield from waiting


def _only_quoted(found: list[Sentence]) -> list[Span]:
    """The quotations of a paragraph without a word outside them; else nothing."""
    if any(
        item.kind == "w" and item.low not in _JOINING for sentence in found for item in sentence
    ):
        return []
    return [(i.inner_start, i.inner_end) for sentence in found for i in sentence if i.kind == "q"]


def _paragraph(found: list[Sentence]) -> tuple[list[Draft], Draft | None]:
    """The drafts of a paragraph, and the one that its last words belong to when they are a quotation."""
    drafts: list[Draft] = []
    last: Draft | None = None
    for sentence in found:
        quoted = _only_quoted([sentence])
        if last is not None and quoted:
            last.fragments.extend(quoted)
            continue
        read = read_sentence(sentence)
        _pass_on_nested(read, sentence)
        ending = [draft for draft in read if draft.ends_quoted and draft.direct]
        last = ending[-1] if ending else read[-1] if read else None
        drafts.extend(read)
    quoting = [draft for draft in drafts if draft.direct and draft.cue is not None]
    return drafts, quoting[-1] if quoting and drafts[-1].direct else None


def _pass_on_nested(read: list[Draft], sentence: Sentence) -> None:
    """ "... aware of news reports that ..., but was unable to confirm them": the reports are meant again."""
    words = {item.start: item.low for item in sentence}
    for earlier, draft in pairwise(read):
        if draft.nested is None and words.get(draft.fragments[0][0]) in _ANAPHORS:
            draft.nested = earlier.nested


def _statement(text: str, draft: Draft, speakers: Speakers) -> Statement | None:
    fragments = tuple(trimmed(text, start, end, ",") for start, end in draft.fragments)
    fragments = tuple((start, end) for start, end in fragments if end > start)
    if not fragments:
        return None
    surface = _text(text, draft.source)
    source, inferred = _named(text, draft, surface, speakers)
    return Statement(
        source=source,
        source_surface=surface,
        source_start=draft.source[0] if draft.source else None,
        source_end=draft.source[1] if draft.source else None,
        source_inferred=inferred,
        nested_source=_text(text, draft.nested),
        cue=_text(text, draft.cue),
        cue_start=draft.cue[0] if draft.cue else None,
        cue_end=draft.cue[1] if draft.cue else None,
        cue_class=draft.cue_class,
        position=draft.position,
        content=" ".join(text[start:end] for start, end in fragments),
        start=fragments[0][0],
        end=fragments[-1][1],
        fragments=fragments,
        direct=draft.direct,
    )


def _text(text: str, span: Span | None) -> str | None:
    return text[span[0] : span[1]] if span else None


def _named(
    text: str, draft: Draft, surface: str | None, speakers: Speakers
) -> tuple[str | None, bool]:
    """The speaker's name and whether it is a guess."""
    if draft.source_kind == "continued":
        return speakers.last(), speakers.known != []
    if surface is None:
        return None, False
    if draft.source_kind == "pronoun":
        guess = speakers.meant_by(surface)
        return (guess, True) if guess else (surface, False)
    if draft.source_kind == "relative":
        before = _text(text, draft.antecedent)
        return (before, True) if before else (surface, False)
    if draft.source_kind == "name":
        speakers.name(surface)
    return surface, False
