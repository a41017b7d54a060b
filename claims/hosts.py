"""The one spelling of a host name: whatever compares, keeps or shows the host of an address asks here.

`claims.fetching` reads a host name in the same way, so that what is fetched, recorded and counted is one site.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import idna


def host_of(address: str) -> str:
    """Return the host of a web address in lower-case ASCII, without `www.` and a final dot; "" where it has none.

    International names are read as browsers read them (UTS 46, nontransitional: `faß.example` is not
    `fass.example`). One that no host can have is returned as it is written.
    """
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    if not host.isascii():
        with suppress(idna.IDNAError):
            host = idna.encode(host, uts46=True).decode()
    return host.rstrip(".").removeprefix("www.")


@lru_cache(1_000)
def network_of(address: str) -> str:
    """Return what requests from a network address are counted under: itself, or the /64 that an IPv6 one is in."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        # A socket for both families shows every IPv4 reader in one /64.
        return str(found.ipv4_mapped) if found.ipv4_mapped else f"{int(found) >> 64:x}"
    return str(found)
