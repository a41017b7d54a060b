"""Verbs on articles on their way in, from what somebody sends to the frozen text. Nothing here is history.

Each needs the permission to record articles. A task that fetches acts for the person who began the intake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import UNFINISHED_INTAKES, FetchTrouble, IntakeSource, IntakeState
from claims.languages import canonical_tag
from claims.models import Article, ArticleIntake, User
from claims.reading.parse import ParsedArticle, UnreadableArticle, frozen_text, parse_article
from claims.vocabulary import Licence, Verb
from claims.workflow.drafts import ArticleDraft, IntakeCorrection, IntakeDraft
from claims.workflow.inputs import (
    LONG,
    SHORT,
    clean_choice,
    clean_language,
    clean_past_day,
    clean_text,
    clean_url,
    usable_url,
)
from claims.workflow.intake import (
    MAX_ARTICLE_CHARACTERS,
    RecordedArticle,
    domain_of,
    record_article,
    record_publisher,
)
from claims.workflow.refusals import RuleBroken, require, why_unreadable
from claims.workflow.twins import twins_of

FILE_ENDINGS = (".txt", ".text", ".html", ".htm", ".xhtml")
MAX_FILE_BYTES = 5_000_000
UNDER_WAY = (IntakeState.WAITING, IntakeState.FETCHING)


def start_intake(draft: IntakeDraft, *, by: User) -> ArticleIntake:
    """Begin taking an article in: a text or a file is read at once, an address waits to be fetched.

    Raises RuleBroken naming the field at fault: nothing or too much was sent, or it cannot be read.
    """
    require(by, Verb.RECORD_ARTICLE)
    url = clean_url("url", draft.url)
    if draft.text and draft.file:
        raise RuleBroken(_("Paste a text or choose a file: one of the two."), field="text")
    if not (draft.text or draft.file or url):
        raise RuleBroken(_("Give a web address, paste a text, or choose a file."), field="url")
    intake = ArticleIntake(url=url, by=by, state=IntakeState.WAITING, source=IntakeSource.URL)
    if draft.text:
        intake.source = IntakeSource.TEXT
        _read(intake, _bytes_of(draft.text), "text")
    elif draft.file:
        _refuse_other_files(draft)
        intake.source, intake.file_name = IntakeSource.FILE, draft.file_name[-200:]
        _read(intake, draft.file, "file")
    intake.at = intake.changed_at = timezone.now()
    intake.save(force_insert=True)
    return intake


def begin_fetch(intake: ArticleIntake, *, by: User) -> ArticleIntake:
    """Note that the page is being fetched. Raises RuleBroken when nobody waits for it any more."""
    with _changing(intake, UNDER_WAY, by=by):
        intake.state = IntakeState.FETCHING
    return intake


def fill_intake(
    intake: ArticleIntake,
    original: bytes | str,
    *,
    by: User,
    media_type: str = "",
    url: str = "",
    fetched_at: datetime | None = None,
) -> ArticleIntake:
    """Read what was fetched, or what somebody pasted because it could not be; the address is kept.

    Raises RuleBroken (field `text`) when no article is found in it.
    """
    with _changing(intake, (*UNDER_WAY, IntakeState.FAILED), by=by):
        intake.url = usable_url(url) or intake.url
        intake.fetched_at = fetched_at
        data = original if isinstance(original, bytes) else _bytes_of(original)
        _read(intake, data, "text", media_type=media_type)
        if fetched_at is None:
            intake.source = IntakeSource.TEXT
    return intake


def fail_intake(
    intake: ArticleIntake, trouble: FetchTrouble, *, by: User, detail: str = ""
) -> ArticleIntake:
    """Note why there is nothing from the address."""
    with _changing(intake, UNDER_WAY, by=by):
        intake.state = IntakeState.FAILED
        intake.trouble = clean_choice("trouble", trouble, FetchTrouble)
        intake.trouble_detail = clean_text("detail", detail, limit=LONG)
    return intake


def retry_intake(intake: ArticleIntake, *, by: User) -> ArticleIntake:
    """Have the address fetched once more."""
    with _changing(intake, (IntakeState.FAILED,), by=by):
        if not intake.url:
            raise RuleBroken(_("There is no address to fetch."))
        intake.state, intake.trouble, intake.trouble_detail = IntakeState.WAITING, "", ""
    return intake


def correct_intake(
    intake: ArticleIntake, correction: IntakeCorrection, *, by: User
) -> ArticleIntake:
    """Set every part as a person says it is. Raises RuleBroken naming the field at fault."""
    with _changing(intake, (IntakeState.READY,), by=by):
        for name, value in _cleaned(correction).items():
            setattr(intake, name, value)
        if intake.published_on or intake.date_unknown:
            intake.year_missing = False
    return intake


def record_intake(
    intake: ArticleIntake, *, by: User, version_of: Article | None = None, apart: bool = False
) -> RecordedArticle:
    """Freeze the article as it stands in the intake.

    Where the register holds something like it, the person must have said what this is: a new version of one of
    those, or something apart. Raises RuleBroken naming what is missing; the very text is never recorded twice.
    """
    with _changing(intake, (IntakeState.READY,), by=by):
        _refuse_incomplete(intake)
        _refuse_undecided(intake, version_of, apart=apart)
        recorded = record_article(_draft_of(intake, by), by=by, version_of=version_of)
        intake.state, intake.article = IntakeState.RECORDED, recorded.article
        intake.original, intake.text = None, ""
    return recorded


def discard_intake(intake: ArticleIntake, *, by: User) -> ArticleIntake:
    """End an intake without an article; what was sent or fetched is cleared away."""
    with _changing(intake, UNFINISHED_INTAKES, by=by):
        intake.state, intake.original, intake.text = IntakeState.DISCARDED, None, ""
    return intake


@contextmanager
def _changing(intake: ArticleIntake, states: Collection[str], *, by: User) -> Iterator[None]:
    """Hold the intake, fresh and in one of `states`, for the block to change; it is saved when the block ends."""
    require(by, Verb.RECORD_ARTICLE)
    with transaction.atomic():
        ArticleIntake.objects.select_for_update().values_list("pk").get(pk=intake.pk)
        intake.refresh_from_db()
        if intake.state not in states:
            now = intake.get_state_display()
            raise RuleBroken(_("This is not possible any more: %(state)s.") % {"state": now})
        yield
        intake.changed_at = timezone.now()
        fields = [field.name for field in intake._meta.concrete_fields if not field.primary_key]
        intake.save(update_fields=fields)


def _bytes_of(typed: str) -> bytes:
    try:
        return typed.replace("\r\n", "\n").encode()
    except UnicodeEncodeError as error:
        told = _("There is half of a character in the text.")
        raise RuleBroken(told, field="text") from error


def _refuse_other_files(draft: IntakeDraft) -> None:
    if not draft.file_name.lower().endswith(FILE_ENDINGS):
        told = _("Only plain text (.txt) and web pages (.html) can be read.")
        raise RuleBroken(told, field="file")
    if len(draft.file) > MAX_FILE_BYTES:
        most = {"most": MAX_FILE_BYTES // 1_000_000}
        raise RuleBroken(_("The file is larger than %(most)d MB.") % most, field="file")


def _read(intake: ArticleIntake, original: bytes, field: str, *, media_type: str = "") -> None:
    """Put what stands in some bytes into the intake's parts."""
    try:
        parsed = parse_article(original, media_type=media_type or None, url=intake.url)
    except UnreadableArticle as error:
        raise RuleBroken(why_unreadable(error), field=field) from error
    intake.state, intake.trouble, intake.trouble_detail = IntakeState.READY, "", ""
    intake.original, intake.media_type = parsed.original, parsed.media_type
    intake.original_sha256 = hashlib.sha256(parsed.original).hexdigest()
    _understand(intake, parsed)


def _understand(intake: ArticleIntake, parsed: ParsedArticle) -> None:
    intake.title, intake.standfirst = parsed.title, parsed.standfirst
    intake.authors, intake.publisher_name = "; ".join(parsed.authors), parsed.publisher
    intake.dateline = parsed.dateline[:SHORT]
    intake.published_on, intake.year_missing = parsed.published_on, "year" in parsed.missing
    intake.language = canonical_tag(parsed.language) or "und"
    intake.canonical_url = usable_url(parsed.canonical_url)
    intake.text, intake.warnings = parsed.text, "\n".join(parsed.warnings)


def _cleaned(given: IntakeCorrection) -> dict[str, object]:
    text = clean_text("text", given.text, limit=MAX_ARTICLE_CHARACTERS, required=True)
    return {
        **asdict(given),
        "title": clean_text("title", given.title, limit=1000),
        "standfirst": clean_text("standfirst", given.standfirst, limit=LONG),
        "authors": clean_text("authors", given.authors, limit=LONG),
        "publisher_name": clean_text("publisher_name", given.publisher_name, limit=200),
        "dateline": clean_text("dateline", given.dateline, limit=SHORT),
        "published_on": clean_past_day("published_on", given.published_on),
        "language": clean_language(given.language or "und"),
        "url": clean_url("url", given.url),
        "canonical_url": clean_url("canonical_url", given.canonical_url),
        "licence": clean_choice("licence", given.licence, Licence),
        "text": frozen_text(text.split("\n\n")),
    }


def _refuse_incomplete(intake: ArticleIntake) -> None:
    if not intake.title:
        raise RuleBroken(_("The text has no headline. Give the title."), field="title")
    if intake.published_on is None and not intake.date_unknown:
        told = _("When was it published? Give the date, or say that it is not known.")
        raise RuleBroken(told, field="published_on")


def _refuse_undecided(intake: ArticleIntake, version_of: Article | None, *, apart: bool) -> None:
    twins = twins_of(intake)
    if any(twin.same_text for twin in twins):
        told = _("This very text is in the register already. Open that article instead.")
        raise RuleBroken(told, field="what_it_is")
    if version_of is not None and version_of not in [twin.article for twin in twins]:
        raise RuleBroken(_("It can only be a version of an article like it."), field="what_it_is")
    if twins and version_of is None and not apart:
        told = _("The register holds something like it. Say what this is.")
        raise RuleBroken(told, field="what_it_is")


def _draft_of(intake: ArticleIntake, by: User) -> ArticleDraft:
    address = intake.canonical_url or intake.url
    publisher = None
    if intake.publisher_name:
        domain = domain_of(address) if address else ""
        publisher = record_publisher(name=intake.publisher_name, domain=domain, by=by)
    return ArticleDraft(
        title=intake.title,
        text=intake.text,
        original=bytes(intake.original or b""),
        media_type=intake.media_type,
        standfirst=intake.standfirst,
        authors=tuple(filter(None, (name.strip() for name in intake.authors.split(";")))),
        dateline=intake.dateline,
        publisher=publisher,
        published_on=intake.published_on,
        language=intake.language,
        url=intake.url,
        canonical_url=intake.canonical_url,
        licence=Licence(intake.licence),
    )
