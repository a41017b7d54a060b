"""Settings for the tests: nothing from the caller's environment but TEST_DATABASE_URL."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for variable in [name for name in os.environ if name.startswith("FACTCHECK_")]:
    del os.environ[variable]
for variable in ("CACHE_URL", "CACHE_URL_FILE", "DATABASE_URL_FILE"):
    os.environ.pop(variable, None)

# A directory of its own for each process: parallel workers and parallel runs never meet.
SCRATCH = Path(tempfile.mkdtemp(prefix="factcheck-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
(SCRATCH / "static").mkdir()

os.environ["FACTCHECK_MODE"] = "development"
os.environ["FACTCHECK_ENV_FILE"] = ""
os.environ["FACTCHECK_DEBUG"] = "false"
os.environ["FACTCHECK_VAR_DIR"] = str(SCRATCH)
os.environ["DATABASE_URL"] = os.environ.get(
    "TEST_DATABASE_URL", f"sqlite:///{SCRATCH / 'factcheck.sqlite3'}"
)

from factcheck.settings import *  # noqa: E402, F403
from factcheck.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads, WAL and the writers' queue are part of what is tested.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
