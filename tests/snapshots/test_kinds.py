"""What a file is, is told by its content; what is kept of a picture is the picture."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from claims.snapshots.kinds import UnfitFile, check_picture, clean_name, fit, kind_of
from tests.snapshots.pictures import FORMATS, PDF, SECRETS, moving, picture

PICTURES = list(FORMATS)
UNFIT = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html in a comment before a PDF": b"<!-- --><script>alert(1)</script>%PDF-1.7 %%EOF",
    "program": b"MZ\x90\x00",
    "archive": b"PK\x03\x04",
    "gif": b"GIF89a" + b"\0" * 30,
    "tiff": b"II*\x00\x08\x00\x00\x00",
    "text": b"It snowed.",
    "nothing": b"",
    "riff of another kind": b"RIFF\x00\x00\x00\x00WAVE",
}


def reason(data: bytes) -> str:
    """Return why a file is not kept."""
    with pytest.raises(UnfitFile) as refused:
        fit(data, "a.png")
    return refused.value.reason


@pytest.mark.parametrize("data", UNFIT.values(), ids=UNFIT)
def test_anything_but_documents_and_pictures_is_refused_whatever_its_name(data: bytes) -> None:
    assert reason(data) == "kind"


@pytest.mark.parametrize("media_type", PICTURES)
def test_what_was_written_into_a_picture_is_not_kept(media_type: str) -> None:
    sent = picture(media_type)
    assert any(secret in sent for secret in SECRETS)
    kept = fit(sent, "a.png")
    assert (kept.media_type, kind_of(kept.data)) == (media_type, media_type)
    assert [secret for secret in SECRETS if secret in kept.data] == []
    assert not Image.open(io.BytesIO(kept.data)).getexif()


@pytest.mark.parametrize("media_type", PICTURES)
def test_nothing_of_the_picture_itself_is_lost(media_type: str) -> None:
    sent = picture(media_type)
    before, after = Image.open(io.BytesIO(sent)), Image.open(io.BytesIO(fit(sent, "a").data))
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("way", [3, 6, 8])
@pytest.mark.parametrize("media_type", PICTURES)
def test_a_picture_is_shown_the_way_it_was_taken(media_type: str, way: int) -> None:
    sent = picture(media_type, turned=way)
    kept = fit(sent, "a").data
    upright = [ImageOps.exif_transpose(Image.open(io.BytesIO(data))) for data in (sent, kept)]
    assert upright[0].tobytes() == upright[1].tobytes()
    assert upright[0].size == upright[1].size
    assert [secret for secret in SECRETS if secret in kept] == []


def test_a_picture_in_several_scans_is_kept_whole() -> None:
    sent = picture("image/jpeg", progressive=True, size=(200, 100))
    assert sent.count(b"\xff\xda") > 1
    before, after = Image.open(io.BytesIO(sent)), Image.open(io.BytesIO(fit(sent, "a").data))
    assert before.tobytes() == after.tobytes()


def test_the_colours_a_picture_is_meant_in_are_kept() -> None:
    profile = b"\0" * 128
    for media_type in PICTURES:
        kept = Image.open(io.BytesIO(fit(picture(media_type, icc_profile=profile), "a").data))
        assert kept.info["icc_profile"] == profile


def test_stripping_twice_changes_nothing() -> None:
    for media_type in PICTURES:
        once = fit(picture(media_type, turned=6), "a").data
        assert fit(once, "a").data == once


def png_of(width: int, height: int) -> bytes:
    """Return a picture that claims a size and holds nothing."""
    parts = b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")):
        crc = zlib.crc32(name + body)
        parts += struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)
    return parts


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 10_000), (7_100, 7_100)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    size: tuple[int, int],
) -> None:
    assert reason(png_of(*size)) == "pixels"
    with pytest.raises(UnfitFile):
        check_picture(png_of(*size), "image/png")


@pytest.mark.parametrize("media_type", ["image/png", "image/webp"])
def test_a_moving_picture_is_refused(media_type: str) -> None:
    assert reason(moving(media_type)) == "moving"


@pytest.mark.parametrize("media_type", PICTURES)
def test_a_picture_cut_off_is_refused(media_type: str) -> None:
    whole = fit(picture(media_type, size=(300, 300)), "a").data
    for length in (9, 13, 20, 40, len(whole) // 2, len(whole) - 20):
        assert reason(whole[:length]) in ("damaged", "kind")


def test_a_document_is_kept_as_it_is_if_it_is_whole() -> None:
    assert fit(PDF, "Report.PDF").data == PDF
    assert reason(PDF[:-20]) == "damaged"


@given(st.binary(max_size=300), st.sampled_from(PICTURES), st.integers(0, 200))
def test_no_bytes_raise_anything_else(noise: bytes, media_type: str, at: int) -> None:
    whole = picture(media_type)
    with suppress(UnfitFile):
        assert fit(whole[:at] + noise + whole[at + len(noise) :], "a").media_type in PICTURES


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ann\\report.pdf", "report.pdf"),
        ("report.html", "report.pdf"),
        ("report", "report.pdf"),
        ("a\0b\nc.pdf", "a b c.pdf"),
        ("safe\u202efdp.exe", "safe fdp.pdf"),
        ("zero\u200bwidth.pdf", "zero width.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("Bericht für März.pdf", "Bericht für März.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("a.tar.gz", "a.tar.pdf"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given, "application/pdf") == kept


def test_a_page_opened_from_a_disk_does_not_come_alive() -> None:
    assert clean_name("page", "text/html") == "page.html.txt"
