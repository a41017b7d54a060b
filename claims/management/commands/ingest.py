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
from django.core.management.base import CommandError

from claims import addresses
from claims.management.accounts import acting_user
from claims.management.console import OperatorCommand, a_day
from claims.management.sources import read_article, read_source
from claims.models import Article
from claims.reading.parse import ParsedArticle
from claims.vocabulary import Licence
from claims.workflow import RecordedArticle, RuleBroken, ingest_article
from claims.workflow.refusals import explain

LACKING = {
    "year": "gives a day without its year",
    "published_on": "does not say when it was published",
}


class Command(OperatorCommand):
    """Read an article, record it, say what was understood."""

    help = "Take an article in: plain text or HTML, from a file, an address or standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be chosen."""
        parser.add_argument("source", metavar="PATH|URL|-", help="The article")
        parser.add_argument("--published-on", type=a_day, metavar="YYYY-MM-DD")
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
        day, name = options["published_on"], options["source"]
        parsed = read_article(source, name, published_on=day)
        if parsed.published_on is None and sys.stdin.isatty() and name != "-":
            parsed = read_article(source, name, published_on=self._ask_date(parsed))
        for warning in self._warnings(parsed):
            self.stderr.write(f"Note: {warning}")
        recorded = self._record(parsed, options)
        self._say_what_was_not_taken(recorded, day)
        self._print(recorded, as_json=options["json"])

    def _ask_date(self, parsed: ParsedArticle) -> date | None:
        self.stderr.write(f"{parsed.dateline or parsed.title or parsed.text[:70]}")
        answer = input("Published on (YYYY-MM-DD, empty for unknown): ").strip()
        try:
            return date.fromisoformat(answer) if answer else None
        except ValueError as error:
            raise CommandError(f"published_on: {error}") from error

    def _warnings(self, parsed: ParsedArticle) -> list[str]:
        lacks = [LACKING[name] for name in parsed.missing if name in LACKING]
        wanted = "the article {}; recorded without a date. Next time: --published-on"
        return [wanted.format(lack) for lack in lacks] + list(parsed.warnings)

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

    def _say_what_was_not_taken(self, recorded: RecordedArticle, day: date | None) -> None:
        known = recorded.article.published_on
        if day and not recorded.created and known != day:
            stands = known.isoformat() if known else "without a date"
            self.stderr.write(
                f"Note: --published-on {day} was not taken: the article is recorded already, {stands}, "
                "and what is recorded is frozen"
            )

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
