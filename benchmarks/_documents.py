"""Writes the public document of every listed claim into a file, one a line: what the plain register is filled with."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Write the file named by the first argument."""
    import django

    django.setup()
    from claims.models import Claim

    documents = Claim.objects.listed().order_by("pk").stored_documents()
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        for body, *_ in documents.iterator(chunk_size=500):
            file.write(body + "\n")


if __name__ == "__main__":
    main()
