"""Posting to an address that somebody typed in, behind the guards of a fetch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from claims.desk_vocabulary import FetchTrouble
from claims.fetching.addresses import clean_url
from claims.fetching.errors import FetchRefused
from claims.fetching.fetcher import Fetcher


@dataclass(frozen=True)
class Answer:
    """What the other side answered: its status, whatever it is, and how its body began."""

    status: int
    retry_after: str
    beginning: bytes = field(repr=False)


@dataclass(frozen=True)
class Sender(Fetcher):
    """Posts within the limits of a fetch: public addresses, two ports, no proxies, cookies or credentials.

    A redirect is an answer like any other and is not followed. Of the body at most `max_bytes` are read, and nothing
    of it is unpacked.
    """

    max_bytes: int = 500
    read_seconds: float = 20.0
    user_agent: str = "factcheck/0.1 (register of claims; sends webhooks)"

    def check(self, url: str) -> str:
        """Return `url` as it is posted to. Raises FetchRefused where it can be seen already that it never will be."""
        address = clean_url(url, ports=self.ports)
        host = urlsplit(address).hostname or ""
        try:
            found = ip_address(host)
        except ValueError:
            return address  # a name: asked for anew at each attempt
        if not self.permits(found):
            reason = f"{host!r} does not lead to the public Internet."
            raise FetchRefused(reason, trouble=FetchTrouble.PRIVATE)
        return address

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        """Post `body` to `url`.

        Raises FetchRefused for addresses that nothing is sent to, FetchFailed when there is no answer within
        `total_seconds`.
        """
        address = clean_url(url, ports=self.ports)
        with self._talking(["*/*"]) as session:
            self._check_host(session, address)
            with session.post(
                address,
                data=body,
                headers={**headers, "Accept-Encoding": "identity"},
                stream=True,
                allow_redirects=False,
                timeout=(self.connect_seconds, self.read_seconds),
            ) as response:
                beginning = response.raw.read(self.max_bytes, decode_content=False)
                told = response.headers.get("Retry-After", "")
                answer = Answer(response.status_code, told, beginning)
        return answer
