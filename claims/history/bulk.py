"""Writing many rows of the history at once while a register is rebuilt: the second door, open while it is empty.

Every guard stands while `many.write` writes. Rows come with keys of their own, so that entries keep their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone

from claims.history.many import Values, columns_of
from claims.models import (
    Appearance,
    Claim,
    Evidence,
    HistoryEntry,
    Restoration,
    Verdict,
    Wording,
)

# The tables that a rebuilding fills, of which some have indexes that nothing in it needs.
INDEXED: tuple[type[models.Model], ...] = (
    Claim,
    HistoryEntry,
    Wording,
    Appearance,
    Evidence,
    Verdict,
)
PLACED = 10_000  # at once
PLACE = """INSERT INTO claims_logleaf ("index", entry_id) SELECT id - 1, entry_id FROM claims_unsealed
    WHERE id > {first:d} AND id <= {size:d} ORDER BY id LIMIT {at_once:d}"""

# Until the end of the transaction, where the server was built with it.
COMPRESS = """SELECT set_config(name, 'lz4', true) FROM pg_settings
    WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"""

# Of SQLite: where it sorts (1 is in files), and how many kB of pages it keeps.
SORTING = {"temp_store": 1, "cache_size": -4_000}
# Django reads whole tables off their SQL to tell them, and is asked for twelve.
NAMES_OF_INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
}


class Refused(Exception):
    """A restoration may not begin, go on or end."""


def begin(*, manifest_sha256: str, origin: str, whole: bool, as_of: datetime | None) -> Restoration:
    """Open the register to the past: from here on it takes the entries of one export and no others.

    Goes on with one that was broken off. Raises Refused where another export was begun with. The database refuses
    it where there is an entry already.
    """
    open_one = Restoration.objects.begun().first()
    if open_one is None:
        return Restoration.objects.create(
            manifest_sha256=manifest_sha256,
            origin=origin,
            whole=whole,
            as_of=as_of,
            begun_at=timezone.now(),
        )
    if open_one.manifest_sha256 != manifest_sha256:
        raise Refused(f"This register is being rebuilt from another export, {open_one}.")
    return open_one


def stand_alone(restoration: Restoration, claims: int) -> None:
    """Raise Refused where another process brings the same export in: it wrote what this one did not.

    `claims` is the number of the last line that this process knows to be in. Whoever finds it to be another gives way,
    so that of any number of processes one goes on. The caller is inside a transaction, and has waited for its turn.
    """
    there = last_line()
    if there == claims and Restoration.objects.begun().filter(pk=restoration.pk).exists():
        return
    raise Refused(
        f"Another process rebuilds this register from the same export: it has brought in the claims up to line {there},"
        f" this one up to line {claims}. Let that one go on; when none runs, the same command goes on where it stopped."
    )


def last_line() -> int:
    """Return the last line of an export whose claim is in: they come in order, each batch whole."""
    return Claim.objects.recorded().order_by("-pk").values_list("pk", flat=True).first() or 0


def end(restoration: Restoration) -> None:
    """Close the register to the past for good."""
    restoration.ended_at = timezone.now()
    restoration.save(update_fields=["ended_at"])


def fill_in(model: type[models.Model], rows: Sequence[Values], there: set[int]) -> list[Values]:
    """Fill in the rows whose keys are `there` already, kept for them since others named them; return the rest."""
    columns = columns_of(model)
    left: list[Values] = []
    for row in rows:
        values = {one.attname: _again(one, value) for one, value in zip(columns, row, strict=True)}
        if values["id"] not in there:
            left.append(row)
            continue
        kept = model._default_manager.filter(pk=values.pop("id"), public_id=values.pop("public_id"))
        if not kept.filter(head_number=0).update(**values):
            raise ValueError(f"the claim of line {row[0]} is there already")
    return left


def _again(column: models.Field[Any, Any], value: Any) -> Any:
    """Return a value that `many.values_of` made as Django takes it."""
    if isinstance(column, models.DateTimeField) and isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


def reserve(key: int, public_id: str) -> None:
    """Make the empty row of a claim that another names before it comes."""
    Claim.objects.create(pk=key, public_id=public_id, created_at=timezone.now())


def lead_on(claim: Claim) -> None:
    """Have the empty row of a claim that no line holds lead to the claim that took it over."""
    claim.save(update_fields=["merged_into"])


def set_indexes_aside() -> None:
    """Drop the indexes that only make reading quicker: each is built three times as fast when all rows are there.

    Those that a guard, a key or a constraint needs stay. `put_indexes_back` may follow in another process, much later:
    it goes by the models.
    """
    for _, one, there in _indexes():
        if there:
            _run(f"DROP INDEX {connection.ops.quote_name(one.name)}")


def put_indexes_back() -> None:
    """Build the indexes that `set_indexes_aside` dropped. The caller is inside a transaction."""
    with _sorting_in_files():
        for model, one, there in _indexes():
            if not there:
                _run(str(one.create_sql(model, connection.schema_editor())))


@contextmanager
def _sorting_in_files() -> Iterator[None]:
    """Have SQLite sort in files, as PostgreSQL does, what would take 100 bytes of memory a row.

    Its connections sort in memory, so that no words lie in files that nobody looks after. These indexes hold none. It
    sorts as much at once as it keeps of pages, which is little meanwhile.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {name: _pragma(cursor, name) for name in SORTING}
        for name, value in SORTING.items():
            cursor.execute(f"PRAGMA {name} = {value:d}")
        try:
            yield
        finally:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {value:d}")


def _pragma(cursor: Any, name: str) -> int:
    cursor.execute(f"PRAGMA {name}")
    [value] = cursor.fetchone()
    return int(value)


def count_anew(models_written: Iterable[type[models.Model]]) -> None:
    """Have PostgreSQL's planner count what came in: by itself it does so a while later, or never (autovacuum off).

    It looks at a sample, so that it takes about as long whatever the size. SQLite's planner goes by the indexes alone.
    """
    if connection.vendor == "postgresql":
        quoted = map(connection.ops.quote_name, (one._meta.db_table for one in models_written))
        _run(f"ANALYZE {', '.join(quoted)}")


def _indexes() -> Iterator[tuple[type[models.Model], models.Index, bool]]:
    """Yield the indexes that models declare, each with whether it is there."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES_OF_INDEXES[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    for model in INDEXED:
        yield from ((model, one, one.name in there) for one in model._meta.indexes)


def _run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def give_places(size: int) -> None:
    """Give each entry that waits for one of the first `size` places in the log the place before its key, in order."""
    placed = 0
    while new := _run(PLACE.format(first=placed, size=size, at_once=PLACED)):
        placed += new  # a guard sees to it that there are no gaps
    _run(f"DELETE FROM claims_unsealed WHERE id <= {size:d}")  # noqa: S608


def check_at_once() -> None:
    """Have PostgreSQL check foreign keys now, while what it must remember for that is small."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def compress_quickly() -> None:
    """Have PostgreSQL compress long texts in a quarter of the time while this transaction lasts; they read the same."""
    if connection.vendor == "postgresql":
        _run(COMPRESS)


def go_on_numbering(models_written: Sequence[type[models.Model]]) -> None:
    """Have the next row of each table come after the last one that brought its own key."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(models_written))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
