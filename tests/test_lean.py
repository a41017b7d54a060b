"""What serves readers loads what readers need: a large package loaded by all servers and commands is found out here."""

from __future__ import annotations

import json
import subprocess
import sys

from django.db import connection

from tests.scratch import ROOT, Register

# Each is loaded where it is used: by who reads pages, draws cards, fetches, imports files, or has Redis as its cache.
LARGE = (
    "PIL",
    "bs4",
    "charset_normalizer",
    "extruct",
    "ijson",
    "lxml",
    "psycopg",
    "pygments",
    "rapidfuzz",
    "rcssmin",
    "rdflib",
    "redis",
    "requests",
    "tqdm",
    "trafilatura",
    "urllib3",
)
PUBLISHED = """
import django
django.setup()
from tests import factories
print(factories.published_claim().public_id)
"""
SERVED = """
import io, json, sys
from factcheck.wsgi import application
answered = []
for path in json.loads(sys.argv[1]):
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "192.0.2.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }
    b"".join(application(environ, lambda status, headers, *error: answered.append(status[:3])))
print(json.dumps({"answered": answered, "loaded": sorted(sys.modules)}))
"""


def test_readers_are_served_without_large_packages(scratch_register: Register) -> None:
    claim = run(scratch_register, PUBLISHED).strip()
    asked = [f"/api/v1/claims/{claim}/", "/api/v1/claims/", f"/claims/{claim}/", "/claims/"]
    told = json.loads(run(scratch_register, SERVED, json.dumps(asked)))
    assert set(told["answered"]) <= {"200", "301"}
    large = set(LARGE) - ({"psycopg"} if connection.vendor == "postgresql" else set())
    assert large.isdisjoint(told["loaded"]), large.intersection(told["loaded"])


def run(register: Register, program: str, *arguments: str) -> str:
    """Run a program as a server of the register's would run, and return what it printed."""
    known = {"DJANGO_SETTINGS_MODULE": "factcheck.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=register.environment | known,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
