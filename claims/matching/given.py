"""What was sent to be looked through, made into one text: typed, an article's HTML, or the page behind a link.

Places in that text are counted in code points. It is NFC, its lines end with `\\n`, and it has no control characters.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from claims.desk_vocabulary import FetchTrouble
from claims.fetching import Fetcher, FetchFailed, FetchRefused
from claims.languages import canonical_tag
from claims.reading.language import guess_language
from claims.reading.parse import ParsedArticle, parse_article
from claims.reading.text import UnreadableArticle, normalise

LONGEST_TEXT = 50_000  # code points
# Somebody waits for it, and a server's process with them.
FETCHER = Fetcher(
    max_bytes=3_000_000, total_seconds=8, read_seconds=4, connect_seconds=3, max_redirects=3
)
READABLE = ("text/html", "application/xhtml+xml", "text/plain")


class Why(StrEnum):
    """Why there is no text. What is said of an address tells nothing of the network that the register stands in."""

    NOT_TEXT = "not_text"
    NOT_FETCHED = "not_fetched"
    NOT_ANSWERED = "not_answered"
    NO_ARTICLE = "no_article"


class NotRead(ValueError):
    """Raised when what was sent cannot be made into a text; `why` says for what reason, `told` in English."""

    def __init__(self, why: Why, told: str) -> None:
        super().__init__(told)
        self.why = why
        self.told = told


@dataclass(frozen=True, slots=True)
class Given:
    """The text to look through, and what is known of where it comes from.

    `cut` says that the text went on after `LONGEST_TEXT`. `url` is where the page was found in the end.
    """

    text: str
    title: str = ""
    language: str = ""
    url: str = ""
    cut: bool = False

    @property
    def sha256(self) -> str:
        """The digest of the text in UTF-8, by which places in it can be told to be about it."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def typed_text(text: str) -> Given:
    """Take a text as it was typed or pasted. Raises NotRead for what is no text: NUL, halves of surrogate pairs."""
    try:
        whole = normalise(text)
    except UnreadableArticle as error:
        raise NotRead(Why.NOT_TEXT, error.reason) from error
    return _given(whole, language=guess_language(whole))


def sent_page(html: str, *, url: str = "") -> Given:
    """Take the article out of a page's HTML. Raises NotRead where there is none."""
    try:
        data = normalise(html).encode()
        article = parse_article(data, media_type="text/html;charset=utf-8", url=url)
    except UnreadableArticle as error:
        raise NotRead(Why.NO_ARTICLE, error.reason) from error
    return _of_article(article)


def fetched_page(url: str) -> Given:
    """Fetch a page by the one guarded way and take the article out of it.

    Raises NotRead: for an address that is not fetched or leads to no public host, for a server that gives no usable
    answer, for a page without an article.
    """
    try:
        page = FETCHER.fetch(url, accept=READABLE)
        article = parse_article(page.body, media_type=page.media_type, url=page.final_url)
    except FetchRefused as error:
        raise NotRead(Why.NOT_FETCHED, "This address is not fetched.") from error
    except FetchFailed as error:
        # Whether a name leads nowhere or to a host of our own network is nobody's to find out.
        if error.trouble == FetchTrouble.NO_HOST:
            raise NotRead(Why.NOT_FETCHED, "This address is not fetched.") from error
        raise NotRead(Why.NOT_ANSWERED, "The page could not be fetched.") from error
    except UnreadableArticle as error:
        raise NotRead(Why.NO_ARTICLE, "No text could be read on that page.") from error
    return _of_article(article)


def _of_article(article: ParsedArticle) -> Given:
    tag = canonical_tag(article.language)
    return _given(article.text, title=article.title, language=tag, url=article.url)


def _given(text: str, *, language: str, title: str = "", url: str = "") -> Given:
    return Given(text[:LONGEST_TEXT], title, language, url, cut=len(text) > LONGEST_TEXT)
