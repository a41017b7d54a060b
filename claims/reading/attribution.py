"""The public door: which statements a text attributes to whom.

`suggest` reads paragraph by paragraph with rules alone; what it returns are drafts for an editor. A
pronoun or a quotation without words around it gets the likeliest speaker, marked as inferred; a speaker
the copy leaves out stays out.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.reading.drafts import Draft, Span
from claims.reading.passages import read_passages
from claims.reading.sentences import trimmed
from claims.reading.speakers import Speakers
from claims.vocabulary import CueClass, Position


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
    for draft in read_passages(text):
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
        return (guess, True) if guess else (surface, draft.cue is None)
    if draft.source_kind == "relative":
        before = _text(text, draft.antecedent)
        return (before, True) if before else (surface, False)
    if draft.source_kind == "name":
        speakers.name(surface)
    return surface, draft.cue is None
