"""rotate_api_key: another key takes its place, and for a week both work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import Scope
from claims.models import ApiKey, User
from claims.vocabulary import Role
from tests.workflow.observing import refused
from tests.workflow.scene_keys import issued


@pytest.mark.parametrize(("days", "left"), [(30, 7), (3, 3)])
def test_both_work_for_a_week_at_most(contributor: User, days: int, left: int) -> None:
    first = issued(contributor, scopes=[Scope.READ, Scope.RECORD_CLAIM], rate=7, days=days)
    second = workflow.rotate_api_key(first.key, by=contributor)
    earlier = ApiKey.objects.get(pk=first.key.pk)
    assert second.text != first.text
    assert (second.key.name, second.key.rate, set(second.key.good_for)) == (
        "A program",
        7,
        {"read", "record_claim"},
    )
    assert second.key.expires_at - second.key.issued_at == timedelta(days=days)
    remaining = earlier.expires_at - timezone.now()
    assert timedelta(days=left, minutes=-1) < remaining <= timedelta(days=left)
    assert second.key.replaces == earlier


def test_once_is_enough(contributor: User) -> None:
    first = issued(contributor).key
    workflow.rotate_api_key(first, by=contributor)
    with refused("replaced already"):
        workflow.rotate_api_key(first, by=contributor)


def test_the_last_key_one_may_have_can_be_replaced_and_each_of_them_once(
    contributor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.workflow.api_keys.MOST_KEYS", 2)
    monkeypatch.setattr("claims.workflow.api_keys.MOST_WITH_REPLACED", 4)
    keys = [issued(contributor).key for _ in range(2)]
    later = [workflow.rotate_api_key(key, by=contributor).key for key in keys]
    with refused("There are 2 keys in force already"):
        issued(contributor)
    with refused("There are 4 keys in force already"):
        workflow.rotate_api_key(later[0], by=contributor)
    workflow.revoke_api_key(later[0], by=contributor)
    workflow.rotate_api_key(later[1], by=contributor)
    with refused("There are 4 keys in force already"):
        issued(contributor)  # one stands, and three that were replaced work still


def test_a_key_that_works_no_longer_is_not_replaced(contributor: User) -> None:
    key = issued(contributor).key
    workflow.revoke_api_key(key, by=contributor)
    with refused("works no longer"):
        workflow.rotate_api_key(key, by=contributor)


def test_nobody_rotates_another_s(contributor: User, editor: User) -> None:
    key = issued(contributor).key
    with refused("somebody else's key", error=PermissionDenied):
        workflow.rotate_api_key(key, by=editor)


def test_what_the_owner_lost_is_not_given_again(contributor: User) -> None:
    key = issued(contributor, scopes=[Scope.FILE_REPORT]).key
    contributor.groups.set([Group.objects.get(name=Role.IMPORTER)])
    with refused("may not do this", field="scopes"):
        workflow.rotate_api_key(
            ApiKey.objects.get(pk=key.pk), by=User.objects.get(pk=contributor.pk)
        )
