"""Makes a rebuilt register many times larger: copies of all its rows beneath shifted keys, for growth to be measured.

Usage: python benchmarks/_grown.py CLAIMS, in the environment of the register. Each copy has ids, sentences and a
stretch of the log of its own; dates, evidence and all else are the original's, so the documents stay true. Digests are
not: `check_history` would name every copy. One transaction a copy, so that what was broken off goes on where it
stopped. The guards are down meanwhile; only for databases that are thrown away.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from typing import Any

from _copies import COPIED, Copy
from _register import Words

STRIDE = 10_000_000  # between the keys of one copy and the next
SHARED = 5  # claimants and publishers that all copies share
MODELS = [*COPIED, "LogLeaf"]


class Grown(Copy):
    """A copy whose documents and log are its own as well."""

    def __init__(self, models: list[Any], number: int, leaves: int) -> None:
        super().__init__(models, number, 0, SHARED, stride=STRIDE)
        self.leaves = leaves

    def statement(self, model: Any) -> str:
        """Return the INSERT; the log counts without a gap, so its copy begins where the last one ended."""
        said = super().statement(model)
        bound = f"< {self.stride} ORDER"
        return (
            said.replace(bound, f"< {self.leaves} ORDER") if model.__name__ == "LogLeaf" else said
        )

    def _own(self) -> dict[tuple[str, str], str]:
        own = {
            ("LogLeaf", "index"): f'"index" + {self.number * self.leaves}',
            ("ClaimDocument", "body"): self._told("body"),
            ("ClaimDocument", "summary"): self._told("summary"),
        }
        return super()._own() | own

    def _told(self, column: str) -> str:
        """Return the document with the copy's id and words; both are letters, digits and spaces, as in the JSON."""
        number, shift = self.number, self.shift
        old = "(SELECT c.{} FROM claims_claim c WHERE c.id = claim_id)"
        new = f"(SELECT s.text FROM said s WHERE s.id = claim_id + {shift})"
        public = old.format("public_id")
        renamed = f"replace({column}, {public}, substr({public}, 5) || '{number:04}')"
        return f"replace({renamed}, {old.format('wording')}, {new})"


def grow(claims: int) -> None:
    """Copy what is there until there are that many claims, a multiple of how many there were at first."""
    from django.apps import apps
    from django.db import connection

    from claims.history import triggers
    from claims.models import Claim, LogLeaf
    from claims.search import index

    models = [apps.get_model("claims", name) for name in MODELS]
    keys = list(Claim.objects.filter(pk__lt=STRIDE).order_by("pk").values_list("pk", flat=True))
    entries = Claim.objects.filter(pk__lt=STRIDE).values("entries")
    leaves = LogLeaf.objects.filter(entry__in=entries).count()
    done = Claim.objects.order_by("-pk").values_list("pk", flat=True)[0] // STRIDE
    triggers.drop_for_migration(connection)
    _prepare(connection)
    for number in range(done + 1, claims // len(keys)):
        _copy(Grown(models, number, leaves), models, keys)
        print(f"{(number + 1) * len(keys):,} claims", flush=True)
    triggers.install(connection)
    for _ in index.rebuild():
        continue
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _prepare(connection: Any) -> None:
    """Let nothing slow the copying down that only a register in use needs."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (id bigint PRIMARY KEY, text text)")
        if connection.vendor == "sqlite":
            for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -1000000"):
                cursor.execute(f"PRAGMA {pragma}")
        else:  # foreign keys are triggers there; the originals were checked
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")


def _copy(copy: Grown, models: list[Any], keys: list[int]) -> None:
    from django.db import connection, transaction

    seed = int.from_bytes(hashlib.sha256(f"copy {copy.number}".encode()).digest()[:4], "big")
    words = _words()
    words.random.seed(seed)
    said = [(key + copy.shift, words.sentence()) for key in keys]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM said")
        cursor.executemany("INSERT INTO said VALUES (%s, %s)", said)
        for model in models:
            cursor.execute(copy.statement(model))


@cache
def _words() -> Words:
    return Words()


if __name__ == "__main__":
    import django

    django.setup()
    grow(int(sys.argv[1]))
