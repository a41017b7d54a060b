"""issue_api_key: a key for some scopes and some days, whose secret is kept nowhere."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import Scope
from claims.models import ApiKey, User
from claims.models.key_text import KeyText, new_key_text, read_key_text
from claims.vocabulary import Role
from tests import factories
from tests.workflow.observing import everything, refused
from tests.workflow.scene_keys import issued


def administrator() -> User:
    """Return somebody who may do everything."""
    created: User = factories.UserFactory.create(is_superuser=True)
    return User.objects.get(pk=created.pk)


def test_it_is_good_for_what_was_asked_and_as_long(contributor: User) -> None:
    key, text = issued(contributor, scopes=[Scope.ADD_EVIDENCE, Scope.READ], days=10)
    assert (key.owner, key.issued_by, set(key.good_for)) == (
        contributor,
        contributor,
        {"read", "add_evidence"},
    )
    assert key.expires_at - key.issued_at == timedelta(days=10)
    assert re.fullmatch(r"fc_[0-9a-hjkmnp-tv-z]{8}_[0-9a-hjkmnp-tv-z]{39}", text)


def test_its_secret_stands_nowhere_in_the_database(contributor: User) -> None:
    key, text = issued(contributor)
    read = read_key_text(text)
    assert read is not None
    assert read.secret not in str(everything())
    assert key.secret_digest == hashlib.sha256(read.secret.encode()).hexdigest()
    assert key.is_opened_by(read)
    assert not key.is_opened_by(KeyText(read.prefix, read.secret[:-1] + "!"))


def test_a_mistyped_key_is_told_from_a_wrong_one() -> None:
    key = new_key_text()
    assert read_key_text(str(key)) == key
    swapped = str(key).replace(key.secret, key.secret[::-1])
    for text in (swapped, str(key)[:-1], f"{key} ", f"{key}\n", "", "fc__", "é" * 51):
        assert read_key_text(text) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "n" * 81),
        ("name", "a\x00b"),
        ("scopes", []),
        ("scopes", ["approve_verdict"]),
        ("days", 0),
        ("days", 367),
        ("rate", 0),
        ("rate", 3001),
    ],
)
def test_what_cannot_be_is_refused(contributor: User, field: str, value: Any) -> None:
    with refused("", field=field):
        issued(contributor, **{field: value})


def test_nobody_gives_what_they_may_not_do(importer: User) -> None:
    with refused("may not do this: Send reports of readers", field="scopes"):
        issued(importer, scopes=[Scope.READ, Scope.FILE_REPORT])


def test_only_administrators_issue_keys_for_others(contributor: User, editor: User) -> None:
    with refused("somebody else's key", error=PermissionDenied):
        issued(contributor, by=editor)
    admin = administrator()
    key = issued(contributor, by=admin, rate=90_000).key
    assert (key.owner, key.issued_by, key.rate) == (contributor, admin, 90_000)
    with refused("", field="scopes"):
        issued(contributor, by=admin, scopes=["retry_task"])


def test_there_is_an_end_to_keys(contributor: User) -> None:
    keys = [issued(contributor).key for _ in range(20)]
    with refused("20 keys in force"):
        issued(contributor)
    workflow.revoke_api_key(keys[0], by=contributor)
    issued(contributor)


def test_whoever_has_left_issues_none(contributor: User) -> None:
    contributor.is_active = False
    contributor.save(update_fields=["is_active"])
    with refused("You may not", error=PermissionDenied):
        issued(User.objects.get(pk=contributor.pk))


def test_lists_show_one_s_own(contributor: User, reviewer: User) -> None:
    mine = issued(contributor).key
    issued(reviewer)
    assert list(ApiKey.objects.of(contributor)) == [mine]
    assert factories.person(Role.EDITOR).api_keys.count() == 0
