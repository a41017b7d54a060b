"""Quotes and where they stand: selecting, locating and finding them again in a changed text.

Positions are code points of the stored text. Matching folds typographic quotation marks, dashes
and white space; what is kept as `exact` is always the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote as percent_encode

from claims.reading.folding import Folded, fold, fold_quote
from claims.reading.fuzzy import similar_passages

Method = Literal["position", "quote", "context", "fuzzy"]

CONTEXT = 32
_MOST_OCCURRENCES = 500
_TOO_CLOSE = 0.05
_LONG_FRAGMENT = 300
_FRAGMENT_WORDS = 6


class QuoteNotFound(ValueError):
    """Raised when a quote, or a position, is not in the text; the message says which and why."""


class QuoteAmbiguous(ValueError):
    """Raised when a quote stands in several places and nothing says which one is meant."""


@dataclass(frozen=True)
class Quote:
    """A W3C TextQuoteSelector and TextPositionSelector in one, in code points."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True)
class Anchoring:
    """Where a quote was found again, by which method, and how alike the place is (0 to 1)."""

    start: int
    end: int
    method: Method
    score: float


def select(text: str, start: int, end: int) -> Quote:
    """Make a quote of a range of `text`."""
    if not 0 <= start < end <= len(text):
        raise QuoteNotFound(
            f"start, end: {start} to {end} is not a range within a text of {len(text)} characters."
        )
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def locate(text: str, exact: str, *, start: int | None = None) -> Quote:
    """Find the words `exact` in `text`; `start` says which place is meant if there are several."""
    folded = fold(text)
    spans = _occurrences(folded, fold_quote(exact))
    if not spans:
        raise QuoteNotFound(f"quote: {_shown(exact)} is not in the article's text.")
    if start is not None:
        start += len(exact) - len(exact.lstrip())
        spans = [span for span in spans if span[0] == start] or spans
    if len(spans) > 1:
        raise QuoteAmbiguous(
            f"quote: {_shown(exact)} stands in {len(spans)} places in the text; "
            "quote more words or give the start of the one that is meant."
        )
    return select(text, *spans[0])


def reanchor(quote: Quote, text: str) -> Anchoring:
    """Find a quote again in a text that may have changed.

    By position, then by its words, then by its context among several places with the same words,
    then by likeness. Raises QuoteNotFound when there is no such place and QuoteAmbiguous when two
    are too much alike to choose.
    """
    if _stands(quote, text):
        return Anchoring(quote.start, quote.end, "position", 1.0)
    folded = fold(text)
    wanted = fold_quote(quote.exact)
    spans = _occurrences(folded, wanted)
    if len(spans) == 1:
        return Anchoring(*spans[0], "quote", 1.0)
    if spans:
        return _best(quote, [(_context(quote, text, *span), *span) for span in spans], "context")
    return _fuzzy(quote, text, folded, wanted)


def _stands(quote: Quote, text: str) -> bool:
    """Tell whether the words and what is around them are where they were."""
    before = text[max(0, quote.start - len(quote.prefix)) : quote.start]
    after = text[quote.end : quote.end + len(quote.suffix)]
    here = text[quote.start : quote.end]
    return (before, here, after) == (quote.prefix, quote.exact, quote.suffix)


def _occurrences(folded: Folded, wanted: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0 and len(found) < _MOST_OCCURRENCES:
        found.append(folded.span(at, at + len(wanted)))
        at = folded.text.find(wanted, at + 1)
    return found


def _context(quote: Quote, text: str, start: int, end: int) -> float:
    """Say how alike the surroundings are, 0 to 1; what touches the quote counts twice."""
    from rapidfuzz import fuzz  # large
    from rapidfuzz.distance import Postfix, Prefix

    before = fold(text[max(0, start - len(quote.prefix)) : start]).text
    after = fold(text[end : end + len(quote.suffix)]).text
    prefix, suffix = fold(quote.prefix).text, fold(quote.suffix).text
    touching = Postfix.normalized_similarity(prefix, before) + Prefix.normalized_similarity(
        suffix, after
    )
    return (fuzz.ratio(prefix, before) / 100 + fuzz.ratio(suffix, after) / 100 + touching) / 4


def _best(quote: Quote, ranked: list[tuple[float, int, int]], method: Method) -> Anchoring:
    """Give the best place, unless another one comes too close."""
    ranked.sort(reverse=True)
    score, start, end = ranked[0]
    if len(ranked) > 1 and score - ranked[1][0] < _TOO_CLOSE:
        raise QuoteAmbiguous(
            f"quote: {_shown(quote.exact)} could be at {start} or at {ranked[1][1]} in the text."
        )
    return Anchoring(start, end, method, round(score, 4))


def _fuzzy(quote: Quote, text: str, folded: Folded, wanted: str) -> Anchoring:
    ranked = []
    for alike, first, last in similar_passages(folded.text, wanted):
        start, end = folded.span(first, last)
        ranked.append((0.8 * alike + 0.2 * _context(quote, text, start, end), start, end))
    if not ranked:
        raise QuoteNotFound(f"quote: {_shown(quote.exact)} is not in this text, nor is its like.")
    return _best(quote, ranked, "fuzzy")


def as_selectors(quote: Quote) -> list[dict[str, str | int]]:
    """Give the quote as Web Annotation selectors."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": quote.exact,
            "prefix": quote.prefix,
            "suffix": quote.suffix,
        },
        {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
    ]


def text_fragment(quote: Quote) -> str:
    """Give the URL fragment that makes a browser show the quote on its page.

    Browsers match whole words within one block, so context is cut to whole words of the quote's
    own paragraph, and a long quote is given by its first and last words.
    """
    prefix = _last_words(quote.prefix.rpartition("\n")[2], quote.exact)
    suffix = _first_words(quote.suffix.partition("\n")[0], quote.exact)
    terms = [_encode(term) for term in _start_and_end(quote.exact)]
    if prefix:
        terms.insert(0, f"{_encode(prefix)}-")
    if suffix:
        terms.append(f"-{_encode(suffix)}")
    return "#:~:text=" + ",".join(terms)


def _last_words(prefix: str, exact: str) -> str:
    whole = prefix if len(prefix) < CONTEXT else prefix.partition(" ")[2]
    touches = prefix[-1:].isalnum() and exact[:1].isalnum()
    return "" if touches else whole.strip()


def _first_words(suffix: str, exact: str) -> str:
    whole = suffix if len(suffix) < CONTEXT else suffix.rpartition(" ")[0]
    touches = suffix[:1].isalnum() and exact[-1:].isalnum()
    return "" if touches else whole.strip()


def _start_and_end(exact: str) -> list[str]:
    lines = [line for line in exact.strip().split("\n") if line.strip()]
    if len(lines) <= 1 and len(exact) <= _LONG_FRAGMENT:
        return [" ".join(exact.split())]
    first, last = lines[0].split(), lines[-1].split()
    return [" ".join(first[:_FRAGMENT_WORDS]), " ".join(last[-_FRAGMENT_WORDS:])]


def _encode(term: str) -> str:
    return percent_encode(term, safe="").replace("-", "%2D")


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words[:57]}…”" if len(words) > 60 else f"“{words}”"
