"""Fact-checks of other outlets in the shapes they are published in, in words of our own; and reading them."""

from __future__ import annotations

import io
import json
from typing import Any

from claims.desk_vocabulary import ImportFormat
from claims.interop.formats import READERS, Options, Source
from claims.interop.formats.mapping import read_mapping
from claims.interop.statements import Fault, Row, Statement

MAPPING = """
columns: {claim: Claim, claimant: Who, said_on: Day, rating: Verdict, url: Link}
constants: {outlet: Bridge Watch, language: en}
dates: "%d-%m-%Y"
labels: {"Busted!": "false", "Opinion": null}
"""


def review(**fields: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checkers.example/bridge",
        "datePublished": "2025-03-05",
        "inLanguage": "en-GB",
        "author": {"@type": "Organization", "name": "The Checkers"},
        "claimReviewed": "The old bridge is safe.",
        "reviewRating": {"@type": "Rating", "alternateName": "Mostly false"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Ada Moro"},
            "datePublished": "2025-03-01",
        },
        **fields,
    }


def answer(text: str = "The old bridge is safe.", **fields: Any) -> dict[str, Any]:
    return {
        "text": text,
        "claimant": "Ada Moro",
        "claimDate": "2025-03-01T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "The Checkers", "site": "checkers.example"},
                "url": "https://checkers.example/bridge",
                "title": "Is the bridge safe?",
                "reviewDate": "2025-03-05T08:00:00Z",
                "textualRating": "False",
                "languageCode": "en",
                **fields,
            }
        ],
    }


def ruling(**fields: Any) -> dict[str, Any]:
    return {
        "speaker": {"first_name": "Ada", "last_name": "Moro", "party": {"party": "Greens"}},
        "statement": "<p>Says the old bridge &quot;is safe.&quot;</p>\r\n",
        "statement_date": "2016-07-19",
        "statement_context": "a speech",
        "statement_url": "/truth-o-meter/statements/2016/jul/19/ada-moro/bridge/",
        "subject": [{"subject": "Bridges"}, {"subject": "Safety"}],
        "ruling": {"ruling": "Pants on Fire!"},
        "ruling_date": "2016-07-20T10:00:00",
        "ruling_headline": "The bridge is closed",
        **fields,
    }


def rumour(number: int, kind: int, crawled: str, said: str = "查证") -> str:
    return f"x{number},{number},桥梁 {number} 已经关闭？,{said},,,,{kind},{crawled}"


def snapshot(*rows: str) -> bytes:
    header = "_id,id,title,mainSummary,summary,body,sourceUrl,rumorType,crawlTime"
    return "\n".join([header, *rows]).encode("utf-8-sig")


def read(
    form: ImportFormat, *files: bytes | str | Any, as_own: bool = False, mapping: str = ""
) -> list[Row]:
    """Return what a reader makes of files: bytes as they are, texts in UTF-8, all else as JSON."""
    sources = [_source(f"file{number}", data) for number, data in enumerate(files)]
    told = read_mapping(mapping) if mapping else None
    return list(READERS[form](sources, Options(as_own=as_own, mapping=told)))


def bytes_of(data: Any) -> bytes:
    if isinstance(data, bytes):
        return data
    return data.encode() if isinstance(data, str) else json.dumps(data).encode()


def _source(name: str, data: Any) -> Source:
    return Source(name, lambda: io.BytesIO(bytes_of(data)))


def statements(rows: list[Row]) -> list[Statement]:
    return [row for row in rows if isinstance(row, Statement)]


def faults(rows: list[Row]) -> list[Fault]:
    return [row for row in rows if isinstance(row, Fault)]


def only(rows: list[Row]) -> Statement:
    (row,) = rows
    assert isinstance(row, Statement), row
    return row
