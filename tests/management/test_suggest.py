"""suggest: what an article attributes to whom, one statement a line, and nothing is written."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article
from tests.management.test_ingest import PAGE, WIRE, Stdin, ingest

KEYS = [
    "source",
    "source_inferred",
    "cue",
    "cue_class",
    "position",
    "content",
    "start",
    "end",
    "direct",
]


def suggest(source: Any, **options: Any) -> str:
    """Run the command; return what it printed."""
    out = StringIO()
    call_command("suggest", str(source), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(WIRE, "utf-8")
    return path


def test_each_line_is_one_object_with_the_documented_keys(wire: Path) -> None:
    lines = suggest(wire, json=True).splitlines()
    assert len(lines) == 2
    for line in lines:
        assert list(json.loads(line)) == KEYS


def test_it_says_who_says_what_and_how(wire: Path) -> None:
    first, second = map(json.loads, suggest(wire, json=True).splitlines())
    assert first["content"] == "The old bridge is safe"
    assert (first["cue"], first["direct"], first["position"]) == ("said", False, "asserts")
    assert "Moro" in first["source"]
    assert (second["content"], second["direct"]) == ("We measured every beam", True)


@pytest.mark.parametrize(("name", "text"), [("wire.txt", WIRE), ("page.html", PAGE)])
def test_offsets_are_code_points_of_the_text_as_it_is_stored(
    tmp_path: Path, db: None, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text.replace("safe", "safe \U0001f309 e\u0301"), "utf-8")
    ingest(path)
    stored = Article.objects.get().text
    found = [json.loads(line) for line in suggest(path, json=True).splitlines()]
    assert found
    for one in found:
        assert stored[one["start"] : one["end"]] == one["content"]


def test_without_json_it_ends_with_a_count(wire: Path) -> None:
    lines = suggest(wire).splitlines()
    assert "The old bridge is safe" in lines[1]
    assert lines[-1].startswith("2 statements in ")


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch, wire: Path) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(WIRE.encode()))
    assert suggest("-", json=True) == suggest(wire, json=True)


def test_a_text_that_attributes_nothing_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("The bridge stands over the river.\n\nIt has four arches.\n")
    assert suggest(path, json=True) == ""
    assert suggest(path).startswith("0 statements in ")


def test_nothing_is_written(wire: Path, db: None) -> None:
    suggest(wire)
    assert not Article.objects.exists()


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50])
def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(CommandError):
        suggest(path)


def test_an_address_inside_is_refused() -> None:
    with pytest.raises(CommandError, match=r"http://127\.0\.0\.1/: "):
        suggest("http://127.0.0.1/")


@pytest.mark.parametrize("source", ["", "ftp://example.org/story", "file:///story.txt"])
def test_what_is_neither_a_path_nor_a_web_address_is_refused(source: str) -> None:
    with pytest.raises(CommandError, match="give a path, an http"):
        suggest(source)


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "story.txt").touch()
    with pytest.raises(CommandError, match=r"story\.txt: The file is empty"):
        suggest(tmp_path / "story.txt")
