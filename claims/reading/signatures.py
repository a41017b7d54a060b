"""Speech that a name is put to without a verb: "“...” — Ann Smith", and the turns of a printed interview."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from claims.reading.drafts import Draft, Span
from claims.reading.sentences import Sentence
from claims.vocabulary import Position

_DASHES: Final = ("—", "–", "-")
_MAX_SIGNATURE: Final = 14
_MAX_NAME: Final = 5
_TURN: Final = re.compile(r"\s*(?P<label>[^\W\d_a-z][\w.'’&-]*(?: [\w.'’&-]+){0,4}):\s+(?=\S)")
_SPOKEN: Final = re.compile(r"[^\d\W]+\W.*[.?!…][\"'”’)]?\s*$")
_SMALL: Final = frozenset(("of", "de", "van", "von", "der", "al", "bin"))
_ROLES: Final = {"Q": Position.QUESTIONS, "A": Position.ASSERTS}
_RUBRICS: Final = frozenset(
    """related photo photos video videos read watch listen also update updated correction source sources image images
    credit editor editors note notes topics tags more see story stories contact email phone""".split()
)
_FEWEST_TURNS: Final = 4


def signer(items: Sentence, at: int) -> Span | None:
    """The name that items[at:] give behind a dash, with nothing but a role after it."""
    if at >= len(items) or items[at].low not in _DASHES or len(items) - at > _MAX_SIGNATURE:
        return None
    end = first = at + 1
    while end < len(items) and items[end].kind == "w" and items[end].upper:
        end += 1
    alone = end == len(items) or items[end].low in (",", "(", ".")
    if not 0 < end - first <= _MAX_NAME or not alone:
        return None
    return items[first].start, items[end - 1].end


def signed(items: Sentence) -> Draft | None:
    """The statement of a sentence that is a quotation and a name behind a dash."""
    if len(items) < 3 or items[0].kind != "q" or not items[0].upper:
        return None
    source = signer(items, 1)
    if source is None:
        return None
    content = (items[0].inner_start, items[0].inner_end)
    return Draft((items[1].start, items[1].end), source, "name", [content], direct=True)


def labels_of(text: str) -> frozenset[str]:
    """The names before the turns of an interview or a transcript; none where the text is no such thing."""
    counts: Counter[str] = Counter()
    for line in text.splitlines():
        match = _TURN.match(line[:120])
        if match and _names_speaker(match["label"]) and _SPOKEN.match(line, match.end()):
            counts[match["label"]] += 1
    repeated = {label for label, count in counts.items() if count > 1}
    enough = len(repeated) > 1 and sum(counts[label] for label in repeated) >= _FEWEST_TURNS
    return frozenset(counts if enough else ())


def _names_speaker(label: str) -> bool:
    words = label.split()
    named = all(word[0].isupper() or word in _SMALL for word in words)
    return named and not _RUBRICS.intersection(word.lower().strip(".") for word in words)


def turn(text: str, start: int, end: int, labels: frozenset[str]) -> Draft | None:
    """The statement of a paragraph that begins with one of the labels; "Q" and "A" name nobody."""
    match = _TURN.match(text, start, end) if labels else None
    if match is None or match["label"] not in labels:
        return None
    role = _ROLES.get(match["label"])
    source = None if role else match.span("label")
    kind = "none" if role else "name"
    draft = Draft(match.span("label"), source, kind, [(match.end(), end)], direct=True)
    draft.position = role or Position.ASSERTS
    return draft
