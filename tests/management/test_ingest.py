"""ingest: an article from a file, an address or standard input is frozen once, and what is missing is said."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, User
from tests.workflow.observing import everything

WIRE = """Mayor calls old bridge safe after survey

PORT ARLEN, March 9, 2025. /Coast Wire/. The old bridge is safe, mayor Ana Moro said on Sunday.

“We measured every beam,” Moro told reporters. Nobody else has seen the survey.
"""
PAGE = """<!doctype html><html lang="en"><head><title>Bridge is safe, mayor says</title>
<meta property="og:site_name" content="Coast Gazette">
<meta property="article:published_time" content="2025-03-09T08:00:00Z">
<link rel="canonical" href="https://gazette.example/bridge"></head><body><article>
<h1>Bridge is safe, mayor says</h1>
<p>The old bridge is safe, mayor Ana Moro said on Sunday, a day after it had been surveyed from end to end.</p>
<p>“We measured every beam of it and found nothing wrong,” Moro told reporters who had gathered at the town hall.</p>
<p>Residents of the northern shore have used the ferry since the winter, and the operator wants to keep it.</p>
</article></body></html>
"""
KEYS = {
    "id",
    "html_url",
    "url",
    "title",
    "publisher",
    "published_on",
    "language",
    "dateline",
    "authors",
    "licence",
    "paragraphs",
    "sha256",
    "created",
}


def ingest(source: Any, **options: Any) -> tuple[str, str]:
    """Run the command; return what it printed on both ways out."""
    out, err = StringIO(), StringIO()
    call_command("ingest", str(source), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def as_json(source: Any, **options: Any) -> dict[str, Any]:
    return json.loads(ingest(source, json=True, **options)[0])  # type: ignore[no-any-return]


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_text(WIRE, "utf-8")
    return path


@pytest.fixture
def webpage(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


class Stdin:
    """Standard input that is a file of bytes and not a terminal."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


def test_a_file_is_recorded_with_its_text_its_bytes_and_its_digest(wire: Path, db: None) -> None:
    told = as_json(wire)
    article = Article.objects.get()
    assert set(told) == KEYS
    assert (told["id"], told["created"]) == (article.public_id, True)
    assert told["title"] == "Mayor calls old bridge safe after survey"
    assert told["published_on"] == "2025-03-09"
    assert told["sha256"] == hashlib.sha256(article.text.encode()).hexdigest()
    assert bytes(article.original.data) == WIRE.encode()
    assert told["html_url"].endswith(f"/articles/{article.public_id}/{article.slug}/")
    assert told["url"].endswith(f"/api/v1/articles/{article.public_id}/")


def test_a_page_says_its_title_publisher_date_and_address(webpage: Path, db: None) -> None:
    told = as_json(webpage)
    article = Article.objects.get()
    assert (told["title"], told["publisher"]) == ("Bridge is safe, mayor says", "Coast Gazette")
    assert (told["published_on"], told["language"]) == ("2025-03-09", "en")
    assert article.canonical_url == "https://gazette.example/bridge"
    assert "<p>" not in article.text
    assert article.text.startswith("The old bridge is safe")


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(WIRE.encode()))
    assert as_json("-")["title"] == "Mayor calls old bridge safe after survey"


def test_the_same_article_twice_is_known_already(wire: Path, db: None) -> None:
    first = as_json(wire)
    second = as_json(wire)
    assert second == {**first, "created": False}
    assert ingest(wire)[0].startswith("known already: Mayor calls old bridge safe")
    assert Article.objects.count() == 1


def test_a_changed_text_at_a_known_address_replaces_the_old_one(
    webpage: Path, tmp_path: Path, db: None
) -> None:
    first = as_json(webpage)
    webpage.write_text(PAGE.replace("every beam", "every second beam"), "utf-8")
    second = as_json(webpage)
    assert second["created"] is True
    assert second["id"] != first["id"]
    replaced = Article.objects.get(public_id=second["id"]).replaces
    assert replaced is not None
    assert replaced.public_id == first["id"]


def test_options_overrule_what_the_article_says(webpage: Path, db: None) -> None:
    told = as_json(
        webpage,
        title="Another title",
        publisher="Another outlet",
        published_on=date(2025, 3, 8),
        licence="full_text",
    )
    assert (told["title"], told["publisher"]) == ("Another title", "Another outlet")
    assert (told["published_on"], told["licence"]) == ("2025-03-08", "full_text")


def test_an_article_without_a_date_is_recorded_with_a_note(wire: Path, db: None) -> None:
    wire.write_text(WIRE.replace("March 9, 2025. ", ""))
    out, err = ingest(wire)
    assert "does not say when it was published" in err
    assert "--published-on" in err
    assert out.startswith("recorded: ")
    assert Article.objects.get().published_on is None
    out, err = ingest(wire, published_on=date(2025, 3, 9))
    assert out.startswith("known already: ")
    assert "--published-on 2025-03-09 was not taken" in err
    assert Article.objects.get().published_on is None


def test_a_dateline_without_a_year_asks_for_it_and_takes_it(wire: Path, db: None) -> None:
    wire.write_text(WIRE.replace(", 2025", ""))
    assert "gives a day without its year" in ingest(wire)[1]
    wire.write_text(WIRE.replace(", 2025", "").replace("Nobody", "No one"))
    assert as_json(wire, published_on=date(2024, 3, 9))["published_on"] == "2024-03-09"


def test_a_title_that_is_missing_is_asked_for(wire: Path, db: None) -> None:
    wire.write_text("The old bridge is safe, the mayor said. Work goes on all the same.\n")
    before = everything()
    with pytest.raises(CommandError, match="title: This may not be empty"):
        ingest(wire)
    assert [row for name, row in everything().items() if "Article" in name] == [
        row for name, row in before.items() if "Article" in name
    ]
    assert as_json(wire, title="Bridge")["title"] == "Bridge"


UNREADABLE = {
    "empty": b"",
    "blank": b" \n\n ",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "NUL": b"The mayor said\x00 the bridge is safe.\n" * 3,
    "too large": b"said " * 2_100_000,
    "a page without text": b"<html><body></body></html>",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path: Path, db: None, name: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(UNREADABLE[name])
    with pytest.raises(CommandError) as caught:
        ingest(path, title="A title")
    assert len(str(caught.value)) > 10
    assert not Article.objects.exists()


def test_a_path_that_is_not_there_or_no_file_is_said(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match=r"Cannot read .*: No such file or directory"):
        ingest(tmp_path / "nothing")
    with pytest.raises(CommandError, match=r"Cannot read .*: Is a directory"):
        ingest(tmp_path)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/", "HTTP://127.1/"],
)
def test_an_address_inside_is_refused_before_anything_is_asked_of_it(
    db: None, address: str
) -> None:
    with pytest.raises(CommandError) as caught:
        ingest(address)
    assert str(caught.value).startswith(f"{address}: ")
    assert not Article.objects.exists()


def test_an_account_that_is_not_there_is_named(wire: Path, db: None) -> None:
    with pytest.raises(CommandError, match="There is no active account “nobody”"):
        ingest(wire, by="nobody")


def test_the_account_named_is_the_one_that_acts(wire: Path, contributor: User) -> None:
    ingest(wire, by="carla")
    assert Article.objects.get().recorded_by == contributor


def test_an_account_without_the_permission_is_refused(wire: Path, db: None) -> None:
    User.objects.create(username="guest")
    with pytest.raises(CommandError, match="You may not do this"):
        ingest(wire, by="guest")
    assert not Article.objects.exists()


@pytest.mark.parametrize("day", ["yesterday", "2025-02-30", "9 March"])
def test_a_date_that_is_none_is_refused(wire: Path, db: None, day: str) -> None:
    with pytest.raises(CommandError, match="--published-on"):
        call_command("ingest", str(wire), "--published-on", day)


def test_a_date_to_come_is_refused(wire: Path, db: None) -> None:
    with pytest.raises(CommandError, match="published_on: 2999-01-01 is in the future"):
        ingest(wire, published_on=date(2999, 1, 1))
