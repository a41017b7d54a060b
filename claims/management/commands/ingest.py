"""`manage.py ingest PATH|URL|-`: take an article in and freeze it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from claims import addresses
from claims.management.accounts import acting_user
from claims.management.sources import Source, read_source
from claims.models import Article
from claims.reading.parse import ParsedArticle, UnreadableArticle, parse_article
from claims.vocabulary import Licence
from claims.workflow import RecordedArticle, RuleBroken, ingest_article
from claims.workflow.refusals import explain


class Command(BaseCommand):
    """Read an article, record it, say what was understood."""

    help = "Take an article in: plain text or HTML, from a file, an address or standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("source", metavar="PATH|URL|-", help="The article")
        parser.add_argument("--published-on", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--title", default="", help="Overrules the article's own")
        parser.add_argument("--publisher", default="", help="Overrules the article's own")
        parser.add_argument("--url", default="", help="Where the article was published")
        parser.add_argument("--licence", choices=Licence.values, default=Licence.QUOTES_ONLY)
        parser.add_argument("--by", metavar="USERNAME", help="The account that acts")
        parser.add_argument("--json", action="store_true", help="Print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, ask what is missing where somebody can answer, record, print."""
        source = read_source(options["source"])
        if options["url"]:
            source = replace(source, url=options["url"])
        parsed = self._parsed(source, options["published_on"])
        if parsed.published_on is None and sys.stdin.isatty() and options["source"] != "-":
            parsed = self._parsed(source, self._ask_date(parsed))
        for warning in self._warnings(parsed):
            self.stderr.write(f"Note: {warning}")
        recorded = self._record(parsed, options)
        self._print(recorded, as_json=options["json"])

    def _parsed(self, source: Source, day: date | None) -> ParsedArticle:
        try:
            return parse_article(
                source.data, media_type=source.media_type, url=source.url, published_on=day
            )
        except UnreadableArticle as error:
            raise CommandError(str(error)) from error

    def _ask_date(self, parsed: ParsedArticle) -> date | None:
        self.stderr.write(f"{parsed.dateline or parsed.title or parsed.text[:70]}")
        answer = input("Published on (YYYY-MM-DD, empty for unknown): ").strip()
        try:
            return date.fromisoformat(answer) if answer else None
        except ValueError as error:
            raise CommandError(f"published_on: {error}") from error

    def _warnings(self, parsed: ParsedArticle) -> list[str]:
        missing = [name for name in parsed.missing if name != "title"]
        wanted = "the article does not say {}; recorded without a date. Next time: --published-on"
        return [wanted.format(name.replace("_", " ")) for name in missing] + list(parsed.warnings)

    def _record(self, parsed: ParsedArticle, options: dict[str, Any]) -> RecordedArticle:
        try:
            return ingest_article(
                parsed,
                by=acting_user(options["by"]),
                licence=Licence(options["licence"]),
                title=options["title"],
                publisher_name=options["publisher"],
            )
        except RuleBroken as error:
            raise CommandError(explain(error)) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error

    def _print(self, recorded: RecordedArticle, *, as_json: bool) -> None:
        described = describe(recorded.article) | {"created": recorded.created}
        if as_json:
            self.stdout.write(json.dumps(described, ensure_ascii=False))
            return
        state = "recorded" if recorded.created else "known already"
        self.stdout.write(f"{state}: {described['title']}")
        for name in ("id", "html_url", "publisher", "published_on", "sha256"):
            self.stdout.write(f"  {name:<14}{described[name]}")


def describe(article: Article) -> dict[str, Any]:
    """Return what the command prints of a stored article."""
    return {
        "id": article.public_id,
        "html_url": settings.FACTCHECK_BASE_URL + addresses.article_page(article),
        "url": settings.FACTCHECK_BASE_URL + addresses.article_api(article.public_id),
        "title": article.title,
        "publisher": article.publisher_name or None,
        "published_on": article.published_on and article.published_on.isoformat(),
        "language": article.language,
        "dateline": article.dateline or None,
        "authors": [name for name in article.authors.split("; ") if name],
        "licence": article.licence,
        "paragraphs": article.text.count("\n\n") + 1,
        "sha256": article.sha256,
    }
