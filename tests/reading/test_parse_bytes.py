"""Bytes: every encoding is recognised or refused, and what is not text is refused by name."""

from __future__ import annotations

import gzip

import pytest

from claims.reading import text as texts
from claims.reading.parse import UnreadableArticle, parse_article

ENGLISH = "The café’s owner said “no” – twice. It was the end of the story, and that was it."
RUSSIAN = (
    "Пресс-секретарь сообщила, что новая паромная линия перевезла за первую неделю более "
    "двенадцати тысяч пассажиров. Подтвердить сообщения о переполненных судах она не смогла."
)
GERMAN = "Die Sprecherin bestätigte, dass die Fähre täglich fünfmal fährt. Größere Schiffe fehlen."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (GERMAN, "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (GERMAN, "utf-16-le"),
    ],
)
def test_encodings_are_recognised(text, encoding):
    assert parse_article(text.encode(encoding)).text == text


def test_a_stated_encoding_is_believed():
    assert parse_article(GERMAN.encode("cp1250"), encoding="cp1250").text == GERMAN


def test_a_stated_encoding_allows_for_a_byte_order_mark():
    data = ENGLISH.encode("utf-8-sig")
    assert parse_article(data, encoding="utf-8").text == ENGLISH


def test_a_charset_in_the_media_type_is_tried_first():
    data = RUSSIAN.encode("koi8-r")
    assert parse_article(data, media_type="text/plain; charset=koi8-r").text == RUSSIAN


def test_a_charset_that_does_not_fit_is_not_believed():
    data = RUSSIAN.encode("utf-8")
    assert parse_article(data, media_type="text/plain; charset=ascii-7").text == RUSSIAN


def test_control_characters_are_dropped():
    assert (
        parse_article(b"It snowed.\x07 Buses\x1b were late.").text == "It snowed. Buses were late."
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x00" * 40, "empty"),
        (b"It snowed.\x00 Buses were late.", "NUL character at position 10"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG image"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (bytes(range(1, 32)) * 30, "binary"),
        (ENGLISH.encode("cp1252") * 700 + b"\x81\x8d", "could not be recognised"),
        (b"\x1f\x8b\x08broken", "damaged"),
        (gzip.compress(b"It snowed. " * 99, mtime=0)[:-12], "damaged or cut off"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"<html><body><script>x()</script></body></html>", "No article text"),
    ],
)
def test_what_is_not_an_article_is_refused_by_name(data, reason):
    with pytest.raises(UnreadableArticle, match=reason) as caught:
        parse_article(data)
    assert caught.value.field == "data"


@pytest.mark.parametrize(
    ("encoding", "reason"),
    [
        ("klingon", "No encoding is called"),
        ("ascii\0", "No encoding"),
        ("utf-8", "not valid utf-8"),
        ("base64", "not valid base64"),
        ("punycode", "No encoding"),
    ],
)
def test_a_stated_encoding_that_cannot_be_is_refused(encoding, reason):
    with pytest.raises(UnreadableArticle, match=reason) as caught:
        parse_article(GERMAN.encode("latin-1"), encoding=encoding)
    assert caught.value.field == "encoding"


def test_other_media_types_are_refused():
    with pytest.raises(UnreadableArticle, match="Only plain text and HTML") as caught:
        parse_article(b"It snowed.", media_type="application/pdf")
    assert caught.value.field == "media_type"


def test_a_file_above_the_cap_is_refused():
    with pytest.raises(UnreadableArticle, match="larger than"):
        parse_article(b"a" * (texts.MAX_BYTES + 1))


def test_a_gzip_bomb_is_not_unpacked_beyond_the_cap():
    bomb = gzip.compress(b"a" * (texts.MAX_BYTES + 2_000_000), compresslevel=1)
    with pytest.raises(UnreadableArticle, match="larger than"):
        parse_article(bomb)


def test_a_text_above_the_cap_is_refused():
    with pytest.raises(UnreadableArticle, match="longer than"):
        parse_article(b"word " * (texts.MAX_TEXT // 5 + 1))


def test_a_packed_article_is_the_same_article():
    packed = parse_article(gzip.compress(ENGLISH.encode()))
    plain = parse_article(ENGLISH.encode())
    assert packed == plain
    assert packed.original == ENGLISH.encode()


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(UnreadableArticle, match="surrogate"):
        texts.normalise("It snowed \ud83d.")
