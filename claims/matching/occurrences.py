"""The published claims that occur in a text: sentence by sentence, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.reading.sentences import paragraphs, sentences
from claims.search.public import LEAST, Repeated, repeated_in

MOST_SENTENCES = 200  # different ones
SHORTEST_SENTENCE = 20  # code points: shorter ones claim nothing


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text, from `start` to `end` in code points; `number` counts from 0."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sentence and the claims it may repeat, the most alike first."""

    sentence: Sentence
    near: Sequence[Repeated]


@dataclass(frozen=True, slots=True)
class Read:
    """What was found, in the order of the text; and how many different sentences were looked at and left out."""

    occurrences: list[Occurrence]
    looked_at: int
    left_out: int


def occurring_in(
    text: str, *, most: int = 3, least: float = LEAST, language: str | None = None
) -> Read:
    """Return of each sentence the `most` published claims that it repeats with a score of `least` or more.

    What was said twice is looked up once and found at both places. However long the text is, three queries.
    """
    told = told_in(text)
    different = list(dict.fromkeys(one.text for one in told))
    asked = different[:MOST_SENTENCES]
    found = dict(
        zip(asked, repeated_in(asked, most=most, least=least, language=language), strict=True)
    )
    near = [Occurrence(one, found.get(one.text, ())) for one in told]
    return Read([one for one in near if one.near], len(asked), len(different) - len(asked))


def told_in(text: str) -> list[Sentence]:
    """Return the sentences of a text that are long enough to claim anything."""
    spans = [
        (items[0].start, items[-1].end)
        for start, end in paragraphs(text)
        for items in sentences(text, start, end)
    ]
    long = [(start, end) for start, end in spans if end - start >= SHORTEST_SENTENCE]
    return [Sentence(at, *span, text[slice(*span)]) for at, span in enumerate(long)]
