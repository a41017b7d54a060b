"""The project as an app, so that its own system checks are registered, before all others."""

from __future__ import annotations

from django.apps import AppConfig

from factcheck.lean import load_framework


class ProjectConfig(AppConfig):
    name = "factcheck"

    def ready(self) -> None:
        load_framework()
        from factcheck import checks  # noqa: F401
