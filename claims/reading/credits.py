"""Wire credits: the news agency that a report says it was taken from, in its byline, dateline or a line of its own.

A photograph's credit is none, and an agency that is only spoken of ("told Reuters") is none either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.reading.datelines import find_dateline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Each agency's usual name, and the ways in which papers write it. Case matters: "ap" and "ani" are words.
_AGENCIES = {
    "AAP": ("AAP", "Australian Associated Press"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse"),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı"),
    "ANI": ("ANI", "Asian News International"),
    "ANSA": ("ANSA", "Ansa"),
    "AP": ("AP", "A.P.", "Associated Press", "The Associated Press"),
    "Belga": ("Belga", "BELGA"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "Canadian Press": ("Canadian Press", "The Canadian Press"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur"),
    "EFE": ("EFE", "Efe", "Agencia EFE"),
    "IANS": ("IANS",),
    "Interfax": ("Interfax", "Интерфакс"),
    "Kyodo": ("Kyodo", "Kyodo News", "KYODO"),
    "Lusa": ("Lusa", "LUSA"),
    "PA Media": ("PA Media", "Press Association", "PA news agency"),
    "PTI": ("PTI", "Press Trust of India"),
    "Reuters": ("Reuters", "REUTERS", "Thomson Reuters"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости"),
    "TASS": ("TASS", "ТАСС"),
    "Ukrinform": ("Ukrinform", "Укрінформ"),
    "UPI": ("UPI", "United Press International"),
    "Xinhua": ("Xinhua", "XINHUA", "新华社"),
    "Yonhap": ("Yonhap", "YONHAP"),
}
_NAMES = {written: name for name, all_written in _AGENCIES.items() for written in all_written}
_AGENCY = "|".join(re.escape(written) for written in sorted(_NAMES, key=len, reverse=True))
_WIRE = rf"(?:the )?(?P<agency>{_AGENCY})(?![\w&])"
_PARTNERS = r"(?:\s*[/,&+–-]\s*[\w.]{2,20})?"
# "Reuters", "Reuters Staff", "Associated Press in Valencia", "AFP, MANILA", "dpa/tmn"
_AS_AUTHOR = re.compile(
    rf"(?:by |von |par |por |di )?{_WIRE}{_PARTNERS}"
    r"(?:\s*(?:staff|writers?|news ?agency|correspondents?|reporters?)"
    r"|,? (?:in|at|aus|à|en) .{2,40}|, [^\W\d_a-z][^\d]{2,40})?\.?",
    re.IGNORECASE,
)
_LEADS = (
    r"by|von|par|por|source|sources|quelle|quellen|fuente|fonte|источник|from|avec|mit material von"
    r"|with (?:files|reporting|inputs?|material|information) from|with|con información de"
    r"|com informações d[aeo]|reporting by .{2,80} for|this (?:story|article|report) (?:was|is) "
    r"(?:first |originally )?(?:published|provided|written|reported) by"
)
_CREDIT_LINE = re.compile(
    rf"[(\[*—–-]*\s*(?:{_LEADS})\s*:?\s*{_WIRE}.{{0,60}}", re.IGNORECASE | re.DOTALL
)
_SIGNED = re.compile(
    rf"(?:^|[.!?…”\"’»)\s])\s*(?:[(\[]\s*{_WIRE}{_PARTNERS}\s*[)\]]|[—–-]{{1,2}}\s*{_WIRE.replace('agency', 'dashed')})"
    r"\.?$"
)
# Only one agency ends its reports so.
_REUTERS_CLOSING = re.compile(
    r"\(?(?:additional )?reporting by .{2,400}\bediting by .{2,80}", re.I | re.S
)
_PICTURE = re.compile(
    r"photo|picture|image|foto|bild|imagen|getty|\bvia\b|illustration|video|grafik|graphic|credit",
    re.IGNORECASE,
)
_LONGEST_LINE, _LONGEST_CLOSING = 160, 500
_MARKS = ("byline", "author", "name", "source", "agency", "contributor")
_NAMED_SO = " or ".join(
    f"contains(concat(@class, ' ', @id, ' ', @rel, ' ', @itemprop), '{mark}')" for mark in _MARKS
)
_BYLINES = (
    f"(//h1)[1]/following::*[self::address or {_NAMED_SO}]"
    "[not(ancestor::figure or ancestor::nav or ancestor::footer)][position() <= 40]"
)
_LONGEST_BYLINE, _MOST_BYLINES = 80, 6
_TOP, _END = 3, 3


@dataclass(frozen=True, slots=True)
class WireCredit:
    """The agency a report is credited to, by its usual name, and the words that say so."""

    agency: str
    words: str


def find_wire_credit(
    text: str, *, authors: Sequence[str] = (), around: Iterable[str] = ()
) -> WireCredit | None:
    """Return the agency that a report is credited to, if it says one.

    `text` has a blank line between paragraphs; `authors` are those its page states; `around` are the lines that were
    set aside as no part of the text.
    """
    paragraphs = [part for part in text.split("\n\n") if part]
    found = (
        *map(_of_author, authors),
        *map(_of_dateline, paragraphs[:_TOP]),
        *map(_of_line, _lines(paragraphs, around)),
        *map(_of_signature, paragraphs[-2:]),
    )
    return next(filter(None, found), None)


def bylines(tree: HtmlElement) -> list[str]:
    """Return what a page shows as the authors of its story, beneath the headline: often more than it states."""
    shown = (" ".join((one.text_content() or "").split()) for one in tree.xpath(_BYLINES))
    return [line for line in shown if 0 < len(line) <= _LONGEST_BYLINE][:_MOST_BYLINES]


def agency_of(name: str) -> str:
    """Return the usual name of the agency that a publisher's name is that of, "" for any other."""
    return _NAMES.get(name.strip(), "")


def _lines(paragraphs: list[str], around: Iterable[str]) -> Iterator[str]:
    """Give the short lines above, beneath and around a text: where credits stand."""
    ends = dict.fromkeys([*paragraphs[:_TOP], *paragraphs[-_END:]])
    for line in (*around, *ends):
        if len(line) <= _LONGEST_LINE and not _PICTURE.search(line):
            yield line


def _of_author(author: str) -> WireCredit | None:
    return _credit(_AS_AUTHOR.fullmatch(author.strip()), author)


def _of_dateline(paragraph: str) -> WireCredit | None:
    line = find_dateline(paragraph)
    agency = _NAMES.get(line.agency, "") if line else ""
    return WireCredit(agency, line.written) if line and agency else None


def _of_line(line: str) -> WireCredit | None:
    bare = line.strip(" ()[]*—–-|/")
    return _credit(_AS_AUTHOR.fullmatch(bare), line) or _credit(_CREDIT_LINE.fullmatch(line), line)


def _of_signature(paragraph: str) -> WireCredit | None:
    """Read "… he said. (AFP)": an agency's sign behind the last sentence."""
    if closing := _REUTERS_CLOSING.search(paragraph[-_LONGEST_CLOSING:]):
        return WireCredit("Reuters", closing[0].strip(" ()"))
    return _credit(_SIGNED.search(paragraph[-80:]), paragraph[-40:])


def _credit(match: re.Match[str] | None, words: str) -> WireCredit | None:
    """Make a credit of what matched without regard to case, if the agency's name is written as one."""
    groups = match.groupdict() if match else {}
    agency = _NAMES.get(groups.get("agency") or groups.get("dashed") or "", "")
    return WireCredit(agency, words.strip()) if agency else None
