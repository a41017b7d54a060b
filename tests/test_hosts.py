"""host_of: one spelling for all the names of a host, the one that is fetched."""

from __future__ import annotations

import pytest

from claims.fetching.addresses import clean_url
from claims.hosts import host_of
from claims.models import Evidence, User
from claims.templatetags.public_text import host
from claims.workflow import record_publisher
from claims.workflow.rules import independent_origins

# An address, and the host that DNS knows it by.
HOSTS = {
    "https://gazette.example/a": "gazette.example",
    "https://WWW.Gazette.Example./a?b#c": "gazette.example",
    "https://gazette.example:8443/": "gazette.example",
    "https://faß.example/": "xn--fa-hia.example",
    "https://fass.example/": "fass.example",
    "https://βόλος.example/": "xn--nxasmm1c.example",
    "https://Bücher.example/": "xn--bcher-kva.example",
    "https://xn--bcher-kva.example/": "xn--bcher-kva.example",
    "https://a\u3002example/": "a.example",
    "https://www.faß.example/": "xn--fa-hia.example",
    "https://a_b.example/": "a_b.example",
}
NONE = ["", "no address", "mailto:a@b.example", "/path", "http://[broken"]


@pytest.mark.parametrize(("address", "name"), HOSTS.items())
def test_a_host_has_one_spelling_wherever_it_is_asked_for(address: str, name: str) -> None:
    assert host_of(address) == name
    assert host(address) == name


@pytest.mark.parametrize(("address", "name"), HOSTS.items())
def test_the_same_host_is_fetched(address: str, name: str) -> None:
    assert host_of(clean_url(address, ports={80, 443, 8443})) == name


@pytest.mark.parametrize(("address", "name"), HOSTS.items())
def test_the_same_host_is_recorded_as_the_publishers(
    contributor: User, address: str, name: str
) -> None:
    assert record_publisher(name="Gazette", domain=address, by=contributor).domain == name


@pytest.mark.parametrize("address", NONE)
def test_what_has_no_host_gives_none(address: str) -> None:
    assert host_of(address) == ""


def test_a_host_nobody_can_have_stays_as_it_is_written() -> None:
    assert host_of("https://\u2603.example/") == "\u2603.example"
    assert host_of(f"https://{'ü' * 70}.example/") == f"{'ü' * 70}.example"


def test_two_registrants_are_two_sources() -> None:
    pieces = [
        Evidence(origin=1, url="https://faß.example/"),
        Evidence(origin=2, url="https://fass.example/"),
    ]
    assert independent_origins(pieces) == 2
