"""On the wire the fetcher keeps to its limits of redirects, size, ratio, time and type.

A server on loopback stands in for the Internet; only a `Fetcher` built for it can reach it.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from claims.fetching import Fetcher, FetchFailed, FetchRefused, fetch
from claims.fetching.errors import trouble_of
from claims.fetching.wire import Watchdog
from tests.misbehaving_server import PAGE, Handler, Server


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def base(port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server's address under a name that the name service sends to loopback."""

    def getaddrinfo(host: str, asked: Any, *_: object, **__: object) -> list[Any]:
        address = host if host[0].isdigit() or ":" in host else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, asked or 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return f"http://press.example:{port}"


@pytest.fixture
def fetcher(port: int) -> Fetcher:
    return Fetcher(
        max_bytes=200_000,
        total_seconds=5,
        ports=frozenset({80, port}),
        permits=lambda address: address.is_loopback,
    )


def test_a_page_is_fetched_with_what_is_known_about_it(base, fetcher):
    got = fetcher.fetch(f" {base}/page?q=1#part ".replace("press", "PRESS"))
    assert got.body == PAGE
    assert got.url == got.final_url == f"{base}/page?q=1"
    assert (got.status, got.media_type, got.charset) == (200, "text/html", "utf-8")
    assert got.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert got.fetched_at.tzinfo is not None
    assert got.redirects == ()


def test_loopback_is_out_of_reach_without_a_fetcher_made_for_it(base, port):
    with pytest.raises(FetchRefused, match="Port"):
        fetch(f"{base}/page")
    with pytest.raises(FetchRefused, match="does not lead to the public Internet"):
        Fetcher(ports=frozenset({port})).fetch(f"{base}/page")


@pytest.mark.parametrize("path", ["/gzip", "/zlib", "/raw"])
def test_packed_answers_are_unpacked(base, fetcher, path):
    assert fetcher.fetch(base + path).body == PAGE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/brotli", "packed as 'br'"),
        ("/twice", "packed as 'gzip, gzip'"),
        ("/bomb", "larger than 200,000 bytes"),
        ("/bomb-z", "larger than 200,000 bytes"),
        ("/large", "larger than 200,000 bytes"),
        ("/announced", "larger than 200,000 bytes"),
        ("/endless", "larger than 200,000 bytes"),
        ("/svg", r"image/svg\+xml"),
        ("/program", "application/octet-stream"),
        ("/typeless", "of no stated type"),
        ("/to-file", "http:// or https://"),
        ("/to-gopher", "http:// or https://"),
        ("/to-private", "does not lead to the public Internet"),
        ("/to-port", "Port 22"),
        ("/to-user", "user name"),
        ("/to-nonsense", "not a URL"),
        ("/to-slashes", r"redirects to one that is not fetched\. '10\.0\.0\.1' does not lead"),
        ("/to-number", r"redirects .* '2130706433' is not a plain way"),
        ("/to-mapped", r"redirects .* does not lead to the public Internet"),
        ("/to-data", r"redirects .* http:// or https://"),
        ("/loop", "redirects more than 3 times"),
        ("/4", "redirects more than 3 times"),
    ],
)
def test_what_is_not_kept_is_refused(base, fetcher, path, reason):
    with pytest.raises(FetchRefused, match=reason):
        fetcher.fetch(base + path)


def test_a_bomb_within_the_size_cap_is_refused_for_its_ratio(base, fetcher):
    with pytest.raises(FetchRefused, match="suspicious multiple"):
        replace(fetcher, max_bytes=10_000_000).fetch(f"{base}/bomb")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "status 404"),
        ("/nowhere", "status 302"),
        ("/damaged", "damaged"),
        ("/cut", "cut off"),
        ("/trailing", "goes on after"),
        ("/lies-more", "broke off"),
        ("/hung-up", "broke off"),
        ("/short-chunk", "broke off"),
        ("/nonsense", "not valid HTTP"),
        ("/bare", "not valid HTTP"),
        ("/no-status", "not valid HTTP"),
        ("/long-header", "not valid HTTP"),
        ("/many-headers", "not valid HTTP"),
        ("/two-lengths", "not valid HTTP"),
        ("/word-chunk", "not valid HTTP"),
        ("/negative-chunk", "not valid HTTP"),
        ("/empty", "sent an empty document"),
        ("/empty-gzip", "sent an empty document"),
    ],
)
def test_an_unusable_answer_is_a_failure(base, fetcher, path, reason):
    with pytest.raises(FetchFailed, match=reason):
        fetcher.fetch(base + path)


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/gone", "gone"),
        ("/svg", "not_text"),
        ("/large", "too_large"),
        ("/all_at_once", "too_large"),
        ("/bomb", "too_large"),
        ("/to-private", "redirect"),
        ("/loop", "redirect"),
        ("/to-nonsense", "redirect"),
        ("/cut", "garbled"),
        ("/brotli", "garbled"),
        ("/nowhere", "garbled"),
        ("/hung-up", "connection"),
        ("/bare", "garbled"),
    ],
)
def test_the_trouble_is_told_in_one_word(base, fetcher, path, trouble):
    with pytest.raises((FetchRefused, FetchFailed)) as caught:
        fetcher.fetch(base + path)
    assert caught.value.trouble == trouble  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("http://127.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("ftp://press.example/", "address"),
        ("http://press.example:22/", "address"),
        ("nonsense", "address"),
    ],
)
def test_an_address_that_is_not_fetched_is_told_apart(url, trouble):
    with pytest.raises(FetchRefused) as caught:
        fetch(url)
    assert caught.value.trouble == trouble


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (404, "gone"),
        (410, "gone"),
        (403, "forbidden"),
        (451, "forbidden"),
        (429, "busy"),
        (503, "busy"),
        (204, "garbled"),
    ],
)
def test_what_a_status_means_to_whoever_wanted_the_page(status, trouble):
    assert trouble_of(status) == trouble


def test_the_status_of_a_failure_is_kept(base, fetcher):
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(f"{base}/gone")
    assert caught.value.status == 404


def test_nothing_is_read_beyond_the_announced_length(base, fetcher):
    assert fetcher.fetch(f"{base}/lies-less").body == PAGE[:6]


def test_a_length_that_is_no_number_is_ignored(base, fetcher):
    assert fetcher.fetch(f"{base}/odd-length").body == PAGE


def test_no_parser_is_given_more_than_may_be_kept(base, fetcher):
    """Without a meter below the libraries this answer would fill the memory until time ran out."""
    with pytest.raises(FetchRefused, match="sent more than any document that is kept"):
        fetcher.fetch(f"{base}/all_at_once")


def test_a_trailer_without_end_ends_the_fetch(base, fetcher):
    with pytest.raises((FetchRefused, FetchFailed), match=r"sent more|broke off|not valid HTTP"):
        fetcher.fetch(f"{base}/endless_trailer")


def test_a_server_that_only_says_continue_is_cut_off(base, fetcher):
    with pytest.raises((FetchRefused, FetchFailed), match=r"longer than 0\.3 seconds|sent more"):
        replace(fetcher, total_seconds=0.3).fetch(f"{base}/continuing")


def test_redirects_are_followed_and_listed(base, fetcher):
    got = fetcher.fetch(f"{base}/3")
    assert got.redirects == (f"{base}/2", f"{base}/1", f"{base}/page")
    assert (got.url, got.final_url) == (f"{base}/3", f"{base}/page")


def test_the_body_of_a_redirect_is_not_read(base, fetcher):
    assert fetcher.fetch(f"{base}/redirect_endless").body == PAGE


def test_the_fragment_of_a_redirect_is_dropped(base, fetcher):
    assert fetcher.fetch(f"{base}/to-page").final_url == f"{base}/page"


@pytest.mark.parametrize(
    "path", ["/dripping", "/headers_dripping", "/headers_dripping?lines", "/dripping?announced"]
)
def test_a_server_that_sends_byte_by_byte_is_cut_off(base, fetcher, path):
    with pytest.raises(FetchFailed, match=r"longer than 0\.3 seconds"):
        replace(fetcher, total_seconds=0.3).fetch(base + path)


def test_a_silent_server_is_given_up(base, fetcher):
    with pytest.raises(FetchFailed, match="did not answer in time"):
        replace(fetcher, read_seconds=0.1).fetch(f"{base}/silent")


def test_a_closed_port_is_a_failure(base, fetcher):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = unused.getsockname()[1]
    with pytest.raises(FetchFailed, match="failed or broke off"):
        replace(fetcher, ports=frozenset({closed})).fetch(f"http://press.example:{closed}/")


def test_neither_cookies_nor_credentials_nor_proxies_are_used(base, fetcher, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine press.example login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    sent = fetcher.fetch(f"{base}/cookie").body.decode().lower()
    assert "cookie" not in sent
    assert "authorization" not in sent
    assert "user-agent: factcheck/" in sent
    assert f"host: {base.removeprefix('http://')}" in sent
    assert "accept: text/html, " in sent


def test_only_the_types_asked_for_are_kept(base, fetcher):
    with pytest.raises(FetchRefused, match="only application/pdf can be kept"):
        fetcher.fetch(f"{base}/page", accept=("application/pdf",))


def test_a_connection_opened_after_time_ran_out_is_cut_at_once():
    ours, theirs = socket.socketpair()
    with ours, theirs, Watchdog(0.0) as watchdog:
        while not watchdog.fired:
            time.sleep(0.001)
        watchdog.watch(ours)
        watchdog.watch(None)
        assert theirs.recv(1) == b""
