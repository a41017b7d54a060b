"""Says whether a PostgreSQL server answers at a database address: exit code 0, or 1 and why not."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import psycopg


def main(address: str) -> int:
    parts = urlsplit(address)
    place = f"{parts.hostname}:{parts.port or 5432}"
    try:
        with psycopg.connect(parts._replace(path="/postgres").geturl(), connect_timeout=3):
            return 0
    except psycopg.OperationalError as error:
        print(f"no server answered at {place} ({str(error).splitlines()[0]})")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
