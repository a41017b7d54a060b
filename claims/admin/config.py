"""How the desk takes the place of Django's own admin site: the line for INSTALLED_APPS."""

from __future__ import annotations

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """django.contrib.admin with our site and our pages."""

    default_site = "claims.admin.site.DeskSite"

    def ready(self) -> None:
        """Register our pages once every app and its models are known."""
        super().ready()
        import_module("claims.admin.registry")
