"""Verbs on sources under way to becoming evidence: start_reading, take_file, begin_reading, fill_reading,
fail_reading, add_read_evidence. They go with add_evidence, and ask for its permission.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.fetching import Fetched, FetchRefused
from claims.fetching.addresses import clean_url as fetchable
from claims.models import Claim, Evidence, FoundReview, Snapshot, SourceReading, User
from claims.reading.excerpts import stands_in
from claims.reading.text import UnreadableArticle
from claims.snapshots.kinds import UnfitFile, fit
from claims.vocabulary import Verb
from claims.workflow.drafts import EvidenceDraft
from claims.workflow.evidence import add_evidence
from claims.workflow.inputs import clean_choice, clean_text, clean_url, usable_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.rules import takes_acts
from claims.workflow.snapshots import forget_readings, keep_snapshot, let_go
from claims.workflow.understanding import Understood, columns_of, understand

KEPT = timedelta(days=7)
GIVEN_UP_AFTER = timedelta(minutes=15)
PORTS = (80, 443)
MEGABYTE = 1_000_000


def start_reading(claim: Claim, *, url: str, by: User) -> SourceReading:
    """Note that the page at `url` is to be read for `claim`; a task does it.

    Raises RuleBroken for an address that is not fetched, and for a claim that takes no further acts.
    """
    require(by, Verb.ADD_EVIDENCE)
    takes_acts(claim)
    address = clean_url("url", clean_text("url", url, required=True))
    try:
        address = fetchable(address, ports=PORTS)
    except FetchRefused as refusal:
        raise RuleBroken(refusal.reason, field="url") from refusal
    return SourceReading.objects.create(
        claim=claim, by=by, url=address, expires_at=timezone.now() + KEPT
    )


@transaction.atomic
def take_file(claim: Claim, *, data: bytes, name: str, by: User) -> SourceReading:
    """Take a file as a source for `claim`: a PDF or a picture, told by its content; a picture loses its metadata.

    Raises RuleBroken when it is too large, of another kind, or damaged.
    """
    require(by, Verb.ADD_EVIDENCE)
    takes_acts(claim)
    refuse_size(len(data))
    try:
        file = fit(data, name)
    except UnfitFile as refusal:
        raise RuleBroken(_unfit(refusal), field="file") from refusal
    copy = keep_snapshot(file.data, media_type=file.media_type, by=by, filename=file.name)
    return SourceReading.objects.create(
        claim=claim,
        by=by,
        state=ReadingState.READY,
        snapshot=copy,
        expires_at=timezone.now() + KEPT,
    )


def refuse_size(size: int | None) -> None:
    """Raise RuleBroken for a file of too many bytes; None stands for more than was received."""
    most = settings.FACTCHECK_UPLOAD_MAX_MB
    if size is None or size > most * MEGABYTE:
        told = _("The file is larger than %(most)d MB. Scale it down, or cut out what matters.")
        raise RuleBroken(told % {"most": most}, field="file")


def begin_reading(reading: SourceReading, *, by: User) -> bool:
    """Note that somebody is at it; say whether there is anything to be done."""
    require(by, Verb.ADD_EVIDENCE)
    at_work = SourceReading.objects.at_work().filter(pk=reading.pk)
    return at_work.update(state=ReadingState.FETCHING) == 1


def fill_reading(reading: SourceReading, fetched: Fetched, *, by: User) -> SourceReading:
    """Keep what was fetched, and note what it says. A document that cannot be read fails the reading.

    A reading that is done, or was given up, stays as it is.
    """
    require(by, Verb.ADD_EVIDENCE)
    try:
        found = understand(fetched, reading.claim.wording)
    except UnreadableArticle as refusal:
        return fail_reading(reading, FetchTrouble.GARBLED, by=by, detail=refusal.reason)
    with transaction.atomic():
        row = SourceReading.objects.at_work().select_for_update().filter(pk=reading.pk).first()
        if row is not None:
            row.snapshot = _copy_of(fetched, found, by)
            _fill(row, found)
    reading.refresh_from_db()
    return reading


def _copy_of(fetched: Fetched, found: Understood, by: User) -> Snapshot:
    wire = found.source.wire
    return keep_snapshot(
        fetched.body,
        media_type=fetched.media_type,
        by=by,
        url=fetched.url,
        final_url=fetched.final_url,
        fetched_at=fetched.fetched_at,
        title=usable_text(found.source.title),
        language=found.language,
        text=found.source.text,
        wire=wire.agency if wire else "",
    )


FILLED = (
    "snapshot",
    "state",
    "canonical_url",
    "domain",
    "title",
    "publisher_name",
    "published_on",
    "wire_words",
)


def _fill(row: SourceReading, found: Understood) -> None:
    source = found.source
    row.state = ReadingState.READY
    row.canonical_url, row.domain = found.canonical_url, found.domain
    row.title = usable_text(source.title)
    row.publisher_name = usable_text(source.publisher, limit=200)
    row.published_on = source.published_on
    row.wire_words = usable_text(source.wire.words) if source.wire else ""
    row.save(update_fields=FILLED)
    FoundReview.objects.bulk_create(
        FoundReview(reading=row, place=place, **columns_of(review))
        for place, review in enumerate(found.reviews, 1)
    )


def fail_reading(
    reading: SourceReading, trouble: FetchTrouble, *, by: User, detail: str = ""
) -> SourceReading:
    """Note why there is nothing from the address. A reading that is done already stays as it is."""
    require(by, Verb.ADD_EVIDENCE)
    at_work = SourceReading.objects.at_work().filter(pk=reading.pk)
    what = {"trouble": clean_choice("trouble", trouble, FetchTrouble)}
    at_work.update(state=ReadingState.FAILED, trouble_detail=usable_text(detail), **what)
    reading.refresh_from_db()
    return reading


@transaction.atomic
def add_read_evidence(
    reading: SourceReading, draft: EvidenceDraft, *, by: User, not_in_copy: bool = False
) -> Evidence:
    """Add what was read, as a person corrected it, with its stored copy.

    Raises RuleBroken when the reading is not ready or was used already, and when the excerpt does not stand in the
    copy's text, unless `not_in_copy` says that it shall be kept all the same.
    """
    require(by, Verb.ADD_EVIDENCE)
    row = SourceReading.objects.select_for_update().get(pk=reading.pk)
    copy = row.snapshot
    if row.state != ReadingState.READY or copy is None:
        raise RuleBroken(_("This source was added already, or is not read yet."))
    stands = excerpt_stands(draft.excerpt, copy)
    if stands is False and not not_in_copy:
        raise RuleBroken(
            _(
                "These words do not stand in the stored copy. Correct them, or tick that they shall be kept as "
                "not found in it."
            ),
            field="excerpt",
        )
    kept = replace(draft, snapshot=copy.sha256, excerpt_in_copy=stands)
    evidence = add_evidence(row.claim, kept, by=by)
    row.state, row.evidence = ReadingState.USED, evidence
    row.save(update_fields=["state", "evidence"])
    return evidence


def excerpt_stands(excerpt: str, copy: Snapshot) -> bool | None:
    """Return whether an excerpt stands in a copy's text, None where there is nothing to compare."""
    return stands_in(excerpt, copy.text) if excerpt.strip() and copy.text else None


def give_up_stuck(now: datetime) -> int:
    """Fail the readings that nobody has come to, or come to the end of; return how many."""
    stuck = SourceReading.objects.at_work().filter(at__lte=now - GIVEN_UP_AFTER)
    return stuck.update(state=ReadingState.FAILED, trouble=FetchTrouble.FORGOTTEN)


@transaction.atomic
def forget_outlived(now: datetime) -> int:
    """Forget the readings whose time is over, and the copies that only they needed; return how many."""
    rows = list(SourceReading.objects.outlived(now).select_related("snapshot"))
    forget_readings(rows)
    let_go(row.snapshot.sha256 for row in rows if row.snapshot)
    return len(rows)


def _unfit(refusal: UnfitFile) -> str:
    """Return why a file is not taken, and what to do."""
    return {
        "kind": _(
            "Only PDF, PNG, JPEG and WebP files are taken, whatever they are named. Save it as one of these."
        ),
        "damaged": _("The file is damaged or cut off. Save it once more and try again."),
        "pixels": _(
            "The picture is larger than 50 megapixels. Scale it down, or cut out what matters."
        ),
        "moving": _("This picture moves. Save the one frame that matters."),
    }[refusal.reason]
