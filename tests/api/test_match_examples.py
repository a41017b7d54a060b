"""The examples of docs/api.md about `match/`, run as they are written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.test import Client

from tests import factories

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## Which claims occur in this text?")[2].partition("\n## ")[0]
EXAMPLES = dict(re.findall(r"```(sh|python|js)\n(.*?)```", SECTION, re.DOTALL))
RUNNERS = {
    "sh": ["sh", "-c"],
    "python": [sys.executable, "-c"],
    "js": ["node", "--input-type=module", "-e"],
}
SECONDS = 120


class Register(BaseHTTPRequestHandler):
    """Hands a request on to the register, within the transaction of the test."""

    def do_POST(self) -> None:
        """Answer as the register does."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"]
        answer = Client().post(self.path, body, content_type=kind)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", answer["Content-Type"])
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    def log_message(self, *args: object) -> None:
        """Keep the test's output to itself."""


@pytest.mark.django_db
@pytest.mark.parametrize("language", RUNNERS)
def test_an_example_finds_the_claim(language: str) -> None:
    command = RUNNERS[language]
    needed = "curl" if language == "sh" else command[0]
    if shutil.which(needed) is None:
        pytest.skip(f"{needed} is not installed")
    claim = factories.published_claim(
        wording="The old harbour bridge carries ninety lorries a day."
    )
    with HTTPServer(("127.0.0.1", 0), Register) as server:
        server.timeout = SECONDS
        code = EXAMPLES[language].replace("localhost:8000", f"127.0.0.1:{server.server_port}")
        with subprocess.Popen([*command, code], stdout=subprocess.PIPE, text=True) as example:
            server.handle_request()
            shown, _ = example.communicate(timeout=SECONDS)
    assert example.returncode == 0
    assert f"/api/v1/claims/{claim.public_id}/" in shown
    assert "Ninety lorries a day cross the old harbour bridge, the mayor said." in shown
