"""revoke_api_key: a key opens nothing from then on, and that it was there stays known."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import workflow
from claims.models import ApiKey, User
from tests.workflow.observing import refused
from tests.workflow.scene_keys import issued
from tests.workflow.test_issue_api_key import administrator


def test_it_is_over_at_once(contributor: User) -> None:
    key = workflow.revoke_api_key(issued(contributor).key, by=contributor)
    now = timezone.now()
    assert not key.is_in_force_at(now)
    assert list(ApiKey.objects.in_force_at(now)) == []
    assert list(ApiKey.objects.over_at(now)) == [key]
    assert key.revoked_by == contributor


def test_once_is_enough(contributor: User) -> None:
    key = issued(contributor).key
    workflow.revoke_api_key(key, by=contributor)
    with refused("revoked already"):
        workflow.revoke_api_key(key, by=contributor)


def test_administrators_revoke_anybody_s_and_nobody_else_does(
    contributor: User, editor: User
) -> None:
    key = issued(contributor).key
    with refused("somebody else's key", error=PermissionDenied):
        workflow.revoke_api_key(key, by=editor)
    assert workflow.revoke_api_key(key, by=administrator()).revoked_at is not None
