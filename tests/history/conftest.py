"""Databases for attacks on the record: one filled ledger for many, and one that truly commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction

from claims.history import triggers
from claims.models import Claim, MethodVersion
from claims.vocabulary import Role
from tests.history.ledger import ON_POSTGRES, fill_ledger, run, settle_constraints


class Blocker(Protocol):
    """What pytest-django hands out to allow the database where no test does."""

    def unblock(self) -> AbstractContextManager[None]: ...


@pytest.fixture(scope="module")
def ledger(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[Claim]:
    """A claim with a row in every append-only table, made once for all the attacks of a module.

    The tests that use it change nothing: what they try is refused, or rolled back.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        claim = fill_ledger()
        settle_constraints()
        yield claim
        transaction.set_rollback(True)


@pytest.fixture
def guards_and_roles_return(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[None]:
    """Leave the database as tests expect it, after pytest-django has emptied it."""
    with django_db_blocker.unblock():
        held = {group.name: _codenames(group) for group in Group.objects.all()}
        methods = list(MethodVersion.objects.all())
    yield
    with django_db_blocker.unblock():
        for name, codenames in held.items():
            permissions = Permission.objects.filter(
                content_type__app_label="claims", codename__in=codenames
            )
            Group.objects.create(name=name).permissions.set(permissions)
        MethodVersion.objects.bulk_create(methods)
        assert triggers.missing(connection) == []
        assert {group.name: _codenames(group) for group in Group.objects.all()} == held
        assert Group.objects.count() == len(Role)


def _codenames(group: Group) -> set[str]:
    return set(group.permissions.values_list("codename", flat=True))


@pytest.fixture
def committing_database(guards_and_roles_return: None, transactional_db: None) -> Iterator[None]:
    """A database in which tests commit, for writers on connections of their own.

    pytest-django empties it after the test, which the guards refuse: they are taken down here, in tests only, by
    names read from the catalogue. The `post_migrate` that follows the emptying puts them up again.
    """
    yield
    drop_every_guard()


def drop_every_guard() -> None:
    """Drop what guards this test database, by its owner's right."""
    if ON_POSTGRES:
        listed = "SELECT proname FROM pg_proc WHERE proname LIKE 'guard_%%'"
        drop = 'DROP FUNCTION "{}"() CASCADE'
    else:
        listed = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        drop = 'DROP TRIGGER "{}"'
    with connection.cursor() as cursor:
        cursor.execute(listed)
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        run(drop.format(name))
