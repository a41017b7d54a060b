"""Verbs on keys of the API: issue_api_key, rotate_api_key, revoke_api_key. One's own; for administrators, anybody's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import Scope
from claims.models import ApiKey, ApiKeyScope, User
from claims.models.key_text import new_key_text
from claims.models.private_links import token_digest
from claims.vocabulary import Verb
from claims.workflow.inputs import clean_choice, clean_text
from claims.workflow.refusals import RuleBroken, require

LONGEST_NAME, LONGEST_DAYS, HIGHEST_RATE = 80, 366, 100_000
# Each may be replaced, and works on for a while beside the one that took its place.
MOST_KEYS, MOST_WITH_REPLACED = 20, 40
OVERLAP = timedelta(days=7)
SEEN_AGAIN_AFTER = timedelta(minutes=1)


class IssuedKey(NamedTuple):
    """A key that was just issued, and its text, which nobody can tell from then on."""

    key: ApiKey
    text: str


def issue_api_key(
    owner: User,
    *,
    name: str,
    scopes: Collection[str],
    days: int,
    by: User,
    rate: int | None = None,
) -> IssuedKey:
    """Make a key that acts for `owner` for `days` days (1 to 366), good for `scopes` and nothing else.

    `rate` is how many requests a minute it may make; only administrators give more than FACTCHECK_API_KEY_RATE.
    Raises PermissionDenied for somebody else's key, RuleBroken naming the field at fault: no scope, one that the
    owner's role does not have, or more than twenty keys in force, those that were replaced not counted.
    """
    require(by, Verb.ISSUE_API_KEY)
    _must_be_theirs(owner, by)
    label = clean_text("name", name, limit=LONGEST_NAME, required=True)
    chosen = _clean_scopes(scopes, owner)
    now = timezone.now()
    with transaction.atomic():
        in_force = _in_force(owner, now)
        _refuse_more_than(MOST_KEYS, in_force.filter(replaced_by=None))
        _refuse_more_than(MOST_WITH_REPLACED, in_force)
        return _issue(
            ApiKey(
                owner=owner,
                name=label,
                rate=_clean_rate(rate, by),
                issued_by=by,
                issued_at=now,
                expires_at=now + timedelta(days=_clean_days(days)),
            ),
            chosen,
        )


def rotate_api_key(key: ApiKey, *, by: User) -> IssuedKey:
    """Make the key that takes another's place, with its name, scopes, rate and length of life.

    The earlier one works for seven days more at most, so that programs can change over. Raises RuleBroken when it
    works no longer, was replaced already, or names a scope that its owner's role no longer has, and when forty work,
    counting those that were replaced.
    """
    require(by, Verb.ISSUE_API_KEY)
    _must_be_theirs(key.owner, by)
    now = timezone.now()
    with transaction.atomic():
        held = _held(key)
        if not held.is_in_force_at(now):
            raise RuleBroken(_("This key works no longer: issue another one."))
        if hasattr(held, "replaced_by"):
            raise RuleBroken(_("This key was replaced already."))
        chosen = _clean_scopes(held.good_for, held.owner)
        _refuse_more_than(MOST_WITH_REPLACED, _in_force(held.owner, now))
        lifetime = held.expires_at - held.issued_at
        held.expires_at = min(held.expires_at, now + OVERLAP)
        held.save(update_fields=["expires_at"])
        return _issue(
            ApiKey(
                owner=held.owner,
                name=held.name,
                rate=held.rate,
                issued_by=by,
                issued_at=now,
                expires_at=now + lifetime,
                replaces=held,
            ),
            chosen,
        )


def revoke_api_key(key: ApiKey, *, by: User) -> ApiKey:
    """End a key: from now on it opens nothing. Raises RuleBroken when that was done already."""
    require(by, Verb.REVOKE_API_KEY)
    _must_be_theirs(key.owner, by)
    with transaction.atomic():
        held = _held(key)
        if held.revoked_at is not None:
            raise RuleBroken(_("This key was revoked already."))
        held.revoked_at, held.revoked_by = timezone.now(), by
        held.save(update_fields=["revoked_at", "revoked_by"])
    return held


def note_use(key: ApiKey, *, now: datetime) -> None:
    """Note that a key was used, where that was not noted within the last minute."""
    before = now - SEEN_AGAIN_AFTER
    if key.last_used_at is not None and key.last_used_at > before:
        return
    ApiKey.objects.filter(pk=key.pk).exclude(last_used_at__gt=before).update(last_used_at=now)


def _must_be_theirs(owner: User, by: User) -> None:
    if owner.pk != by.pk and not by.is_superuser:
        raise PermissionDenied(_("This would be somebody else's key."))


def _held(key: ApiKey) -> ApiKey:
    rows = ApiKey.objects.select_for_update(of=("self",))
    return rows.select_related("owner").get(pk=key.pk)


def _in_force(owner: User, now: datetime) -> QuerySet[ApiKey]:
    """Return the keys of a person that work. The person's lock puts two who issue at once in order."""
    User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    return ApiKey.objects.of(owner).in_force_at(now)


def _refuse_more_than(most: int, keys: QuerySet[ApiKey]) -> None:
    if keys.count() >= most:
        told = _("There are %(most)d keys in force already: revoke one first.")
        raise RuleBroken(told % {"most": most})


def _issue(key: ApiKey, scopes: Collection[Scope]) -> IssuedKey:
    text = new_key_text()
    key.prefix, key.secret_digest = text.prefix, token_digest(text.secret)
    key.save(force_insert=True)
    ApiKeyScope.objects.bulk_create(ApiKeyScope(key=key, scope=scope) for scope in scopes)
    return IssuedKey(key, str(text))


def _clean_scopes(scopes: Collection[str], owner: User) -> list[Scope]:
    chosen = {clean_choice("scopes", scope, Scope) for scope in scopes}
    if not chosen:
        raise RuleBroken(_("Say what the key is good for."), field="scopes")
    for scope in chosen - {Scope.READ}:
        if not owner.has_perm(f"claims.{scope}"):
            told = _("%(name)s may not do this: %(scope)s.")
            said = {"name": owner.public_name, "scope": scope.label}
            raise RuleBroken(told % said, field="scopes")
    return [scope for scope in Scope if scope in chosen]


def _clean_days(days: int) -> int:
    if not 1 <= days <= LONGEST_DAYS:
        told = _("A key works for 1 to %(most)d days.") % {"most": LONGEST_DAYS}
        raise RuleBroken(told, field="days")
    return days


def _clean_rate(rate: int | None, by: User) -> int:
    usual: int = settings.FACTCHECK_API_KEY_RATE
    most = HIGHEST_RATE if by.is_superuser else usual
    if rate is not None and not 1 <= rate <= most:
        told = _("A key may make 1 to %(most)s requests a minute.") % {"most": f"{most:,}"}
        raise RuleBroken(told, field="rate")
    return usual if rate is None else rate
