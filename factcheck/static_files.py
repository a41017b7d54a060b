"""How a server collects static files: style sheets without white space, all compressed and lastingly named."""

from __future__ import annotations

from typing import Any

import rcssmin
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage


class SmallStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Django's and WhiteNoise's storage, which minifies each style sheet as it is stored."""

    def _save(self, name: str, content: File[Any]) -> str:
        if name.endswith(".css"):
            content.seek(0)
            sheet = content.read()
            text = sheet if isinstance(sheet, str) else sheet.decode()
            content = ContentFile(rcssmin.cssmin(text).encode())
        kept: str = super()._save(name, content)
        return kept
