"""Guess whom a pronoun means: the nearest earlier speaker the text names and the pronoun can fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_FEMALE_WORDS: Final = frozenset(
    "mrs ms miss spokeswoman chairwoman congresswoman businesswoman actress queen princess mother wife lady".split()
)
_MALE_WORDS: Final = frozenset(
    "mr spokesman chairman congressman businessman actor king prince father husband".split()
)
_GROUP_WORDS: Final = frozenset(
    """ministry department agency office committee party group government campaign administration court
    council commission company bank police university institute organization organisation
    association union news times post journal press poll survey report statement study team house
    senate parliament navy army authority bureau board federation league club hospital broadcaster
    newspaper channel network magazine website agency authorities police""".split()
)
_PLURAL_HEADS: Final = frozenset(
    """officials reporters voters aides critics experts researchers scientists lawmakers republicans democrats
    supporters analysts authorities prosecutors lawyers residents doctors soldiers forces sources""".split()
)
_MEMORY: Final = 40
_HEAD_ENDS: Final = frozenset(("of", "for", "in", "at", "from", "on", "with", "to", "who", "by"))


@dataclass(slots=True)
class _Known:
    name: str
    words: frozenset[str]
    gender: str


@dataclass(slots=True)
class Speakers:
    """The speakers named so far, nearest last."""

    known: list[_Known] = field(default_factory=list)

    def name(self, source: str) -> None:
        """Remember a named speaker, and what the words around the name tell."""
        words = frozenset(word.strip(".,’'").lower() for word in source.split())
        self.known.append(_Known(source, words, _gender(source, words)))
        del self.known[:-_MEMORY]

    def last(self) -> str | None:
        """The speaker named last."""
        return self.known[-1].name if self.known else None

    def meant_by(self, pronoun: str) -> str | None:
        """The nearest earlier speaker the pronoun fits, or None."""
        low = pronoun.lower()
        fits = {"he": "m?", "him": "m?", "she": "f?", "it": "g", "they": "g", "them": "g"}.get(low)
        if fits is None:
            return None
        for speaker in reversed(self.known):
            if speaker.gender in fits:
                if "?" in fits:
                    speaker.gender = fits[0]
                return speaker.name
        return None


def _collective(source: str) -> bool:
    """Whether the name is an abbreviation ("NATO") or follows "the" without a title ("the Kremlin")."""
    words = source.split()
    return (len(words[-1]) > 1 and words[-1].isupper()) or (
        words[0].lower() == "the" and words[-1][0].isupper()
    )


def _gender(source: str, words: frozenset[str]) -> str:
    if words & _FEMALE_WORDS:
        return "f"
    if words & _MALE_WORDS:
        return "m"
    head = _head(source)
    return "g" if _collective(source) or head in _GROUP_WORDS or head in _PLURAL_HEADS else "?"


def _head(source: str) -> str:
    """The word the name is about: the last one before "of", "for" or a comma."""
    words: list[str] = []
    for word in source.split():
        if word in _HEAD_ENDS:
            break
        words.append(word)
        if word.endswith(","):
            break
    return words[-1].strip(".,").lower() if words else ""
