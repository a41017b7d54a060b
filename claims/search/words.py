"""What people type into a search field, read: words, "phrases", -word, OR, and a last word that may go on."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

MOST_TERMS = 32
LONGEST = 20_000  # code points that are read at all
SHORTEST_START = 2  # letters a word must have to stand for all that begin with it
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
WORD = re.compile(r"[^\W_]+")
TYPED = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')
STOP_WORDS = frozenset(
    """a about above after again against all am an and any are as at be because been before being below between both
    but by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours ourselves out over own same say says said she should so some such than that the their
    theirs them themselves then there these they this those through to too under until up very was we were what when
    where which while who whom why will with would you your yours yourself yourselves""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or the words of a phrase; when it `begins`, the last of them may go on."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(slots=True)
class Query:
    """All of `wanted` must be there, each by one of its alternatives, and none of `unwanted`."""

    wanted: list[list[Term]] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def words_of(text: str) -> list[str]:
    """Return the words of any text, in lower case: runs of letters and digits."""
    fit = UNFIT.sub(" ", text[:LONGEST])
    return WORD.findall(unicodedata.normalize("NFC", fit).lower())


def telling_words(text: str) -> list[str]:
    """Return the distinct words of a text that may tell claims apart, in their order.

    Where nothing but stop words was said, these have to do.
    """
    distinct = list(dict.fromkeys(words_of(text)))
    return [word for word in distinct if word not in STOP_WORDS] or distinct


def read_query(typed: str, *, unfinished: bool = False) -> Query:
    """Read what was typed; any text is a query. `unfinished` says that the last word may go on, as in `word*`."""
    query, either = Query(), False
    pieces = list(TYPED.finditer(typed[:LONGEST]))
    for piece in pieces:
        if piece["plain"] == "OR" and not piece["no"]:
            either = bool(query.wanted)
            continue
        term = _term(
            piece, goes_on=unfinished and piece is pieces[-1] and piece.end() == len(typed)
        )
        if term is None:
            continue
        if piece["no"]:
            query.unwanted.append(term)
        elif either:
            query.wanted[-1].append(term)
        else:
            query.wanted.append([term])
        either = False
    return Query(query.wanted[:MOST_TERMS], query.unwanted[:MOST_TERMS])


def _term(piece: re.Match[str], *, goes_on: bool) -> Term | None:
    text = piece["phrase"] or piece["plain"] or ""
    words = tuple(words_of(text))[:MOST_TERMS]
    if not words:
        return None
    starred = piece["phrase"] is None and (goes_on or text.endswith("*"))
    return Term(words, begins=starred and len(words[-1]) >= SHORTEST_START)
