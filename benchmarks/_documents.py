"""Writes public documents of a register into files, one a line: those that are asked for, and all of them on demand.

Usage: python benchmarks/_documents.py FOLDER [all]. `sample.ndjson` holds 1,000 claims, chosen the same way each time;
`all.ndjson` every listed one, with which the plain register is filled. Prints how many are listed.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

SAMPLE = 1_000


def main() -> None:
    """Write the files."""
    import django

    django.setup()
    from claims.models import Claim

    folder, listed = Path(sys.argv[1]), Claim.objects.listed().order_by("pk")
    keys = list(listed.values_list("pk", flat=True))
    chosen = random.Random(1).sample(keys, min(SAMPLE, len(keys)))
    write(folder / "sample.ndjson", listed.filter(pk__in=chosen))
    if sys.argv[2:] == ["all"]:
        write(folder / "all.ndjson", listed)
    print(len(keys))


def write(path: Path, claims: Any) -> None:
    """Write the documents of some claims."""
    with path.open("w", encoding="utf-8") as file:
        for body, *_ in claims.stored_documents().iterator(chunk_size=500):
            file.write(body + "\n")


if __name__ == "__main__":
    main()
