"""The fetcher refuses every address that is not an ordinary page of the public web."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import pytest

from claims.fetching import Fetcher, FetchFailed, FetchRefused, fetch, is_public

Resolve = Callable[..., None]


@pytest.fixture(autouse=True)
def no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in this file may get as far as opening a connection."""

    def connect(*args: object) -> None:
        pytest.fail(f"a connection was opened to {args[1:]}")

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Make the name service give these addresses, one list a question, the last one for ever."""

    def answer(*answers: list[str]) -> None:
        left = list(answers)

        def getaddrinfo(host: str, port: object, *_: object, **__: object) -> list[Any]:
            addresses = left.pop(0) if len(left) > 1 else left[0]
            return [
                (
                    socket.AF_INET6 if ":" in address else socket.AF_INET,
                    socket.SOCK_STREAM,
                    6,
                    "",
                    (address, port or 0),
                )
                for address in addresses
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return answer


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::]",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]",
        "[fd00::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[2001:db8::1]",
        "[::127.0.0.1]",
        "127.0.0.1.",
        "１２７.0.0.1",
    ],
)
def test_addresses_that_are_not_public_are_refused_before_connecting(host):
    with pytest.raises(FetchRefused, match="does not lead to the public Internet"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "0x7f.1",
        "134744072",
        "1.2.3.4.5",
        "256.1.1.1",
    ],
)
def test_addresses_in_disguise_are_refused(host):
    with pytest.raises(FetchRefused, match="not a plain way to write an address"):
        fetch(f"http://{host}/")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))


def test_a_name_that_leads_inside_is_refused(resolve):
    resolve(["10.1.2.3"])
    with pytest.raises(FetchRefused, match=r"'press\.example' does not lead to the public"):
        fetch("https://press.example/")


def test_a_name_with_public_and_private_addresses_is_refused(resolve):
    resolve(["93.184.216.34", "192.168.0.1"])
    with pytest.raises(FetchRefused, match="does not lead to the public Internet"):
        fetch("https://press.example/")


@pytest.mark.parametrize("second", ["127.0.0.1", "fec0::1", "64:ff9b::a00:1", "100.64.0.1"])
def test_a_name_that_changes_its_address_after_the_check_is_refused(resolve, second):
    resolve(["93.184.216.34"], [second])
    with pytest.raises(FetchRefused, match="does not lead to the public Internet"):
        fetch("https://press.example/")


def test_the_reason_does_not_tell_what_is_inside(resolve):
    resolve(["10.1.2.3"])
    with pytest.raises(FetchRefused) as caught:
        fetch("https://press.example/")
    assert "10.1.2.3" not in str(caught.value)
    assert str(caught.value).startswith("url: ")


def test_a_name_that_does_not_exist_is_a_failure(monkeypatch):
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(FetchFailed, match="There is no such host"):
        fetch("https://press.example/")


@pytest.mark.parametrize("answered", [0, 1])
def test_a_name_service_that_is_silent_is_given_up(resolve, monkeypatch, answered):
    """Also where it answers the check and is silent when the connection is opened."""
    resolve(["93.184.216.34"])
    answers, silence, left = socket.getaddrinfo, threading.Event(), [answered]

    def lookup(*given: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            silence.wait(20)
        return answers(*given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    began = time.monotonic()
    with pytest.raises(FetchFailed, match=r"longer than 0\.2 seconds"):
        Fetcher(total_seconds=0.2).fetch("https://press.example/")
    silence.set()
    assert time.monotonic() - began < 5
    assert left == [-1]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "http:// or https://"),
        ("press.example/news", "http:// or https://"),
        ("file:///etc/passwd", "http:// or https://"),
        ("gopher://press.example/", "http:// or https://"),
        ("javascript:alert(1)", "http:// or https://"),
        ("ftp://press.example/", "http:// or https://"),
        ("http://", "names no host"),
        ("http:///etc/passwd", "names no host"),
        ("http://press.example:22/", "Port 22"),
        ("https://press.example:8080/", "Port 8080"),
        ("https://press.example:99999/", "not a valid URL"),
        ("https://[::1/", "not a valid URL"),
        ("https://press.example/a b", "space"),
        ("https://press.example\\@evil.example/", "backslash"),
        ("https://press.example/\r\nHost: evil", "control character"),
        ("https://press.example/\0", "control character"),
        ("https://localhost/", "not the full name of a public host"),
        ("https://press..example/", "not the full name"),
        ("https://-ü-.example/", "no host name may have"),
        ("https://[fe80::1%25eth0]/", "plain way"),
        ("https://press.example/" + "a" * 2_000, "longer than 2000"),
    ],
)
def test_what_is_not_a_plain_web_address_is_refused(url, reason):
    with pytest.raises(FetchRefused, match=reason):
        fetch(url)


def test_a_user_name_before_the_host_is_refused_and_the_true_host_named():
    with pytest.raises(FetchRefused, match=r"it would lead to 'evil\.example'"):
        fetch("https://bbc.com@evil.example/")
    with pytest.raises(FetchRefused, match=r"it would lead to 'xn--vil-qdd\.example'"):
        fetch("https://bbc.com@еvil.example/")
    with pytest.raises(FetchRefused, match="would lead to 'local") as caught:
        fetch("https://me:secret@localhost/")
    assert "secret" not in str(caught.value)


def test_a_look_alike_name_is_shown_in_punycode(resolve):
    resolve(["10.0.0.1"])
    with pytest.raises(FetchRefused, match=r"'xn--bb-pmc\.com'"):
        fetch("https://bbс.com/")
