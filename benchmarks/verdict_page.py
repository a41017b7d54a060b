"""Measures how many times a second a verdict page is served, beside the least and the plainest that could serve it.

Usage: python benchmarks/verdict_page.py [--seconds N] [--rounds N]. Needs `wrk` and `nginx` on the path, and says so.

In one run and in turn, each with two workers and eight connections: the page of a seed claim; the same page asked for
by somebody who has it ("not modified"); its bytes as a file under nginx; its template rendered from memory under the
same server, without database or middleware. Requests per second, medians of the rounds; only the ratios travel.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS, PLAIN, STATIC = 8431, 8432, 8433
CONNECTIONS = 8
NGINX = """
worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;
events {{}}
http {{ access_log off; types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; }} }}
"""


def main() -> None:
    """Build a register, serve it three ways, and print what each reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if missing := [name for name in ("wrk", "nginx") if not shutil.which(name)]:
        print(f"Skipped: {' and '.join(missing)} not found.")
        return
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        measure(Path(name), options.seconds, options.rounds)


def measure(folder: Path, seconds: int, rounds: int) -> None:
    """Take the rounds in turn, so that a busy moment of the machine hits all alike."""
    os.environ.update(environment(folder))
    subprocess.run(
        [sys.executable, "manage.py", "prepare_demo"], cwd=ROOT, check=True, capture_output=True
    )
    with granian("factcheck.wsgi:application", OURS):
        listing = fetched(f"http://127.0.0.1:{OURS}/claims/")
        path = max(set(re.findall(r'/claims/[0-9a-z]{10}/[^/"@]+/', listing)), key=len)
        page, headers = asked(f"http://127.0.0.1:{OURS}{path}")
        (folder / "pages").mkdir()
        (folder / "pages/page.html").write_bytes(page)
        public_id = path.split("/")[2]
        document = fetched(f"http://127.0.0.1:{OURS}/api/v1/claims/{public_id}/")
        (folder / "document.json").write_text(document)
        os.environ["PAGE"] = str(folder / "document.json")
        ways = {
            "verdict page": ([], f"http://127.0.0.1:{OURS}{path}"),
            "not modified": (
                ["-H", f"If-None-Match: {headers['ETag']}"],
                f"http://127.0.0.1:{OURS}{path}",
            ),
            "template alone": ([], f"http://127.0.0.1:{PLAIN}/plain/"),
            "nginx, a file": ([], f"http://127.0.0.1:{STATIC}/page.html"),
        }
        with granian("_plain_template:application", PLAIN), nginx(folder):
            reached = {name: [] for name in ways}
            for number in range(rounds + 1):
                for name, (more, url) in ways.items():
                    rate = per_second(url, more, seconds if number else 1)
                    if number:
                        reached[name].append(rate)
    tell(reached, len(page))


def tell(reached: dict[str, list[float]], size: int) -> None:
    """Print the medians, and each as a share of the file under nginx."""
    best = statistics.median(reached["nginx, a file"])
    print(f"A page of {size:,} bytes, {CONNECTIONS} connections, 2 workers")
    for name, rates in reached.items():
        middle = statistics.median(rates)
        print(
            f"{name:16} {middle:9,.0f} /s   {middle / best:6.1%} of nginx   {[round(r) for r in rates]}"
        )


def environment(folder: Path) -> dict[str, str]:
    """Return what a demo register of its own needs to know."""
    return {
        "FACTCHECK_MODE": "demo",
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_SECRET_KEY": secrets.token_urlsafe(64),
        "FACTCHECK_VAR_DIR": str(folder),
        "FACTCHECK_BASE_URL": f"http://127.0.0.1:{OURS}",
        "FACTCHECK_LOG_LEVEL": "ERROR",
        "DATABASE_URL": f"sqlite:///{folder}/factcheck.sqlite3",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}",
    }


@contextmanager
def granian(application: str, port: int) -> Iterator[None]:
    """Serve an application as `make demo` does."""
    server = Path(sys.executable).with_name("granian")
    command = [str(server), "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", application]
    with started(command, f"http://127.0.0.1:{port}/robots.txt"):
        yield


@contextmanager
def nginx(folder: Path) -> Iterator[None]:
    """Serve the page as a file."""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=STATIC))
    folder.chmod(0o755)
    command = [shutil.which("nginx") or "", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with started(command, f"http://127.0.0.1:{STATIC}/page.html"):
        yield


@contextmanager
def started(command: list[str], url: str) -> Iterator[None]:
    """Run a server for as long as it is needed."""
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(150):
                try:
                    fetched(url)
                    break
                except OSError:
                    time.sleep(0.2)
            yield
        finally:
            server.terminate()


def asked(url: str) -> tuple[bytes, dict[str, str]]:
    """Return a page and its headers."""
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310  (our own servers)
        return answer.read(), {
            name.title().replace("Etag", "ETag"): value for name, value in answer.headers.items()
        }


def fetched(url: str) -> str:
    """Return the text at an address."""
    return asked(url)[0].decode()


def per_second(url: str, more: list[str], seconds: int) -> float:
    """Return how many answers a second wrk counted. Raises ValueError where any of them was an error."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *more, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if refused:
        raise ValueError(f"{url}: {refused[1]} errors")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


if __name__ == "__main__":
    main()
