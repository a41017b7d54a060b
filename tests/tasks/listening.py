"""A server of ours to which caches' and hubs' addresses lead in tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Listener:
    """A server that notes what it is told, and answers as it is asked to."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def last(self) -> Any:
        return json.loads(self.heard[-1][1])


@contextmanager
def listening() -> Iterator[Listener]:
    """Have a server listen until the block ends."""
    noted = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            noted.heard.append((dict(self.headers), body))
            self.send_response(noted.answers.pop(0) if noted.answers else 204)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    noted.url = f"http://127.0.0.1:{server.server_port}/purge"
    yield noted
    server.shutdown()
    server.server_close()
