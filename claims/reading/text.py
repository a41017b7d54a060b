"""From bytes to clean text: unpacking, encodings, control characters, size caps.

Everything that can be wrong with a file before anybody reads it is refused here, once, as
`UnreadableArticle`; the readers above may then trust their input.
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import unicodedata
import zlib
from collections import Counter


def gettext_noop(sentence: str) -> str:
    """Return a sentence as it is, marked for the catalogues of those who translate it when they show it."""
    return sentence


MAX_BYTES = 10_000_000
MAX_TEXT = 2_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_MAGIC = (
    (b"%PDF-", gettext_noop("a PDF")),
    (b"\x89PNG\r\n", gettext_noop("a PNG image")),
    (b"\xff\xd8\xff", gettext_noop("a JPEG image")),
    (b"GIF8", gettext_noop("a GIF image")),
    (b"PK\x03\x04", gettext_noop("a ZIP archive or an office document")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("an office document")),
    (b"\x7fELF", gettext_noop("a program")),
)
_LEGACY = ["cp1252", "cp1251", "koi8_r", "cp1250", "gb18030", "big5", "shift_jis", "euc_jp"]
_GUESS_BYTES = 50_000
# The labels that the web has always meant Windows-1252 by (WHATWG Encoding Standard).
_MEANS_CP1252 = {"ascii", "iso8859-1", "cp1252"}
# Text codecs of Python that no file is in; some take quadratic time.
_NOT_FOR_FILES = {"idna", "punycode", "raw_unicode_escape", "unicode_escape", "utf-7", "undefined"}
_LATIN = 0.4
_OF_TWO_ALPHABETS = 0.9
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff]")
_SHARE_OF_CONTROLS = 0.01


class UnreadableArticle(ValueError):
    """Raised for bytes that cannot be read as an article.

    `field` names the part of the input at fault ("data", "encoding", "media_type") and `reason`
    says in plain words why, so that a form or a command can show both. `sentence` and `values` are
    the reason before they are put together, for whoever says it in another language.
    """

    def __init__(self, field: str, sentence: str, **values: object) -> None:
        self.field = field
        self.sentence = sentence
        self.values = values
        self.reason = sentence % values
        super().__init__(f"{field}: {self.reason}")


class NoArticleText(UnreadableArticle):
    """Raised for a page that can be read and holds no text of an article: a video, a list, a table of links."""


def unpack(data: bytes) -> bytes:
    """Give `data`, unpacked if it is gzip; refuse what is empty or larger than the cap."""
    if data[:2] == b"\x1f\x8b":
        data = _gunzip(data)
    if len(data) > MAX_BYTES:
        raise UnreadableArticle(
            "data", gettext_noop("The file is larger than %(limit)s bytes."), limit=f"{MAX_BYTES:,}"
        )
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableArticle("data", gettext_noop("The file is empty."))
    return data


def _gunzip(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableArticle(
            "data", gettext_noop("The gzip file is damaged or cut off.")
        ) from error


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> str:
    """Decode `data`; no byte is ever replaced by a question mark.

    `encoding` is what the person says and must hold; `declared` is what the page or the server
    says and is only believed when it fits.
    """
    _refuse_binary(data)
    if encoding:
        return _said(data, encoding)
    for candidate in (_marked(data), declared, "utf-8"):
        if candidate and (text := _try(data, candidate)) is not None:
            return text
    return _guessed(data)


def _refuse_binary(data: bytes) -> None:
    for magic, name in _BINARY_MAGIC:
        if data.startswith(magic):
            raise UnreadableArticle(
                "data", gettext_noop("This is %(kind)s, not text or HTML."), kind=name
            )


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in _NOT_FOR_FILES:
        return None
    return "cp1252" if name in _MEANS_CP1252 else name


def _try(data: bytes, label: str) -> str | None:
    name = _codec(label)
    try:
        return data.decode(name) if name else None
    except (UnicodeError, LookupError):
        return None


def _said(data: bytes, encoding: str) -> str:
    if _codec(encoding) is None:
        raise UnreadableArticle(
            "encoding", gettext_noop("No encoding is called %(name)s."), name=repr(encoding[:40])
        )
    marked = _marked(data)
    text = _try(data, marked) if marked and marked.startswith(encoding.lower()[:5]) else None
    if text is None:
        text = _try(data, encoding)
    if text is None:
        raise UnreadableArticle(
            "encoding", gettext_noop("The bytes are not valid %(name)s."), name=encoding[:40]
        )
    return text


def _marked(data: bytes) -> str | None:
    """Name the encoding that a byte order mark, or the zero bytes of UTF-16, give away."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:2000]
    even, odd = head[::2], head[1::2]
    if _high_bytes(odd, even):
        return "utf-16-le"
    return "utf-16-be" if _high_bytes(even, odd) else None


def _high_bytes(high: bytes, low: bytes) -> bool:
    """Tell whether every second byte only says which alphabet it is: zero, or zero and one other."""
    zeros = high.count(0)
    if zeros < 2 or low.count(0) >= zeros / 10:
        return False
    commonest = Counter(high).most_common(2)
    of_two = sum(count for _, count in commonest) >= _OF_TWO_ALPHABETS * len(high)
    return zeros > len(high) * _LATIN or (of_two and 0 in dict(commonest))


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # large

    found = from_bytes(data[:_GUESS_BYTES], cp_isolation=_LEGACY).best()
    labels = [found.encoding] if found else []
    for label in [*labels, "cp1252"]:
        if (text := _try(data, label)) is not None:
            return text
    raise UnreadableArticle(
        "data", gettext_noop("The encoding of the text could not be recognised.")
    )


def normalise(text: str) -> str:
    """Give NFC text with `\\n` line ends and without control characters; refuse non-text."""
    if "\0" in text:
        at = text.index("\0")
        raise UnreadableArticle(
            "data", gettext_noop("There is a NUL character at position %(place)d."), place=at
        )
    if _SURROGATE.search(text):
        raise UnreadableArticle(
            "data", gettext_noop("There is half of a surrogate pair in the text.")
        )
    text, dropped = _CONTROLS.subn("", _NEWLINES.sub("\n", text))
    if dropped > 3 + _SHARE_OF_CONTROLS * len(text):
        raise UnreadableArticle(
            "data", gettext_noop("This looks like a binary file, not text or HTML.")
        )
    return unicodedata.normalize("NFC", text)


def refuse_oversize(text: str) -> str:
    """Give `text` back unless it is longer than an article may be."""
    if len(text) > MAX_TEXT:
        raise UnreadableArticle(
            "data",
            gettext_noop("The text is longer than %(limit)s characters."),
            limit=f"{MAX_TEXT:,}",
        )
    return text


def tidy(line: str) -> str:
    """Give one line or paragraph without the white space around and the runs of blanks in it."""
    return re.sub(r"[ \t]+", " ", line).strip(" \t\n\u00a0\u2002\u2003\u3000")
