"""What stands before the paths of documents when they leave the register."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from claims import documents


def base_of(request: HttpRequest) -> str:
    """Return what stands before the paths of documents: the register's address, outside production the one asked."""
    if settings.PRODUCTION:
        return str(settings.FACTCHECK_BASE_URL)
    return f"{request.scheme}://{request.get_host()}"


def absolute_json(text: str, base: str) -> bytes:
    """Return what `documents.absolute` gives for the JSON text of a document, without parsing it.

    Inside a JSON string every quotation mark has a backslash before it, so these marks are found around keys
    and nowhere else. A test compares both ways on generated documents.
    """
    for key in documents.URL_KEYS:
        text = text.replace(f'"{key}":"/', f'"{key}":"{base}/')
    return text.encode()
