"""What addresses of the public pages may hold where they name one thing."""

from __future__ import annotations

from django.urls import register_converter

from claims.models.fields import PUBLIC_ID_PATTERN


class PageId:
    """A public id as it stands in an address: nothing else reaches a view or the database."""

    regex = PUBLIC_ID_PATTERN

    def to_python(self, value: str) -> str:
        """Return the id as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the id as it is."""
        return value


register_converter(PageId, "page_id")
