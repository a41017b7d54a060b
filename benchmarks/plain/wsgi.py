"""The plain register for a WSGI server."""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "plain.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
