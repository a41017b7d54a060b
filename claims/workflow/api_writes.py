"""What is written through the API: each act once, and its answer kept with it.

The row by which an answer can be given again is written in the transaction of the act. So a crash leaves both or
neither, and a request that is sent again finds out which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import Scope
from claims.history.postgres_guards import take_turn
from claims.models import (
    ApiKey,
    ApiWrite,
    Article,
    ArticleIntake,
    Claim,
    ReaderReport,
)
from claims.vocabulary import Verb
from claims.workflow.refusals import RuleBroken, require

ANSWERS_KEPT = timedelta(days=30)


class UsedForAnother(RuleBroken):
    """Another request came under the same name of its client's."""


class UnderWay(RuleBroken):
    """A request of the same name is being carried out just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an act brought about: an entry on a claim, an article, an article on its way in, or a report.

    `status` is that of the answer: 201, 200 for what was there already, 202 for what others still have to do.
    """

    status: int = 201
    claim: Claim | None = None
    entry: int | None = None
    article: Article | None = None
    intake: ArticleIntake | None = None
    report: ReaderReport | None = None


class Outcome(NamedTuple):
    """The row of an act, and whether the act was done just now."""

    write: ApiWrite
    is_new: bool


def must_be_able(key: ApiKey, scope: Scope) -> None:
    """Raise PermissionDenied unless whom `key` acts for may still do this themselves."""
    require(key.owner, Verb(scope.value))


def write_once(
    key: ApiKey,
    scope: Scope,
    *,
    idempotency_key: str,
    request_digest: str,
    act: Callable[[], Written],
) -> Outcome:
    """Do `act` and keep its answer for 30 days under the name its client gave it; or return what is kept there.

    Raises UsedForAnother where another request has that name, UnderWay where the same is being done just now and
    PostgreSQL can tell; on SQLite, which has one writer at a time, the second waits and is given the first's answer.
    What `act` raises leaves nothing behind, and the name free.
    """
    must_be_able(key, scope)
    with transaction.atomic():
        _take_turn(f"api-write:{key.pk}:{idempotency_key}")
        kept = _kept(key, idempotency_key, timezone.now())
        if kept is not None:
            if kept.request_digest != request_digest:
                raise UsedForAnother(_("Another request came under this name."))
            return Outcome(kept, is_new=False)
        done = act()
        row = _row(done)
        row.key, row.act, row.idempotency_key = key, scope.value, idempotency_key
        row.request_digest, row.at = request_digest, timezone.now()
        row.expires_at = row.at + ANSWERS_KEPT
        row.save(force_insert=True)
        return Outcome(row, is_new=True)


def prune_writes(now: datetime) -> int:
    """Forget the answers that need be kept no longer; return how many. What was written stays."""
    return ApiWrite.objects.expired_at(now).delete()[0]


def _take_turn(name: str) -> None:
    if connection.vendor == "postgresql" and not take_turn(connection, name):
        raise UnderWay(_("This is being done just now."))


def _kept(key: ApiKey, idempotency_key: str, now: datetime) -> ApiWrite | None:
    named = ApiWrite.objects.by_key(key).called(idempotency_key)
    named.expired_at(now).delete()
    return named.with_things().first()


def _row(done: Written) -> ApiWrite:
    row = ApiWrite(status=done.status, article=done.article, intake=done.intake, report=done.report)
    if done.claim is not None and done.entry is not None:
        row.claim, row.entry_number = done.claim, done.entry
        row.head_hash = bytes(done.claim.head_hash)
    return row
