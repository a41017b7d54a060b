"""“Check a text”: which known claims a pasted text, or the page behind a link, may repeat.

Nothing that is typed is kept, logged or cached. The form comes by POST, so that no text stands in an address. It
changes nothing, so it needs no token against forgery; a token would take a cookie of every reader.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims import addresses, languages
from claims.matching.given import LONGEST_TEXT, Given, NotRead, Why, fetched_page, typed_text
from claims.matching.occurrences import Occurrence, occurring_in
from claims.models import Article
from claims.public.answers import not_to_be_kept
from claims.public.limits import seconds_to_wait, too_many
from claims.public.posting import taken

FORM = "public/parts/check_form.html"
REASONS = {
    Why.NOT_TEXT: gettext_noop("This is no text that could be checked."),
    Why.NOT_FETCHED: gettext_noop("This address is not fetched."),
    Why.NOT_ANSWERED: gettext_noop("The page could not be fetched. Paste its text."),
    Why.NO_ARTICLE: gettext_noop("No text could be read on that page. Paste it here instead."),
}


class NotChecked(ValueError):
    """Raised when there is nothing to look up; the message says why, in words for readers."""


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
        return _looked_up(partial(typed_text, text))
    if not link:
        raise NotChecked(gettext("Paste a text, or give the address of a page."))
    if not link.startswith(("http://", "https://")) or len(link) > 2_000 or "\0" in link:
        raise NotChecked(gettext("The address must begin with http:// or https://."))
    known = Article.objects.in_public().without_text().latest_of(link)
    if known:
        return {"known_article": known, "article_path": addresses.article_page(known)}
    return _looked_up(partial(fetched_page, link))


def _looked_up(giving: Callable[[], Given]) -> dict[str, Any]:
    """Return the claims that occur in what is given; a sentence that is said twice is shown once."""
    try:
        read = occurring_in(giving().text)
    except NotRead as error:
        raise NotChecked(gettext(REASONS[error.why])) from error
    once = {one.sentence.text: one for one in reversed(read.occurrences)}
    return {
        "said": [_shown_claims(one) for one in reversed(once.values())],
        "number": read.looked_at,
        "left_out": read.left_out,
        "checked": True,
    }


def _shown_claims(one: Occurrence) -> dict[str, Any]:
    return {"text": one.sentence.text, "near": [orjson.loads(near.summary) for near in one.near]}
