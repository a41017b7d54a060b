"""Copies of a small register beneath shifted keys: the many claims of a benchmark, out of the few that verbs made.

Each copy has its own wordings, claimants, publishers and articles, and lies some days before the next; all share the
first few claimants and publishers and all topics, as a real register has a few that come up again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

STRIDE = 100_000  # between the keys of one copy and the next
DAYS = 3  # between the dates of one copy and the next
COPIED = (
    "Publisher Claimant Article ArticleOriginal Claim HistoryEntry Wording Appearance Evidence Verdict"
    " VerdictEvidence ClaimDocument ClaimTopic Review Proposal RedactionRequest"
).split()
PARTIES = ("Claimant", "Publisher")
UUIDS = "uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())"


def copy_all(claims: int, sentence: Callable[[], str], *, shared: int) -> None:
    """Copy what is there until there are that many claims; the first `shared` claimants and publishers are in all."""
    from django.apps import apps
    from django.db import connection, transaction

    from claims.history import triggers
    from claims.models import Claim
    from claims.search import index

    models = [apps.get_model("claims", name) for name in COPIED]
    keys = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    copies = claims // len(keys)
    with transaction.atomic(), connection.cursor() as cursor:
        triggers.drop_for_migration(connection)
        cursor.execute("CREATE TEMPORARY TABLE said (id bigint PRIMARY KEY, text text)")
        for number in range(1, copies):
            one = Copy(models, number, (copies - number) * DAYS, shared)
            said = [(key + one.shift, sentence()) for key in keys]
            cursor.executemany("INSERT INTO said VALUES (%s, %s)", said)
            for model in models:
                cursor.execute(one.statement(model))
        if (
            connection.vendor == "postgresql"
        ):  # else foreign keys would wait to be checked, and ALTER refuse
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.install(connection)
    for _ in index.rebuild():
        continue
    with connection.cursor() as cursor:  # as PostgreSQL's autovacuum does before long
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


class Copy:
    """One copy, `days` days before today."""

    def __init__(
        self, models: list[Any], number: int, days: int, shared: int, *, stride: int = STRIDE
    ) -> None:
        from django.db import connection

        self.models, self.number, self.days, self.shared = models, number, days, shared
        self.stride, self.shift = stride, number * stride
        self.on_sqlite = connection.vendor == "sqlite"

    def statement(self, model: Any) -> str:
        """Return the INSERT that copies the rows that verbs made, beneath shifted keys."""
        columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
        values = [self._value(field) for field in model._meta.concrete_fields]
        table, key = model._meta.db_table, model._meta.pk.column
        return (
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table}"
            f' WHERE "{key}" < {self.stride} ORDER BY "{key}"'
        )

    def _value(self, field: Any) -> str:
        column, table, own = field.column, field.model.__name__, self._own()
        if (table, column) in own:
            return own[table, column]
        if field.name == "public_id":
            # Its end in front: else a copy could be called what the original is.
            return f"substr(public_id, 5) || '{self.number:04}'"
        if column == "replaces_id":
            return "NULL"
        if field.primary_key or field.related_model in self.models:
            shifted = f'"{column}" + {self.shift}'
            related = field.related_model.__name__ if field.related_model else ""
            if related in PARTIES:
                return f'CASE WHEN "{column}" <= {self.shared} THEN "{column}" ELSE {shifted} END'
            return shifted
        if field.get_internal_type() == "DateTimeField":
            return self._earlier(column)
        return f'"{column}"'

    def _own(self) -> dict[tuple[str, str], str]:
        said = "(SELECT s.text FROM said s WHERE s.id = {} + {})"
        return {
            ("Claim", "wording"): said.format("claims_claim.id", self.shift),
            ("Wording", "text"): said.format("claim_id", self.shift),
            ("HistoryEntry", "leaf_hash"): "randomblob(32)" if self.on_sqlite else UUIDS,
            ("Article", "sha256"): f"substr(sha256, 1, 58) || '{self.number:06}'",
            ("Claimant", "name"): f"name || ' {self.number}'",
            ("Publisher", "domain"): f"'c{self.number}.' || domain",
            ("Publisher", "name"): f"name || ' {self.number}'",
        }

    def _earlier(self, column: str) -> str:
        if not self.days:
            return f'"{column}"'
        if self.on_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f000', \"{column}\", '-{self.days} days')"
        return f"\"{column}\" - interval '{self.days} days'"
