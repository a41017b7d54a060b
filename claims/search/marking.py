"""The words of a text that a search asked for, marked; the text is escaped first, so nothing in it can be markup."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.search.words import WORD, read_query

ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "e", "s", "y")
SHORTEST = 3


def marked(text: str, typed: str) -> SafeString:
    """Return a text as HTML in which the words that were searched for stand in <mark>, whatever their endings."""
    terms = [term for group in read_query(typed).wanted for term in group]
    whole = {stem(word) for term in terms for word in term.words}
    begun = tuple(folded(term.words[-1]) for term in terms if term.begins)
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, whole, begun)))


def _pieces(text: str, whole: set[str], begun: tuple[str, ...]) -> Iterable[str]:
    last = 0
    for found in WORD.finditer(text):
        word = found[0]
        if stem(word) in whole or folded(word).startswith(begun or ("\0",)):
            yield text[last : found.start()]
            yield format_html("<mark>{}</mark>", word)
            last = found.end()
    yield text[last:]


def folded(word: str) -> str:
    """Return a word without capitals and accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """Return what is left of a word without the commonest English endings: enough to tell the same word again."""
    plain = folded(word)
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST:
            return plain.removesuffix(ending)
    return plain
