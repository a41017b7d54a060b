"""Looking after verdicts: reviews opened on the day they are due, and cited pages looked at once a week."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from claims.desk_vocabulary import FetchTrouble, SourceState
from claims.fetching import Fetched, FetchFailed, FetchRefused, fetch
from claims.models import Evidence
from claims.reading.excerpts import stands_in
from claims.reading.parse import UnreadableArticle
from claims.reading.sketches import sketch
from claims.reading.sources import read_source
from claims.tasks.declaring import background, enqueue
from claims.tasks.periodic import periodic
from claims.workflow.rechecks import note_look, open_due_reviews

EVERY = timedelta(days=7)
AT_ONCE = 50
READABLE = ("text/html", "application/xhtml+xml", "text/plain")
ALIKE = 0.5


@periodic(every=timedelta(hours=1))
@background(limit=timedelta(minutes=10))
def open_reviews_that_are_due() -> None:
    """Open reviews of claims whose day to be looked at again has come."""
    open_due_reviews(timezone.localdate())


@periodic(every=timedelta(minutes=30))
@background()
def look_at_sources() -> None:
    """Ask for a look at the cited pages that nobody looked at for a week."""
    for pk in Evidence.objects.to_look_at(before=timezone.now() - EVERY).values_list(
        "pk", flat=True
    )[:AT_ONCE]:
        enqueue(look_at_source, pk)


@background(retries=0, limit=timedelta(minutes=2))
def look_at_source(evidence_id: int) -> None:
    """Look whether a cited page still says what it was cited for."""
    evidence = Evidence.objects.select_related("claim", "entry", "watch").get(pk=evidence_id)
    if not evidence.url:
        return  # erased since
    now = timezone.now()
    try:
        page = fetch(evidence.url, accept=READABLE)
    except (FetchRefused, FetchFailed) as error:
        gone = error.trouble in (FetchTrouble.GONE, FetchTrouble.NO_HOST)
        note_look(evidence, SourceState.GONE if gone else SourceState.UNREACHABLE, at=now)
    else:
        text = text_of(page)
        numbers = sketch(text)
        state = state_of(evidence, text, numbers)
        note_look(evidence, state, at=now, sketch=" ".join(f"{one:x}" for one in numbers))


def text_of(page: Fetched) -> str:
    """Return the words of a page, or none where it has none."""
    charset = f"; charset={page.charset}" if page.charset else ""
    try:
        return read_source(page.body, media_type=page.media_type + charset, url=page.final_url).text
    except UnreadableArticle:
        return ""


def state_of(evidence: Evidence, text: str, numbers: list[int]) -> SourceState:
    """Tell whether a page is as it was: by the excerpt, else by how much of its text is what it was."""
    if not text:
        return SourceState.UNREACHABLE
    if evidence.excerpt:
        stands = stands_in(evidence.excerpt, text)
        return SourceState.SAME if stands else SourceState.CHANGED
    before = evidence.watch.sketch.split() if hasattr(evidence, "watch") else []
    if not (before and numbers):
        return SourceState.SAME
    same = len({int(one, 16) for one in before} & set(numbers)) / len(before)
    return SourceState.SAME if same >= ALIKE else SourceState.CHANGED
