"""Asks the server on this machine whether it answers: `python -m factcheck.healthcheck`.

Speaks as the proxy in front would, so that host check and HTTPS redirect let it through, and asks
for a page that needs the database. Imports nothing but the standard library: it runs every 30 s.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from http.client import HTTPConnection, HTTPException

PATH = "/api/v1/claims/?limit=1"


def answer(port: int, host: str) -> int:
    """The status code of the server's answer."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=4)) as connection:
        connection.request("GET", PATH, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status


def main(port: int = 8000) -> int:
    hosts = os.environ.get("FACTCHECK_ALLOWED_HOSTS", "localhost").split(",")
    host = hosts[0].strip().lstrip(".")
    try:
        status = answer(port, host)
    except (OSError, HTTPException) as error:
        sys.stderr.write(f"No answer: {error}\n")
        return 1
    sys.stdout.write(f"{PATH} answered {status}\n")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
