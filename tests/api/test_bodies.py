"""Bodies: whatever is not one clean JSON object is refused before anything is looked at."""

from __future__ import annotations

import json

import pytest

from claims.models import Claim
from tests.api.writer import Writer


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b'{"wording": }',
        b"{'wording': 'w'}",
        b'{"wording": "w"} x',
        b'\xef\xbb\xbf{"wording": "w"}',
        b'{"wording": "\xff"}',
        b'{"wording": "w", "wording": "v"}',
        b'{"wording": "w", "claimant": {"id": "1", "id": "2"}}',
        b'{"wording": "\\u0000"}',
        b'{"wording": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"wording": NaN}',
        b'{"wording": -Infinity}',
        b'{"wording": ' + b"9" * 5000 + b"}",
        b'{"wording": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"wording": ' + b"[" * 50 + b"]" * 50 + b"}",
        b'{"a":' * 300 + b"1" + b"}" * 300,
        '{"wording": "w"}'.encode("utf-16"),
    ],
)
def test_what_is_no_clean_object_is_refused(writer: Writer, body: bytes) -> None:
    writer.refused("claims/", body, 400, "bad-body")


def test_half_a_character_is_pointed_to(writer: Writer) -> None:
    body = b'{"wording": "w", "claimant": {"name": "\\ud83d"}}'
    problem = writer.refused("claims/", body, 400, "bad-body")
    assert problem["errors"][0]["pointer"] == "/claimant/name"


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/jsonx",
        "application/problem+json",
    ],
)
def test_what_is_not_json_is_refused(writer: Writer, kind: str) -> None:
    writer.refused("claims/", b'{"wording": "w"}', 415, "not-json", content_type=kind)


@pytest.mark.parametrize("kind", ["application/json", 'Application/JSON; charset="UTF-8"'])
def test_json_is_json(writer: Writer, kind: str) -> None:
    writer.written("claims/", {"wording": "w"}, content_type=kind)


def test_a_compressed_body_is_not_unpacked(writer: Writer) -> None:
    writer.refused("claims/", b"{}", 415, "not-json", content_encoding="gzip")


@pytest.mark.parametrize(("path", "most"), [("claims/", 256_000), ("articles/", 5_000_000)])
def test_there_is_an_end_to_bodies(writer: Writer, path: str, most: int) -> None:
    body = json.dumps({"text": ""}).encode()
    padded = body[:-2] + b"x" * (most - len(body)) + body[-2:]
    assert len(padded) == most
    assert writer.post(path, padded).status_code == 422
    problem = writer.refused(path, padded + b" ", 413, "too-large")
    assert f"{most:,} bytes" in problem["detail"]


def test_a_parameter_is_not_a_member(writer: Writer) -> None:
    answer = writer.post("claims/?wording=w", {"wording": "w"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "wording"
    assert not Claim.objects.exists()
