"""One fetch, from an address to a document, within its limits."""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from claims.desk_vocabulary import FetchTrouble
from claims.fetching.addresses import clean_url, is_public
from claims.fetching.bodies import Limits, read_body
from claims.fetching.errors import FetchFailed, FetchRefused, trouble_of

if TYPE_CHECKING:
    import requests

    from claims.fetching.session import Session
    from claims.fetching.wire import Permits

ACCEPT = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
)
_CHUNK = 65_536
_REDIRECTS = {301, 302, 303, 307, 308}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Fetched:
    """A document as it was at `final_url` at `fetched_at`."""

    url: str
    final_url: str
    status: int
    media_type: str
    charset: str | None
    body: bytes = field(repr=False)
    sha256: str
    fetched_at: datetime
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fetcher:
    """Fetches within limits; `permits` exists for tests, which may let it reach loopback."""

    max_bytes: int = 10_000_000
    max_ratio: int = 200
    max_redirects: int = 3
    total_seconds: float = 20.0
    read_seconds: float = 8.0
    connect_seconds: float = 5.0
    ports: Collection[int] = frozenset({80, 443})
    user_agent: str = "factcheck/0.1 (register of claims; fetches single cited pages)"
    permits: Permits = is_public

    def fetch(self, url: str, *, accept: Collection[str] = ACCEPT) -> Fetched:
        """Fetch the document at `url`.

        Raises FetchRefused for addresses, types and sizes that are not fetched, FetchFailed when
        there is no usable answer. Neither cookies nor credentials are ever sent.
        """
        first = clean_url(url, ports=self.ports)
        with self._talking(accept) as session:
            fetched = self._follow(session, first, accept)
        return fetched

    @contextmanager
    def _talking(self, accept: Collection[str]) -> Iterator[Session]:
        """Open what talks to servers. It is large, so it is loaded by those processes that do."""
        from claims.fetching.session import talking

        with talking(self, accept) as session:
            yield session

    def _follow(self, session: Session, first: str, accept: Collection[str]) -> Fetched:
        """Go from redirect to redirect, checking each address as if it had been typed in."""
        seen = [first]
        self._check_host(session, first)
        while True:
            with self._get(session, seen[-1]) as response:
                target = _redirect_target(response, seen[-1])
                if target is None:
                    return self._document(response, seen, accept)
            if len(seen) > self.max_redirects:
                reason = f"The address redirects more than {self.max_redirects} times."
                raise FetchRefused(reason, trouble=FetchTrouble.REDIRECT)
            seen.append(self._clean_target(session, target))

    def _clean_target(self, session: Session, target: str) -> str:
        try:
            url = clean_url(target, ports=self.ports)
            self._check_host(session, url)
        except FetchRefused as error:
            reason = f"The address redirects to one that is not fetched. {error.reason}"
            raise FetchRefused(reason, trouble=FetchTrouble.REDIRECT) from error
        return url

    def _check_host(self, session: Session, url: str) -> None:
        """Refuse a host of which any address, not only the first, is not public."""
        host = urlsplit(url).hostname or ""
        lookup = partial(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
        found = session.watchdog.within(lookup)
        addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        if not all(map(self.permits, addresses)):
            reason = f"{host!r} does not lead to the public Internet, so it is not fetched."
            raise FetchRefused(reason, trouble=FetchTrouble.PRIVATE)

    def _get(self, session: Session, url: str) -> requests.Response:
        timeout = (self.connect_seconds, self.read_seconds)
        return session.get(url, stream=True, allow_redirects=False, timeout=timeout)

    def _document(
        self, response: requests.Response, seen: list[str], accept: Collection[str]
    ) -> Fetched:
        if response.status_code != 200:
            status = response.status_code
            reason = f"The server answered with status {status}."
            raise FetchFailed(reason, status=status, trouble=trouble_of(status))
        media_type, charset = _content_type(response, accept)
        body = self._body(response)
        if not body:
            raise FetchFailed("The server sent an empty document.", status=response.status_code)
        return Fetched(
            url=seen[0],
            final_url=seen[-1],
            status=response.status_code,
            media_type=media_type,
            charset=charset,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            fetched_at=datetime.now(UTC),
            redirects=tuple(seen[1:]),
        )

    def _body(self, response: requests.Response) -> bytes:
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and int(announced[:19]) > self.max_bytes:
            reason = f"The document is larger than {self.max_bytes:,} bytes."
            raise FetchRefused(reason, trouble=FetchTrouble.TOO_LARGE)
        return read_body(
            response.raw.stream(_CHUNK, decode_content=False),
            coding=response.headers.get("Content-Encoding", ""),
            limits=Limits(self.max_bytes, self.max_ratio),
        )


def fetch(url: str, *, accept: Collection[str] = ACCEPT) -> Fetched:
    """Fetch the document at `url` within the usual limits; see `Fetcher.fetch`."""
    return Fetcher().fetch(url, accept=accept)


def _redirect_target(response: requests.Response, url: str) -> str | None:
    """Give the absolute address an answer points to, None if it is not a redirect."""
    location = response.headers.get("Location")
    if response.status_code not in _REDIRECTS or not location:
        return None
    try:
        return urljoin(url, location.encode("latin-1").decode("utf-8"))
    except ValueError as error:
        reason = "The address redirects to something that is not a URL."
        raise FetchRefused(reason, trouble=FetchTrouble.REDIRECT) from error


def _content_type(response: requests.Response, accept: Collection[str]) -> tuple[str, str | None]:
    header = response.headers.get("Content-Type", "")
    media_type = header.partition(";")[0].strip().lower()
    if media_type not in accept:
        shown = repr(media_type[:60]) if media_type else "of no stated type"
        reason = f"The document is {shown}; only {', '.join(accept)} can be kept."
        raise FetchRefused(reason, trouble=FetchTrouble.NOT_TEXT)
    charset = _CHARSET.search(header)
    return media_type, charset[1].lower() if charset else None
