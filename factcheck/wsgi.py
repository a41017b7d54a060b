"""The WSGI entry point; in production mode unless FACTCHECK_MODE says otherwise."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
os.environ.setdefault("FACTCHECK_MODE", "production")
# Only the servers bound a statement's time: imports and checks of the whole register take longer.
os.environ.setdefault("FACTCHECK_STATEMENT_TIMEOUT_MS", "5000")

import django

django.setup(set_prefix=False)

from factcheck.ahead import ahead_of  # noqa: E402  (the settings are read first)
from factcheck.requests import Wsgi  # noqa: E402

application = ahead_of(Wsgi())

from claims.history.startup import refuse_unguarded  # noqa: E402  (models need the apps loaded)

refuse_unguarded()
