"""System checks of the configuration: what is not wrong enough to refuse, but worth saying."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security)
def unknown_variables(**kwargs: Any) -> list[CheckMessage]:
    """A misspelt variable would otherwise be ignored in silence."""
    given = {name for name in os.environ if name.startswith("FACTCHECK_")}
    unknown = {name for name in given if name.removesuffix("_FILE") not in settings.KNOWN_VARIABLES}
    return [
        Warning(
            f"{name} is not a variable of factcheck.",
            hint="docs/configuration.md lists them all.",
            id="factcheck.W001",
        )
        for name in sorted(unknown - settings.KNOWN_VARIABLES)
    ]


@register(Tags.security, deploy=True)
def cache_of_one_process(**kwargs: Any) -> list[CheckMessage]:
    """Limits counted in one worker's memory are multiplied by the number of workers."""
    if not settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "LocalCache")):
        return []
    return [
        Warning(
            "CACHE_URL is not set: each worker process keeps a cache of its own.",
            hint="Set CACHE_URL to a Redis server, such as redis://127.0.0.1:6379/0.",
            id="factcheck.W002",
        )
    ]


@register(Tags.security, deploy=True)
def silent_imprint(**kwargs: Any) -> list[CheckMessage]:
    """Readers are owed who is responsible, how to reach them, who pays, and who hears a complaint that did not help."""
    empty = [name for name in TOLD if not getattr(settings, name)]
    if not empty:
        return []
    return [
        Warning(
            f"The page about the method is silent where {', '.join(empty)} would speak.",
            hint="docs/configuration.md says what each tells readers.",
            id="factcheck.W003",
        )
    ]


TOLD = (
    "FACTCHECK_OWNER_NAME",
    "FACTCHECK_OWNER_CONTACT",
    "FACTCHECK_FUNDING",
    "FACTCHECK_ESCALATION_NAME",
)
