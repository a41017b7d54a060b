"""Where the content after a reporting word must end.

Everything here looks only at the items of one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from claims.reading.detection import Cue
from claims.reading.sentences import Sentence
from claims.reading.subjects import Subject
from claims.reading.words import PRONOUNS

OPENING: Final = 2
_SHORTEST: Final = 3
_CLAUSE_TAILS: Final = ("who", "where", "a", "an", "however")
_MEANS: Final = frozenset("by while before after instead".split())
_SUBORDINATORS: Final = frozenset(
    "while when as although though after before if because since once until".split()
)
_OBJECT_TAILS: Final = frozenset("after as when while before during because which where".split())
_JOINING: Final = frozenset(("and", "or", "but"))
_TAIL_STARTS: Final = _OBJECT_TAILS | frozenset("a an something the his her but".split())


def limit(
    items: Sentence, cues: Sequence[Cue], subjects: Sequence[Subject | None], index: int
) -> int:
    """Where content after this cue must end: at a later cue that has its own subject and clause."""
    this, subject = cues[index], subjects[index]
    relative = subject is not None and subject.kind == "relative"
    subordinate = _is_subordinate(items, this, subject)
    for other in range(index + 1, len(cues)):
        at = _cut_before(
            items, this, cues[other], subjects[other], relative=relative, subordinate=subordinate
        )
        if at is not None:
            return at
    if this.kind == "participle" and this.start <= OPENING:
        return first_comma(items, this.end + 1)
    if subordinate:
        return first_comma(items, this.end + 3)
    return len(items)


def quotes(items: Sentence, at: int) -> bool:
    """Whether a quotation begins at items[at], a colon or comma before it allowed."""
    at += at < len(items) and items[at].low in (":", ",") and items[at].kind == "p"
    return at < len(items) and items[at].kind == "q"


def _is_subordinate(items: Sentence, cue: Cue, subject: Subject | None) -> bool:
    """Whether the cue stands in an opening clause such as "While the donor did not say ..."."""
    opening = next((i for i in range(min(3, cue.start)) if items[i].low in _SUBORDINATORS), None)
    if opening is None:
        return False
    clause = subject.clause if subject and subject.end <= cue.start else cue.start
    return not any(i.low in ",:;" or i.kind == "q" for i in items[opening:clause])


def first_comma(items: Sentence, at: int) -> int:
    """The first comma from items[at] on, else the end of the sentence."""
    for index in range(at, len(items)):
        if items[index].low == "," and items[index].kind == "p":
            return index
    return len(items)


def _cut_before(
    items: Sentence,
    this: Cue,
    cue: Cue,
    subject: Subject | None,
    *,
    relative: bool,
    subordinate: bool,
) -> int | None:
    at = (subject.clause if subject and subject.clause > this.end else cue.start) - 1
    if at <= this.end:
        return None
    if cue.kind == "coordinate":
        return at - (items[at - 1].low == "," and items[at - 1].kind == "p")
    if cue.kind == "participle" and items[at].low in _MEANS:
        at -= 1
    if cue.kind == this.kind == "participle" and items[at].low == "and":
        return at
    if cue.kind == "participle" and items[at].kind == "q":
        return at + 1 if items[at].low == "," else None
    if cue.kind == "verb" and _other_quotation(items, this, at):
        return at - 1
    conjunction = items[at].kind == "w" and items[at].low in ("and", "but", "while", "though")
    at -= conjunction
    if conjunction and items[at].kind == "q" and subject is not None and cue.kind == "verb":
        return at + 1
    if at <= this.end or items[at].kind != "p":
        return None
    if cue.kind in ("participle", "according", "asked"):
        return at if items[at].low == "," else None
    if items[at].low in ";—–":
        return at
    if items[at].low != ",":
        return None
    if subject is not None and set(cue.form.frames) <= {"q"} and quotes(items, cue.end):
        return at
    apart = conjunction and subject is not None and cue.kind == "verb"
    return at if apart or subordinate or (relative and at == cue.start - 1) else None


def _other_quotation(items: Sentence, this: Cue, at: int) -> bool:
    """Whether a quotation of its own, with its own cue behind it, ends at items[at]: "... — “No,” Lee said"."""
    quotation = items[at]
    if quotation.kind != "q" or quotation.low not in (",", "?", "!") or not quotation.upper:
        return False
    return at - 1 > this.end and items[at - 1].low in (":", "—", "–", "-")


def clause_end(items: Sentence, start: int, end: int) -> int:
    """The end of a clause: before a lone dash, or before a comma behind which the copy adds its own words."""
    dashes = [
        at for at in range(start + 1, end) if items[at].kind == "p" and items[at].low in ("—", "–")
    ]
    if len(dashes) == 1 and dashes[0] - start >= _SHORTEST:
        end = dashes[0]
    for at in range(start + _SHORTEST, end - 1):
        if _is_comma(items, at) and items[at + 1].low in _CLAUSE_TAILS:
            rest = range(at + 2, end)
            if not any(_is_comma(items, other) or items[other].kind == "q" for other in rest):
                return at
    return end


def _is_comma(items: Sentence, at: int) -> bool:
    return items[at].kind == "p" and items[at].low == ","


def object_end(items: Sentence, start: int, end: int) -> int:
    """The end of a noun phrase: at a comma, or where a clause or a place and time follow."""
    depth = 0
    for at in range(start + 1, end):
        low = items[at].low
        if items[at - 1].low == "," and items[at - 1].kind == "q" and low not in _JOINING:
            return at
        if items[at].kind == "p":
            depth += (low == "(") - (low == ")")
            if low in ",;:—–" and not depth and not _goes_on(items, at, end):
                return at
        if low in ("and", "but") and at > start + 1 and _new_clause(items, at):
            return at
        if (
            items[at].kind == "w"
            and low in _OBJECT_TAILS
            and at > start + 1
            and not _as_quoted(items, at, end)
        ):
            return end if any(i.kind == "q" for i in items[at:end]) else at
    return end


def _new_clause(items: Sentence, conjunction: int) -> bool:
    """Whether another clause follows: "... a nice guy and he ...", "... “third-rate” and boycotted ..."."""
    if conjunction + 1 >= len(items):
        return False
    following = items[conjunction + 1]
    verb = following.low.endswith(("ed", "ing")) and items[conjunction - 1].kind == "q"
    return following.low in PRONOUNS or verb


def _goes_on(items: Sentence, comma: int, end: int) -> bool:
    """Whether a list or an "as ..." phrase continues behind the comma."""
    if comma + 1 >= end:
        return False
    return items[comma].low == "," and items[comma + 1].low not in _TAIL_STARTS


def _as_quoted(items: Sentence, at: int, end: int) -> bool:
    """In "described the field as weak" the second part belongs to the object."""
    return (
        items[at].low == "as"
        and at + 1 < end
        and (
            items[at + 1].kind == "q"
            or items[at + 1].low in ("a", "an", "being", "the", "so", "too", "very", "not")
        )
    )
