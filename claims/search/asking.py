"""A query in the words of each engine: FTS5's MATCH, and what PostgreSQL's to_tsquery reads.

Every word is quoted, and words are letters and digits alone, so nothing that was typed can be taken for an operator.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.search.words import Query, Term

SHORTEST_STEM = 4
PUBLIC, DESK = "{statement claimant}", "{statement claimant known_as}"
PUBLIC_WEIGHTS, DESK_WEIGHTS = "AB", "ABC"


def fts5_wanted(query: Query, scope: str) -> str:
    """Return the MATCH of what must be there; "" when nothing must."""
    wanted = _all_of(query, _fts5_term, both=" AND ", either=" OR ")
    return f"{scope} : ({wanted})" if wanted else ""


def fts5_unwanted(query: Query, scope: str) -> str:
    """Return the MATCH of what may not be there; "" when anything may."""
    unwanted = " OR ".join(map(_fts5_term, query.unwanted))
    return f"{scope} : ({unwanted})" if unwanted else ""


def _fts5_term(term: Term) -> str:
    written = quoted(" ".join(term.words))
    if not term.begins:
        return written
    return f"({' OR '.join([f'{written} *', *map(quoted, _stems(term))])})"


def quoted(words: str) -> str:
    """Return words as one string of FTS5."""
    return f'"{words}"'


def tsquery(query: Query, weights: str) -> str:
    """Return the whole query for to_tsquery, asking for words of these weights."""

    def written(term: Term) -> str:
        return _tsquery_term(term, weights)

    wanted = _all_of(query, written, both=" & ", either=" | ")
    return " & ".join(filter(None, [wanted, *(f"!{written(term)}" for term in query.unwanted)]))


def _tsquery_term(term: Term, weights: str) -> str:
    *before, last = term.words
    end = f"'{last}':{'*' if term.begins else ''}{weights}"
    written = " <-> ".join([*(f"'{word}':{weights}" for word in before), end])
    stems = [f"'{stem}':{weights}" for stem in _stems(term)]
    return f"({' | '.join([written, *stems])})"


def _all_of(query: Query, written: Callable[[Term], str], *, both: str, either: str) -> str:
    return both.join(f"({either.join(map(written, group))})" for group in query.wanted)


def _stems(term: Term) -> list[str]:
    """Return the stems that an unfinished word may have outgrown: "vaccinat" must still find "vaccin"."""
    if not term.begins or len(term.words) > 1:
        return []
    word = term.words[0]
    return [word[:end] for end in range(len(word) - 1, max(SHORTEST_STEM, len(word) - 4) - 1, -1)]
