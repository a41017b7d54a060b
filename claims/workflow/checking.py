"""The whole check of the register: the record itself, and everything that is derived from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import connection, models

from claims import documents
from claims.history.log_verification import check_log
from claims.history.replay import read, state_of
from claims.history.triggers import missing
from claims.history.verification import Finding, check_article, check_entries, check_strays
from claims.models import Article, Claim, ClaimDocument, HistoryEntry, Restoration
from claims.search import index
from claims.vocabulary import Act
from claims.workflow.acting import cached_values

Row = TypeVar("Row", bound=models.Model)


def check_register() -> Iterator[Finding]:
    """Yield every fault: missing guards, stray rows, claims in order, the log, articles, then the search index."""
    for one in Restoration.objects.begun():
        told = f"from the export with digest {one.manifest_sha256} began on {one.begun_at:%Y-%m-%d %H:%M} UTC"
        yield Finding("register", f"is not whole yet: rebuilding it {told} and has not ended")
    for name in missing(connection):
        yield Finding("database", f"guard {name} is missing, disabled or altered")
    yield from check_strays()
    yield from _each(Claim.objects.all(), check_claim)
    yield from check_log()
    articles = Article.objects.select_related("original")
    yield from _each(articles.prefetch_related("appearances__entry__claim"), _article)
    yield from check_index()


def _article(article: Article) -> Iterator[Finding]:
    rebuilt = Restoration.objects.from_public(before=article.recorded_at)
    return check_article(article, left_out=rebuilt.exists())


def check_index() -> Iterator[Finding]:
    """Yield every claim of which the search index says something else than the register, or nothing."""
    if not index.exists(connection):
        yield Finding("search index", "is missing")
        return
    for pk in index.differences():
        yield Finding("search index", f"is out of step with the claim with id {pk}")


def _each(
    rows: models.QuerySet[Row], check: Callable[[Row], Iterator[Finding]]
) -> Iterator[Finding]:
    """Check rows one by one, so that one that cannot be read keeps no other from being checked."""
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        try:
            yield from check(rows.get(pk=pk))
        except Exception as error:  # noqa: BLE001  (whatever cannot be read is a finding)
            subject = f"{rows.model._meta.verbose_name} with id {pk}"
            yield Finding(subject, f"cannot be read: {type(error).__name__}: {error}")


def check_claim(claim: Claim) -> Iterator[Finding]:
    """Yield every fault of one claim: its entries, its cached columns, its stored document."""
    subject = f"claim {claim.public_id}"
    if _is_only_named(claim):
        return
    try:
        record = read(claim)
        yield from check_entries(record)
    except Exception as error:  # noqa: BLE001  (whatever cannot be read is a finding)
        yield Finding(subject, f"cannot be read: {type(error).__name__}: {error}")
        return
    try:
        state = state_of(record)
        for name, value in cached_values(state).items():
            if getattr(claim, name) != value:
                held = getattr(claim, name)
                yield Finding(subject, f"{name} is {held!r}; the history says {value!r}")
        yield from _document(claim, documents.stored(state) if state.published_at else None)
    except Exception as error:  # noqa: BLE001  (whatever cannot be replayed is a finding)
        yield Finding(subject, f"cannot be replayed: {type(error).__name__}: {error}")


def _is_only_named(claim: Claim) -> bool:
    """Whether it is a duplicate that readers never saw, of which a rebuilt register knows that it was taken over."""
    if claim.head_number or HistoryEntry.objects.filter(claim=claim).exists():
        return False
    absorbed = HistoryEntry.objects.filter(act=Act.CLAIM_ABSORBED, other_claim=claim)
    rebuilt = Restoration.objects.from_public(before=claim.created_at)
    return absorbed.filter(claim=claim.merged_into).exists() and rebuilt.exists()


def _document(claim: Claim, wanted: ClaimDocument | None) -> Iterator[Finding]:
    held = ClaimDocument.objects.filter(claim=claim).first()
    subject = f"claim {claim.public_id}"
    if wanted is None or held is None:
        if wanted is not held:
            yield Finding(subject, "the document is missing" if wanted else "is not public yet")
        return
    for name in ("head_number", "body", "summary", "sha256"):
        if getattr(held, name) != getattr(wanted, name):
            yield Finding(subject, f"the stored document's {name} is not what the history gives")
    if held.around != documents.around([claim.pk])[claim.pk]:
        yield Finding(subject, "what is stored around the document is not what the register says")
