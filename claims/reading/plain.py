"""Plain text and wire copy: which lines are page chrome, headline, standfirst, byline, body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.reading import dates, text
from claims.reading.datelines import Dateline, find_dateline, is_agency

_CHROME = frozenset(
    """
    all news|home|homepage|menu|news|latest news|breaking news|live|search|share|share this|print
    print this|print article|e-mail|email|tweet|copy link|facebook|twitter|telegram|whatsapp|vk
    subscribe|sign in|sign up|log in|login|register|skip to content|skip to main content|read more
    read also|see also|more|more news|top stories|most read|most popular|trending|related
    related articles|related news|recommended|advertisement|advertising|comments|leave a comment
    back to top|follow us|follow us on|newsletter|listen|listen to this article|save|next|previous
    privacy policy|cookie policy|accept cookies|all rights reserved|world|politics|все новости
    новости|поделиться|alle nachrichten|startseite|teilen|toutes les actualités|accueil|partager
    next story|previous story|next article|previous article|reading time
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
_BYLINE = re.compile(
    r"(?:by|von|par|por|di)\s+(?P<names>(?:\b(?:dr|jr|sr|st|[a-z])\.|[^\d.!?\"“]){3,120}?)"
    rf"(?:[\s,|·–—-]+(?:published\s+)?(?P<day>{dates.WRITTEN}).{{0,40}})?$",
    re.IGNORECASE,
)
_BESIDE_NAME = re.compile(r"\s*[|@·].*|\s+(?:in|for)\s+.*")
_ROLE = re.compile(r".*\b(?:writer|correspondent|reporter|editor|staff|bureau)", re.IGNORECASE)
_AND = re.compile(r",\s*|\s+(?:and|und|et|y|e|&)\s+")
_DATED = re.compile(
    r"(?:published|updated|posted|last updated|date|[^\W\d_]{3,9}day)?[\s:,\d]*"
    r"(?:[ap]\.?m\.?\s)?(?:[a-z]{2,4},\s)?"
    rf"(?:{dates.WRITTEN}|\d{{4}}-\d\d-\d\d)[\s,.T|at/–-]*(?:\d{{1,2}}[:.h]\d\d\S*)?\s*\S{{0,5}}$",
    re.IGNORECASE,
)
_READING_TIME = re.compile(r"(?:\w+|\d+)[ -]min(?:ute)?s?(?:[ -]read)?", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", '."', ".”", "!”", "?”", ".’", ".)", "»", ":", "。")
_WRAP_AT = (40, 100)
_PREAMBLE = 12
_HEADLINE = 250
_STANDFIRST = 500


@dataclass
class PlainArticle:
    """The parts of a plain text, and the lines left out as page chrome."""

    title: str = ""
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    day: dates.WrittenDay | None = None
    paragraphs: list[str] = field(default_factory=list)
    chrome: list[str] = field(default_factory=list)


def read_plain(source: str) -> PlainArticle:
    """Split normalised text into its parts."""
    article = PlainArticle()
    paragraphs: list[str] = []
    for paragraph in split_paragraphs(source):
        (article.chrome if _is_chrome(paragraph) else paragraphs).append(paragraph)
    at = _find_body(paragraphs, article)
    top = _read_labels(paragraphs[:at], article)
    article.paragraphs = paragraphs[at:]
    _read_headline(top, article)
    return article


def _is_chrome(paragraph: str) -> bool:
    return paragraph.casefold().strip(" :|›»>") in _CHROME


def is_label(paragraph: str) -> bool:
    """Tell whether a line is no part of a text: a link's words, a byline, an hour, a reading time."""
    bare = paragraph.strip(" -–—•·|")
    wordless = not any(map(str.isalpha, bare))
    return wordless or _is_chrome(bare) or _label(bare) or bool(_READING_TIME.fullmatch(bare))


def split_paragraphs(source: str) -> list[str]:
    """Split at blank lines and line ends, joining only lines that were wrapped to a width."""
    lines = [text.tidy(line) for line in source.split("\n")]
    width = max(map(len, lines), default=0)
    wrapped = _WRAP_AT[0] <= width <= _WRAP_AT[1]
    return list(_join(lines, width if wrapped else None))


def _join(lines: list[str], width: int | None) -> Iterator[str]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if paragraph and not _continues(paragraph[-1], line, width):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)


def _continues(before: str, line: str, width: int | None) -> bool:
    """Tell whether the first word of `line` would not have fitted on the line before it."""
    if not width or not line:
        return False
    return len(before) + 1 + len(line.split(" ", 1)[0]) > width


def _find_body(paragraphs: list[str], article: PlainArticle) -> int:
    """Find the paragraph with the dateline, else the first that reads like a sentence."""
    for at, paragraph in enumerate(paragraphs[:_PREAMBLE]):
        if found := find_dateline(paragraph):
            article.dateline = found
            return at
    return _first_sentence(paragraphs)


def _first_sentence(paragraphs: list[str]) -> int:
    """Count the short lines without a full stop at the top; the last paragraph is always body."""
    for at, paragraph in enumerate(paragraphs[:_PREAMBLE]):
        if (paragraph.endswith(_ENDS) and not _label(paragraph)) or len(paragraph) > _STANDFIRST:
            return min(at, len(paragraphs) - 1)
    return min(1, max(len(paragraphs) - 1, 0))


def _label(paragraph: str) -> bool:
    return bool(len(paragraph) < 160 and (_BYLINE.match(paragraph) or _DATED.match(paragraph)))


def _read_labels(top: list[str], article: PlainArticle) -> list[str]:
    """Take bylines and dates out of the lines above the body."""
    rest = []
    for line in top:
        if byline := _BYLINE.match(line) if len(line) < 160 else None:
            article.authors += tuple(_authors(byline["names"]))
            article.day = article.day or dates.find_day(byline["day"] or "")
        elif len(line) < 160 and _DATED.match(line):
            article.day = article.day or dates.find_day(line)
        else:
            rest.append(line)
    return rest


def _authors(names: str) -> list[str]:
    """The people of a byline, without the agency, office or town set beside them."""
    found = [_BESIDE_NAME.sub("", name) for name in split_names(names)]
    people = [name for name in found if not _ROLE.match(name) and not is_agency(name)]
    return people or found


def split_names(names: str) -> list[str]:
    """Split "Ann Lee, Bo Ek and Cy Fox" into names."""
    return [name for part in _AND.split(names) if (name := part.strip(" ,.;"))]


def _read_headline(top: list[str], article: PlainArticle) -> None:
    """Take headline and standfirst; a rubric above the headline is chrome, the rest is body."""
    if len(top) > 1 and _rubric(top[0], top[1]):
        article.chrome.append(top.pop(0))
    if top and len(top[0]) <= _HEADLINE:
        article.title = top.pop(0)
        if top and len(top[0]) <= _STANDFIRST:
            article.standfirst = top.pop(0)
    article.paragraphs[:0] = top


def _rubric(line: str, below: str) -> bool:
    words = line.split()
    return len(words) <= 3 and not line.endswith(_ENDS) and len(below.split()) > len(words) + 2
