"""Fetching the articles that people gave an address of, and telling them where that came to nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import FetchTrouble
from claims.fetching import Fetched, FetchFailed, FetchRefused, fetch
from claims.models import ArticleIntake
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic
from claims.workflow import RuleBroken
from claims.workflow.refusals import explain

READABLE = ("text/html", "application/xhtml+xml", "text/plain")
# Longer than all attempts of a fetch together.
FORGOTTEN_AFTER = timedelta(minutes=15)


@background(retries=3, limit=timedelta(minutes=2))
def fetch_article(intake_id: int) -> None:
    """Fetch the page of an intake and read it; what stands in the way is noted for whoever waits."""
    intake = ArticleIntake.objects.select_related("by").get(pk=intake_id)
    try:
        workflow.begin_fetch(intake, by=intake.by)
    except (RuleBroken, PermissionDenied):
        return  # done or discarded meanwhile, or by somebody who has left the desk
    try:
        page = fetch(intake.url, accept=READABLE)
    except (FetchRefused, FetchFailed) as error:
        _give_up(intake, error.trouble, error.reason)
    else:
        _fill(intake, page)


def _fill(intake: ArticleIntake, page: Fetched) -> None:
    charset = f"; charset={page.charset}" if page.charset else ""
    try:
        workflow.fill_intake(
            intake,
            page.body,
            media_type=page.media_type + charset,
            url=page.final_url,
            fetched_at=page.fetched_at,
            by=intake.by,
        )
    except RuleBroken as error:
        _give_up(intake, FetchTrouble.NO_ARTICLE, explain(error))


@periodic(every=timedelta(minutes=5))
@background()
def give_up_forgotten_intakes() -> None:
    """Tell people whose article was not fetched in a quarter of an hour that it will not be."""
    long_ago = timezone.now() - FORGOTTEN_AFTER
    for intake in ArticleIntake.objects.untouched_since(long_ago).select_related("by"):
        if intake.by.is_active:
            _give_up(intake, FetchTrouble.FORGOTTEN)


def _give_up(intake: ArticleIntake, trouble: FetchTrouble, detail: str = "") -> None:
    with suppress(RuleBroken, PermissionDenied):  # filled by hand, or discarded, this very moment
        workflow.fail_intake(intake, trouble, detail=detail, by=intake.by)
