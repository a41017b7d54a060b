"""Over TLS the fetcher checks the certificate for the name, and its time limit holds there too."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from claims.fetching import Fetcher, FetchFailed

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(not OPENSSL, reason="openssl makes the test's certificate")
PAGE = b"<p>It snowed.</p>"
HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for press.example that signs itself, with its key in the same file."""
    path = tmp_path_factory.mktemp("tls") / "press.pem"
    key = path.with_suffix(".key")
    subprocess.run(
        [
            str(OPENSSL), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=press.example", "-keyout", str(key),
            "-addext", "subjectAltName=DNS:press.example", "-out", str(path),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


def serve(listener: socket.socket, context: ssl.SSLContext) -> None:
    """Answer /drip with a byte now and then, anything else with the page."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        try:
            with context.wrap_socket(connection, server_side=True) as client:
                request = client.recv(9_999)
                client.sendall(HEAD + (b"" if b"/drip" in request else PAGE))
                while b"/drip" in request:
                    client.sendall(b"a")
                    time.sleep(0.02)
        except OSError:
            connection.close()


@pytest.fixture(scope="module")
def port(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener, context), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def fetcher(port: int, monkeypatch: pytest.MonkeyPatch) -> Fetcher:
    def getaddrinfo(host: str, asked: Any, *_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", asked or 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return Fetcher(ports=frozenset({port}), permits=lambda address: address.is_loopback)


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(certificate))


def test_a_trusted_page_is_fetched_by_its_name(fetcher, port, trusted):
    assert fetcher.fetch(f"https://press.example:{port}/").body == PAGE


def test_a_certificate_nobody_vouches_for_is_a_failure(fetcher, port):
    with pytest.raises(FetchFailed, match="certificate could not be verified"):
        fetcher.fetch(f"https://press.example:{port}/")


def test_a_certificate_for_another_name_is_a_failure(fetcher, port, trusted):
    with pytest.raises(FetchFailed, match="certificate could not be verified"):
        fetcher.fetch(f"https://other.example:{port}/")


def test_time_runs_out_over_tls_too(fetcher, port, trusted):
    with pytest.raises(FetchFailed, match=r"longer than 0\.3 seconds"):
        replace(fetcher, total_seconds=0.3).fetch(f"https://press.example:{port}/drip")
