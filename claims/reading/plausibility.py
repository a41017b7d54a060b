"""Whether a word that can report speech does so here, or is a noun, a name or another verb."""

from __future__ import annotations

from typing import Final

from claims.reading.cues import NOUN_LIKE
from claims.reading.detection import Cue
from claims.reading.drafts import Scene
from claims.reading.ends import quotes
from claims.reading.sentences import Sentence
from claims.reading.subjects import Subject
from claims.reading.words import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS

_PLURALS: Final = (DETERMINERS - {"the", "a", "an"}) | frozenset(
    "people others percent half third five".split()
)
_CLEAR_PARTICIPLES: Final = frozenset("saying telling calling claiming declaring accusing".split())
_BEFORE_PARTICIPLES: Final = frozenset("by while after before and when in since".split())


def plausible(scene: Scene, cue: Cue, subject: Subject | None) -> bool:
    items = scene.items
    if cue.form.frames == "b":
        return False
    if cue.kind == "coordinate":
        return True
    if cue.kind == "participle":
        return _participle_fits(items, cue)
    word = items[cue.word].low
    if subject is None:
        return word == "said" and cue.end < len(items)
    if cue.kind == "base" and not _plural(scene, subject):
        return False
    if word in ("called", "dubbed") and _named_thing(items, subject):
        return False
    last = items[subject.end - 1].low
    if last.isdigit() and (subject.end - subject.start < 2 or items[subject.end - 2].low != "in"):
        return False
    if word in NOUN_LIKE and not any(i.low in AUXILIARIES for i in items[cue.start : cue.word]):
        told = cue.end < len(items) and items[cue.end].low == "that"
        clear = (
            told
            or quotes(items, cue.end)
            or subject.kind in ("pronoun", "relative")
            or items[subject.end - 1].upper
            or word in ("show", "shows", "find")
        )
        return clear and not items[cue.word].upper
    return True


def _named_thing(items: Sentence, subject: Subject) -> bool:
    """Whether "called" only gives a name, as in "in an area called the Ellipse"."""
    end = subject.end
    near = [item.low for item in items[max(subject.start, end - 4) : end]]
    return (
        not items[end - 1].upper
        and items[end - 1].low not in PRONOUNS
        and ("a" in near or "an" in near)
    )


def _plural(scene: Scene, subject: Subject) -> bool:
    words = [item.low for item in scene.items[subject.start : subject.end]]
    if subject.kind == "pronoun":
        return words[-1] in ("they", "we", "i", "you")
    if subject.kind == "relative" or words[-1].isdigit() or "and" in words:
        return True
    head = words[0]
    for word in words[1:]:
        if word in PREPOSITIONS:
            break
        head = word
    return head.endswith("s") or head in _PLURALS


def _participle_fits(items: Sentence, cue: Cue) -> bool:
    if cue.start == 0:
        return cue.end < len(items)
    before = items[cue.start - 1]
    if before.kind == "w" and before.low not in _BEFORE_PARTICIPLES:
        word = items[cue.word].low
        clear = word in _CLEAR_PARTICIPLES or (word == "reading" and quotes(items, cue.end))
        return clear and before.low not in DETERMINERS
    return True
