"""“Check a text”: which known claims a pasted text, or the page behind a link, may repeat.

Nothing that is typed is kept, logged or cached. The form comes by POST, so that no text stands in an address. It
changes nothing, so it needs no token against forgery; a token would take a cookie of every reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims import addresses, languages
from claims.fetching import Fetcher, FetchFailed, FetchRefused
from claims.models import Article
from claims.public.answers import not_to_be_kept
from claims.public.limits import seconds_to_wait, too_many
from claims.public.posting import taken
from claims.reading.parse import parse_article
from claims.reading.sentences import paragraphs, sentences
from claims.reading.text import UnreadableArticle
from claims.search.public import Repeated, repeated_in

LONGEST_TEXT = 50_000
MOST_SENTENCES = 200
SHORTEST_SENTENCE = 20
# A reader waits for it, and a server's process with the reader.
FETCHER = Fetcher(
    max_bytes=3_000_000, total_seconds=8, read_seconds=4, connect_seconds=3, max_redirects=3
)
FORM = "public/parts/check_form.html"
READABLE = ("text/html", "application/xhtml+xml", "text/plain")


class NotChecked(ValueError):
    """Raised when there is nothing to look up; the message says why, in words for readers."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the text and the claims it may repeat."""

    text: str
    near: list[Repeated]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the form; when it was sent, the sentences that may repeat a known claim, in the order of the text."""
    return not_to_be_kept(taken(_show, request))


def _show(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "longest": LONGEST_TEXT,
        "path": languages.plain(request.path),
        "text": request.POST.get("text", ""),
        "link": request.POST.get("link", "").strip(),
    }
    if request.method != "POST":
        return _shown(request, context)
    if wait := seconds_to_wait(request, "checks", settings.FACTCHECK_CHECK_RATE):
        return too_many(request, wait, {**context, "still_here": FORM})
    try:
        return _shown(request, context | _checked(context["text"], context["link"]))
    except NotChecked as refusal:
        return _shown(request, {**context, "refusal": str(refusal)}, status=400)


def _shown(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "public/check.html", context, status=status)


def _checked(text: str, link: str) -> dict[str, Any]:
    """Return what was found: in the text, or else behind the link."""
    if text.strip():
        if len(text) > LONGEST_TEXT:
            told = gettext("The text has %(length)d characters; at most %(most)d can be checked.")
            raise NotChecked(told % {"length": len(text), "most": LONGEST_TEXT})
        return _looked_up(text)
    if not link:
        raise NotChecked(gettext("Paste a text, or give the address of a page."))
    if not link.startswith(("http://", "https://")) or len(link) > 2_000 or "\0" in link:
        raise NotChecked(gettext("The address must begin with http:// or https://."))
    known = Article.objects.in_public().without_text().latest_of(link)
    if known:
        return {"known_article": known, "article_path": addresses.article_page(known)}
    return _looked_up(_fetched(link)[:LONGEST_TEXT])


def _fetched(link: str) -> str:
    """Return the text of the page behind a link, by the one guarded way to fetch."""
    try:
        page = FETCHER.fetch(link, accept=READABLE)
        article = parse_article(page.body, media_type=page.media_type, url=page.final_url)
    except FetchRefused as error:
        raise NotChecked(gettext("This address is not fetched.")) from error
    except FetchFailed as error:
        raise NotChecked(gettext("The page could not be fetched. Paste its text.")) from error
    except UnreadableArticle as error:
        told = gettext("No text could be read on that page. Paste it here instead.")
        raise NotChecked(told) from error
    return article.text


def _looked_up(text: str) -> dict[str, Any]:
    told = _sentences(text)
    asked = told[:MOST_SENTENCES]
    said = [Said(*pair) for pair in zip(asked, repeated_in(asked), strict=True)]
    return {
        "said": [one for one in said if one.near],
        "number": len(asked),
        "left_out": len(told) - len(asked),
        "checked": True,
    }


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text that are long enough to claim anything, each once."""
    text = text.replace("\r\n", "\n")
    found = [
        text[items[0].start : items[-1].end].strip()
        for start, end in paragraphs(text)
        for items in sentences(text, start, end)
    ]
    return [one for one in dict.fromkeys(found) if len(one) >= SHORTEST_SENTENCE]
