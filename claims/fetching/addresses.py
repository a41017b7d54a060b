"""Which URLs and which network addresses may be fetched at all."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

import idna

from claims.fetching.errors import FetchRefused

Address = IPv4Address | IPv6Address

_LONGEST = 2_000
_STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_GLOBAL_IPV6 = ip_network("2000::/3")
# Ranges that are, or lead to, something other than the public Internet, though the standard
# library calls some of them global: relays, translation, benchmarks, documentation.
_SPECIAL = tuple(
    map(
        ip_network,
        (
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
        ),
    )
)


def is_public(address: Address) -> bool:
    """Tell whether `address` is an ordinary host of the public Internet."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if isinstance(address, IPv6Address) and address not in _GLOBAL_IPV6:
        return False
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in net for net in _SPECIAL if net.version == address.version)


def clean_url(url: str, *, ports: Collection[int]) -> str:
    """Give `url` with its host in lower-case ASCII and without fragment, or refuse it."""
    url = url.strip()
    if len(url) > _LONGEST:
        raise FetchRefused(f"The address is longer than {_LONGEST} characters.")
    if _STRANGE.search(url):
        raise FetchRefused("The address contains a space, a backslash or a control character.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("The address is not a valid URL.") from error
    _check_parts(parts, port, ports)
    host = _ascii_host(parts.hostname or "")
    netloc = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    if port not in {None, default}:
        netloc = f"{netloc}:{port}"
    return parts._replace(netloc=netloc, path=parts.path or "/", fragment="").geturl()


def _check_parts(parts: SplitResult, port: int | None, ports: Collection[int]) -> None:
    if parts.scheme not in {"http", "https"}:
        raise FetchRefused("Only addresses that start with http:// or https:// are fetched.")
    if "@" in parts.netloc:
        shown = _shown_host(parts.hostname or "")
        raise FetchRefused(
            f"The address hides a user name before an “@”; it would lead to {shown!r}."
        )
    if not parts.hostname:
        raise FetchRefused("The address names no host.")
    if port is not None and port not in ports:
        raise FetchRefused(f"Port {port} is not fetched, only the web's ports 80 and 443.")


def _shown_host(host: str) -> str:
    try:
        return _ascii_host(host)
    except FetchRefused:
        return host.encode("ascii", "backslashreplace").decode()


def _ascii_host(host: str) -> str:
    """Give a host in punycode or as a plain IP address; refuse what only looks like one."""
    if ":" in host or "%" in host:
        return _ip_literal(host)
    try:
        name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise FetchRefused("The host name contains characters no host name may have.") from error
    name = name.lower().removesuffix(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _ip_literal(name)
    if not re.fullmatch(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", name) or len(name) > 253:
        raise FetchRefused(f"{name[:80]!r} is not the full name of a public host.")
    return name


def _ip_literal(host: str) -> str:
    try:
        if "%" in host:
            raise ValueError(host)
        return str(ip_address(host))
    except ValueError as error:
        raise FetchRefused(f"{host[:80]!r} is not a plain way to write an address.") from error
