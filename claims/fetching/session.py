"""What talks to servers within the limits of a fetch, and says in plain words what went wrong."""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING

import requests
from requests_hardened.ip_filter import InvalidIPAddress
from urllib3.exceptions import HTTPError, InvalidChunkLength, InvalidHeader

from claims.desk_vocabulary import FetchTrouble
from claims.fetching.bodies import CODINGS
from claims.fetching.errors import FetchFailed, FetchRefused
from claims.fetching.wire import GuardedAdapter, Watchdog

if TYPE_CHECKING:
    from claims.fetching.fetcher import Fetcher

_HEADERS = 1_000_000


@contextmanager
def talking(fetcher: Fetcher, accept: Collection[str]) -> Iterator[Session]:
    """Open a session that ends when the fetcher's time is up. Raises FetchRefused and FetchFailed alone."""
    with (
        Watchdog(fetcher.total_seconds) as watchdog,
        _plainly(watchdog),
        _session(fetcher, watchdog, accept) as session,
    ):
        yield session


class Session(requests.Session):
    """A session that leaves redirects alone.

    Even when told not to follow them, requests reads and unpacks a redirect's whole body.
    """

    def __init__(self, watchdog: Watchdog) -> None:
        super().__init__()
        self.watchdog = watchdog

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        return None


def _session(fetcher: Fetcher, watchdog: Watchdog, accept: Collection[str]) -> Session:
    session = Session(watchdog)
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.update(
        {
            "User-Agent": fetcher.user_agent,
            "Accept": ", ".join(accept),
            "Accept-Encoding": CODINGS,
            "Connection": "close",
        }
    )
    for scheme in ("http", "https"):
        adapter = GuardedAdapter(
            is_https=scheme == "https",
            permits=fetcher.permits,
            watchdog=watchdog,
            most_bytes=2 * fetcher.max_bytes + _HEADERS,
        )
        session.mount(f"{scheme}://", adapter)
    return session


def _out_of_time(watchdog: Watchdog) -> FetchFailed:
    reason = f"The server took longer than {watchdog.seconds:g} seconds."
    return FetchFailed(reason, trouble=FetchTrouble.TIMEOUT)


@contextmanager
def _plainly(watchdog: Watchdog) -> Iterator[None]:
    """Turn what the libraries raise, and whatever follows a cut connection, into plain words."""
    try:
        yield
    except (FetchRefused, FetchFailed) as error:
        if watchdog.fired:
            raise _out_of_time(watchdog) from error
        raise
    except InvalidIPAddress as error:
        reason = "The host does not lead to the public Internet, so it is not fetched."
        raise FetchRefused(reason, trouble=FetchTrouble.PRIVATE) from error
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        raise _failure(error, watchdog) from error
    if watchdog.fired:
        raise _out_of_time(watchdog)


def _failure(error: Exception, watchdog: Watchdog) -> FetchFailed:
    if watchdog.fired:
        return _out_of_time(watchdog)
    if isinstance(error, socket.gaierror):
        return FetchFailed("There is no such host.", trouble=FetchTrouble.NO_HOST)
    if isinstance(error, requests.Timeout):
        return FetchFailed("The server did not answer in time.", trouble=FetchTrouble.TIMEOUT)
    if isinstance(error, requests.exceptions.SSLError):
        return FetchFailed(
            "The server's certificate could not be verified.", trouble=FetchTrouble.CERTIFICATE
        )
    if _is_nonsense(error):
        return FetchFailed("The server's answer is not valid HTTP.")
    reason = "The connection to the server failed or broke off."
    return FetchFailed(reason, trouble=FetchTrouble.CONNECTION)


def _is_nonsense(error: BaseException | None) -> bool:
    """Whether the server broke the protocol, and did not only hang up."""
    while error is not None and not isinstance(error, HTTPException):
        if type(error) is ValueError or isinstance(error, InvalidHeader):
            return True
        error = error.__context__
    if isinstance(error, InvalidChunkLength):
        return True
    return error is not None and not isinstance(error, (IncompleteRead, RemoteDisconnected))
