"""The bound on what people may send as a file: what goes beyond it never reaches the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from claims.workflow.readings import MEGABYTE

TOO_LARGE = "claims.too_large"


class CappedUploadHandler(FileUploadHandler):
    """Drops a file as soon as it is too large, and notes that; the form's other fields come through."""

    request: HttpRequest

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count from nothing."""
        super().new_file(*args, **kwargs)
        self.left = settings.FACTCHECK_UPLOAD_MAX_MB * MEGABYTE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on to the handlers that keep it. Raises SkipFile when it is one too many."""
        self.left -= len(raw_data)
        if self.left < 0:
            self.request.META[TOO_LARGE] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Leave the file to the other handlers."""
        return None


def was_too_large(request: HttpRequest) -> bool:
    """Return whether a file was dropped from this request."""
    return bool(request.META.get(TOO_LARGE))
