"""A server on loopback that answers well, badly, for ever or not at all, for the fetcher's tests."""

from __future__ import annotations

import gzip
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><body><p>It snowed in the night.</p></body></html>"
BOMB = b"\0" * 6_000_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


# path -> status, headers, body
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html; charset=UTF-8"}, PAGE),
    "/gzip": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/zlib": (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "deflate"},
        zlib.compress(PAGE),
    ),
    "/raw": (200, {"Content-Type": "text/html", "Content-Encoding": "deflate"}, raw_deflate(PAGE)),
    "/brotli": (200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"?"),
    "/twice": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip, gzip"}, b"?"),
    "/damaged": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"not packed"),
    "/cut": (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(PAGE)[:-9],
    ),
    "/trailing": (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(PAGE) * 2,
    ),
    "/bomb": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(BOMB)),
    "/bomb-z": (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "deflate"},
        zlib.compress(BOMB),
    ),
    "/large": (200, {"Content-Type": "text/html"}, b"a" * 300_000),
    "/announced": (200, {"Content-Type": "text/html", "Content-Length": "9" * 30}, b""),
    "/lies-more": (200, {"Content-Type": "text/html", "Content-Length": "500"}, PAGE),
    "/lies-less": (200, {"Content-Type": "text/html", "Content-Length": "6"}, PAGE),
    "/svg": (200, {"Content-Type": "image/svg+xml"}, b"<svg/>"),
    "/program": (200, {"Content-Type": "application/octet-stream"}, b"MZ"),
    "/typeless": (200, {}, PAGE),
    "/gone": (404, {"Content-Type": "text/html"}, PAGE),
    "/nowhere": (302, {"Content-Type": "text/html"}, b""),
    "/cookie": (302, {"Location": "/mirror", "Set-Cookie": "id=1"}, b""),
    "/to-page": (301, {"Location": "/page#part"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-gopher": (302, {"Location": "gopher://press.example/"}, b""),
    "/to-private": (302, {"Location": "http://10.0.0.1/"}, b""),
    "/to-port": (302, {"Location": "http://press.example:22/"}, b""),
    "/to-user": (302, {"Location": "http://press.example@evil.example/"}, b""),
    "/to-slashes": (302, {"Location": "//10.0.0.1/"}, b""),
    "/to-number": (302, {"Location": "http://2130706433/"}, b""),
    "/to-mapped": (302, {"Location": "http://[::ffff:10.0.0.1]/"}, b""),
    "/to-data": (302, {"Location": "data:text/html,hi"}, b""),
    "/to-nonsense": (302, {"Location": "http://[bad/"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/3": (302, {"Location": "/2"}, b""),
    "/2": (302, {"Location": "/1"}, b""),
    "/1": (302, {"Location": "/page"}, b""),
    "/4": (302, {"Location": "/3"}, b""),
}


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

# path -> every byte of the answer, for answers that are no HTTP
RAW: dict[str, bytes] = {
    "/nonsense": b"\x00\xff\xfe nonsense\r\n\r\n",
    "/bare": b"<html><body>It snowed.</body></html>",
    "/no-status": b"HTTP/1.1 abc OK\r\n\r\n",
    "/long-header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "/many-headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    "/two-lengths": HEAD + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\nhi",
    "/word-chunk": CHUNKED + b"zz\r\nhi\r\n0\r\n\r\n",
    "/negative-chunk": CHUNKED + b"-5\r\nhi\r\n0\r\n\r\n",
    "/short-chunk": CHUNKED + b"5\r\nhi",
    "/hung-up": b"",
    "/empty": HEAD + b"Content-Length: 0\r\n\r\n",
    "/empty-gzip": HEAD + b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
    "/odd-length": HEAD + b"Content-Length: many\r\n\r\n" + PAGE,
}


class Handler(BaseHTTPRequestHandler):
    """Answers from the table, or misbehaves."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/mirror":
            self.answer(200, {"Content-Type": "text/plain"}, str(self.headers).encode())
        elif path in ANSWERS:
            self.answer(*ANSWERS[path])
        elif path in RAW:
            self.wfile.write(RAW[path])
        else:
            getattr(self, path.removeprefix("/"))()

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def dripping(self) -> None:
        """One byte of body at a time, for ever."""
        length = {"Content-Length": "9999"} if "announced" in self.path else {}
        self.answer(200, {"Content-Type": "text/html", **length}, b"")
        self.drip(b"a")

    def headers_dripping(self) -> None:
        """One header after another, for ever."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        self.drip(b"X: y\r\n" if "lines" in self.path else b"X")

    def silent(self) -> None:
        """No answer at all until the client is gone."""
        self.connection.recv(1)

    def endless(self) -> None:
        """Chunks without end."""
        self.answer(200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}, b"")
        self.chunks()

    def chunks(self) -> None:
        while True:
            self.wfile.write(b"8000\r\n" + b"a" * 0x8000 + b"\r\n")

    def all_at_once(self) -> None:
        """A chunk of negative size, which libraries take for "read all there is"."""
        self.wfile.write(CHUNKED + b"-1\r\n")
        self.flood()

    def endless_trailer(self) -> None:
        """A last line that never ends, behind the last chunk."""
        self.wfile.write(CHUNKED + b"2\r\nhi\r\n0\r\nX: ")
        self.flood()

    def flood(self) -> None:
        while True:
            self.wfile.write(b"a" * 0x8000)

    def continuing(self) -> None:
        """Go on, go on, and never an answer."""
        while True:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    def redirect_endless(self) -> None:
        """A redirect whose body never ends."""
        headers = {"Location": "/page", "Transfer-Encoding": "chunked", "Content-Type": "text/html"}
        self.answer(302, headers, b"")
        self.chunks()

    def drip(self, byte: bytes) -> None:
        while True:
            self.wfile.write(byte)
            time.sleep(0.02)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing when clients go away."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass
