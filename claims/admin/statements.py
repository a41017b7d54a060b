"""What an article says, as the desk reads it: its attributed statements, and the words at a place.

Places are pairs of code points of the article's text, written "start-end" in addresses and forms.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Self

from claims.admin.base import is_key
from claims.models import Article
from claims.reading.attribution import Statement, suggest

READ_AT_MOST = 100_000
AROUND = 500
ARTICLES_AT_HAND = 16


class Place(NamedTuple):
    """Where words stand: from the code point `start` up to `end`."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    @classmethod
    def read(cls, written: str, article: Article) -> Self | None:
        """Return the place `written` names, if there are such words in `article`."""
        start, end = (int(one) if is_key(one) else 0 for one in written.partition("-")[::2])
        return cls(start, end) if 0 <= start < end <= len(article.text) else None

    def shared_with(self, start: int, end: int) -> int:
        """Return how many code points both cover."""
        return max(0, min(self.end, end) - max(self.start, start))


def statements_in(article: Article) -> tuple[Statement, ...]:
    """Return the attributed statements of an article, as far as a page can show them."""
    return _read(article.text[:READ_AT_MOST])


@lru_cache(maxsize=ARTICLES_AT_HAND)
def _read(text: str) -> tuple[Statement, ...]:
    """Texts are frozen and reading is pure: whoever works through a long one waits for it once."""
    return tuple(suggest(text))


def statement_at(article: Article, place: Place | None) -> Statement | None:
    """Return the statement that was suggested at exactly this place."""
    return next((one for one in statements_in(article) if place_of(one) == place), None)


def statement_near(article: Article, place: Place | None) -> Statement | None:
    """Return the suggestion that covers most of the words at `place`: who chose them means its speaker."""
    if place is None:
        return None
    shares = [(place.shared_with(one.start, one.end), one) for one in statements_in(article)]
    share, nearest = max(shares, key=lambda pair: pair[0], default=(0, None))
    return nearest if share else None


def place_of(statement: Statement) -> Place:
    """Return where a statement stands."""
    return Place(statement.start, statement.end)


def passage_of(article: Article, place: Place | None) -> tuple[str, str, str] | None:
    """Return the paragraph around `place`: what stands before the quote, the quote, and what stands after it."""
    if place is None:
        return None
    start, end = place
    begin = article.text.rfind("\n\n", 0, start) + 1
    close = article.text.find("\n\n", end)
    text = article.text if close < 0 else article.text[:close]
    before, after = text[begin:start].lstrip(), text[end:]
    before = before if len(before) <= AROUND else f"…{before[-AROUND:]}"
    after = after if len(after) <= AROUND else f"{after[:AROUND]}…"
    return before, text[start:end], after


def as_sentence(content: str) -> str:
    """Return a quoted clause as the sentence a wording starts from."""
    text = " ".join(content.split()).strip(' ,;“”"')
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
