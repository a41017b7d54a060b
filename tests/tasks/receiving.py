"""A receiver of webhooks on loopback: notes what it was sent, verifies it as others do, answers as it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook as Verifier

Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Receiver:
    """What arrived, by the order of arrival; `answers` are used up first, then every answer is 204."""

    url: str = ""
    answers: list[int | Answering] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids of the messages."""
        return [headers["webhook-id"] for headers, _ in self.received]

    def verified(self, secret: str, at: int = -1) -> Any:
        """Return a message as the public library gives it to a receiver who knows `secret`."""
        headers, body = self.received[at]
        return Verifier(secret).verify(body, headers)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Have a receiver wait until the block ends."""
    noted = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            noted.received.append(
                ({name.lower(): value for name, value in self.headers.items()}, body)
            )
            answer = noted.answers.pop(0) if noted.answers else 204
            if not isinstance(answer, int):
                answer(self)
                return
            self.send_response(answer)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def do_GET(self) -> None:
            noted.received.append(({"webhook-id": "followed"}, b""))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    noted.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield noted
    server.shutdown()
    server.server_close()


def after(seconds: float, status: int = 204) -> Answering:
    """Return an answer that takes its time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.send_response(status)
        handler.end_headers()

    return answer


def saying(status: int, body: bytes = b"", **headers: str) -> Answering:
    """Return an answer with a body and headers."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def without_end(handler: BaseHTTPRequestHandler) -> None:
    """Send a body as long as anybody listens."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a" * 65_536)
    except OSError:
        return


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Send one byte of body at a time, as long as anybody listens."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a")
            time.sleep(0.05)
    except OSError:
        return
