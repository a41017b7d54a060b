"""Whether the database tells that anything was committed: by whomever, and of whatever table."""

from __future__ import annotations

from collections.abc import Iterator

import dj_database_url
import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims import replicas
from claims.models import Publisher
from factcheck import database_version
from tests.scratch import Register

ADD = "INSERT INTO django_content_type (app_label, model) VALUES ('elsewhere', '{}')"


@pytest.fixture
def connected(scratch_register: Register) -> Iterator[BaseDatabaseWrapper]:
    """A connection of this process to a register of its own, as a server has one."""
    settings = connections.configure_settings(None)["default"]
    given = dj_database_url.parse(scratch_register.environment["DATABASE_URL"])
    wrapper = connections.create_connection("default")
    wrapper.settings_dict = {**settings, "NAME": given["NAME"]}
    wrapper.connect()
    yield wrapper
    wrapper.close()


def add(connection: BaseDatabaseWrapper, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(name))


def test_it_stays_while_nothing_is_written(connected: BaseDatabaseWrapper) -> None:
    before = database_version.of(connected)
    assert before is not None
    with connected.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_claim")
    assert database_version.of(connected) == before


def test_it_changes_with_what_others_write(
    connected: BaseDatabaseWrapper, scratch_register: Register
) -> None:
    seen = [database_version.of(connected)]
    for name in ("one", "two"):
        scratch_register.change(ADD.format(name))
        seen.append(database_version.of(connected))
    assert len(set(seen)) == 3


def test_it_changes_with_what_is_written_here(connected: BaseDatabaseWrapper) -> None:
    before = database_version.of(connected)
    add(connected, "one")
    assert database_version.of(connected) not in (before, None)


def test_what_is_not_committed_is_no_state(connected: BaseDatabaseWrapper) -> None:
    before = database_version.of(connected)
    other = connected.copy()
    try:
        other.set_autocommit(autocommit=False)
        add(other, "one")
        assert database_version.of(connected) == before or connected.vendor == "postgresql"
        between = database_version.of(connected)
        other.commit()
        assert database_version.of(connected) not in (before, between)
    finally:
        other.close()


def test_in_a_transaction_it_cannot_be_told(connected: BaseDatabaseWrapper) -> None:
    connected.in_atomic_block = True
    assert database_version.of(connected) is None


def test_without_a_connection_it_cannot_be_told(connected: BaseDatabaseWrapper) -> None:
    connected.close()
    assert database_version.of(connected) is None


def test_what_the_server_refuses_is_no_state(
    connected: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connected.vendor == "sqlite":
        pytest.skip("SQLite has no server")
    monkeypatch.setattr(database_version, "SNAPSHOT", b"SELECT nothing_of_this_name()")
    assert database_version.of(connected) is None
    connected.close()


def test_a_new_connection_tells_another_state(
    connected: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connected.vendor == "postgresql":
        pytest.skip("PostgreSQL tells the same on every connection")
    before = database_version.of(connected)
    monkeypatch.setattr(database_version, "monotonic", lambda: 1e12)
    assert database_version.of(connected) not in (before, None)


@pytest.mark.django_db
def test_the_transaction_of_a_test_is_none_of_a_reader() -> None:
    with transaction.atomic():
        Publisher.objects.first()
        assert database_version.now() is None


def test_where_there_is_a_replica_it_is_not_looked_at(
    connected: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "exists", lambda: True)
    assert database_version.now() is None
