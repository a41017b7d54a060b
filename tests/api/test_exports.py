"""/api/v1/exports/ and the files it names: whole, in part, unchanged, and never what readers may not see."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from claims.exports.keeping import export_for_readers, kept_as
from claims.exports.shape import MANIFEST
from claims.exports.writing import Export, write_export
from claims.history.sealing import seal
from claims.models import Claim
from claims.public.views import download
from tests.api.conftest import Api, Queries


@pytest.fixture
def export(published: Claim, settings: Any, tmp_path: Path) -> Export:
    """An export for readers."""
    settings.FACTCHECK_EXPORTS_DIR = tmp_path
    seal()
    return export_for_readers()


def fetched(client: Client, url: str, **headers: str) -> tuple[Any, bytes]:
    """Return an answer and its bytes."""
    response = client.get(urlsplit(url).path, headers=headers)
    return response, response.getvalue()


def test_there_may_be_none(api: Api, settings: Any, tmp_path: Path) -> None:
    settings.FACTCHECK_EXPORTS_DIR = tmp_path / "nothing"
    assert api.get("exports/")["results"] == []


def test_each_file_is_what_the_list_says(
    api: Api, client: Client, export: Export, queries: Queries
) -> None:
    with queries(0):
        (one,) = api.get("exports/")["results"]
    assert (one["name"], one["claims"]) == (export.folder.name, 1)
    assert one["log_size"] == one["entries"]
    _, manifest = fetched(client, one["manifest_url"])
    assert hashlib.sha256(manifest).hexdigest() == one["manifest_sha256"] == export.digest
    assert len(one["files"]) == 12
    for file in one["files"]:
        response, data = fetched(client, file["url"])
        assert (response.status_code, len(data)) == (200, file["bytes"])
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert response["ETag"] == f'"{file["sha256"]}"'
        assert "immutable" in response["Cache-Control"]
        assert gzip.decompress(data).count(b"\n") >= file["rows"]


@pytest.fixture
def file(api: Api, export: Export) -> dict[str, Any]:
    """The file of the claims, as it is listed."""
    (one,) = api.get("exports/")["results"]
    return next(file for file in one["files"] if file["name"] == "claims.ndjson.gz")


@pytest.mark.parametrize(
    ("asked", "first", "after"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes=3-999999999", 3, None),
    ],
)
def test_a_part_is_sent(
    client: Client, file: dict[str, Any], asked: str, first: int, after: int | None
) -> None:
    _, whole = fetched(client, file["url"])
    response, part = fetched(client, file["url"], range=asked)
    assert response.status_code == 206
    assert part == whole[first:after]
    begin = first % len(whole)
    told = f"bytes {begin}-{begin + len(part) - 1}/{len(whole)}"
    assert response["Content-Range"] == told
    assert response["Content-Length"] == str(len(part))


def test_under_asgi_it_is_sent_as_it_is_read(client: Client, file: dict[str, Any]) -> None:
    path = urlsplit(file["url"]).path
    whole = client.get(path).getvalue()

    async def fetch() -> tuple[bool, bytes]:
        response: Any = await AsyncClient().get(path)
        return response.is_async, b"".join([piece async for piece in response])

    assert async_to_sync(fetch)() == (True, whole)


def test_an_export_that_is_thrown_away_while_it_is_asked_for_is_not_there(
    client: Client, file: dict[str, Any], export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = kept_as(export.folder.name)
    shutil.rmtree(export.folder)
    monkeypatch.setattr(download, "kept_as", lambda name: known)
    for name in ("claims.ndjson.gz", MANIFEST):
        url = urlsplit(file["url"]).path.replace("claims.ndjson.gz", name)
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "asked", ["bytes=1-2,4-5", "lines=1-2", "bytes=-", "bytes=9-3", "bytes=a-b"]
)
def test_what_is_no_part_is_answered_with_all(
    client: Client, file: dict[str, Any], asked: str
) -> None:
    response, data = fetched(client, file["url"], range=asked)
    assert (response.status_code, len(data)) == (200, file["bytes"])


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(
    client: Client, file: dict[str, Any], asked: str
) -> None:
    response, _ = fetched(client, file["url"], range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{file['bytes']}"


def test_a_part_of_another_file_is_not_mixed_in(client: Client, file: dict[str, Any]) -> None:
    same = {"range": "bytes=0-9", "if-range": f'"{file["sha256"]}"'}
    other = {"range": "bytes=0-9", "if-range": '"another"'}
    assert fetched(client, file["url"], **same)[0].status_code == 206
    assert fetched(client, file["url"], **other)[0].status_code == 200


def test_what_is_known_is_not_sent_again(client: Client, file: dict[str, Any]) -> None:
    response, data = fetched(client, file["url"], **{"if-none-match": f'"{file["sha256"]}"'})
    assert (response.status_code, data) == (304, b"")
    head = client.head(urlsplit(file["url"]).path)
    assert (head.status_code, head["Content-Length"]) == (200, str(file["bytes"]))


@pytest.mark.parametrize(
    "path",
    [
        "/exports/{name}/nothing.csv.gz",
        "/exports/{name}/../manifest.json",
        "/exports/20200101T000000-000000000000/manifest.json",
        "/exports/whole/manifest.json",
        "/exports/{name}/",
    ],
)
def test_there_is_nothing_else(client: Client, export: Export, path: str) -> None:
    assert client.get(path.format(name=export.folder.name)).status_code == 404


def test_a_whole_register_is_never_sent(
    client: Client, api: Api, export: Export, settings: Any
) -> None:
    whole = write_export(settings.FACTCHECK_EXPORTS_DIR, whole=True)
    assert [one["name"] for one in api.get("exports/")["results"]] == [export.folder.name]
    assert client.get(f"/exports/{whole.folder.name}/manifest.json").status_code == 404
    renamed = whole.folder.rename(whole.folder.with_name("20200101T000000-000000000000"))
    assert client.get(f"/exports/{renamed.name}/manifest.json").status_code == 404
    assert (whole.folder.parent / renamed.name / "manifest.json").stat().st_mode & 0o777 == 0o600
