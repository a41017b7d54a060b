"""Connections that go only where they were allowed to go and end when their time is up."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from http.client import HTTPResponse
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar

import requests
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from claims.desk_vocabulary import FetchTrouble
from claims.fetching.addresses import Address
from claims.fetching.errors import FetchRefused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

T = TypeVar("T")
Permits = Callable[[Address], bool]

_LOOPBACK = ip_address("127.0.0.1")


class Watchdog:
    """Shuts every watched connection when a fetch has used up its time, and waits no longer for a name service.

    Timeouts on single reads do not stop a server that sends one byte a second, in the headers
    least of all.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.fired = False
        self._until = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._fire)
        self._timer.daemon = True

    def __enter__(self) -> Watchdog:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connection: socket.socket | None) -> None:
        """Remember an open connection."""
        if connection is not None:
            self._sockets.append(connection)
        if self.fired:
            self._shut()

    def within(self, lookup: Callable[[], T]) -> T:
        """Return what `lookup` returns, or raise TimeoutError when the time is up.

        Nothing ends a question to the name service: its thread is left behind until the system gives up.
        """
        asked = Future[T]()
        threading.Thread(target=_ask, args=(lookup, asked), daemon=True).start()
        try:
            return asked.result(timeout=max(self._until - time.monotonic(), 0))
        except TimeoutError:
            if not asked.done():
                self._fire()
            raise

    def _fire(self) -> None:
        self.fired = True
        self._shut()

    def _shut(self) -> None:
        for connection in self._sockets:
            with suppress(OSError):
                # Not the TLS socket's own shutdown: that pulls its state from under the reader.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _ask(lookup: Callable[[], T], asked: Future[T]) -> None:
    try:
        asked.set_result(lookup())
    except BaseException as error:  # noqa: BLE001  (raised again where it was asked for)
        asked.set_exception(error)


class GuardedAdapter(IPFilterAdapter):  # type: ignore[misc]  # publishes no types
    """Resolves a host once, asks `permits` about that very address, and connects to it.

    requests-hardened refuses private addresses by its own list; `permits` may only be stricter,
    except about loopback, which a test may permit.
    """

    def __init__(
        self, *, is_https: bool, permits: Permits, watchdog: Watchdog, most_bytes: int
    ) -> None:
        super().__init__(is_https_proto=is_https, allow_loopback=permits(_LOOPBACK))
        self._permits, self._watchdog = permits, watchdog
        self.poolmanager.pool_classes_by_scheme = _watched_pools(watchdog, most_bytes)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        pinned = super().build_connection_pool_key_attributes  # asks the name service
        host, pool = self._watchdog.within(partial(pinned, request, verify, cert))
        address = ip_address(host["host"].strip("[]"))
        if not self._permits(address):
            raise InvalidIPAddress(address)
        return host, pool


class _Metered(io.RawIOBase):
    """What comes over a connection, and no more of it than `left`.

    Below every parser: a chunk of negative size or a trailer without end makes the libraries read
    all there is in one go.
    """

    def __init__(self, raw: io.RawIOBase, left: int) -> None:
        self._raw = raw
        self._left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int | None:
        count = self._raw.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            reason = "The server sent more than any document that is kept."
            raise FetchRefused(reason, trouble=FetchTrouble.TOO_LARGE)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def _watched_pools(watchdog: Watchdog, most_bytes: int) -> Mapping[str, Any]:
    class Response(HTTPResponse):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fp = io.BufferedReader(_Metered(self.fp.detach(), most_bytes))

    class Plain(HTTPConnection):
        response_class = Response

        def connect(self) -> None:
            super().connect()
            watchdog.watch(self.sock)

    class Secure(HTTPSConnection):
        response_class = Response

        def connect(self) -> None:
            super().connect()
            watchdog.watch(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
