"""What pages say of a claim's versions."""

from __future__ import annotations

from typing import Any

from django import template

from claims import addresses, languages
from claims.layout.versions import Version, versions_of

register = template.Library()
MOST = 60  # a slider over more would be no help, and each of them has its weight on the page


@register.simple_tag
def last_versions(document: dict[str, Any]) -> list[tuple[str, Version]]:
    """Return the latest versions of a document's page that it knows of, each with its address."""
    versions = versions_of(document)[-MOST:] if document.get("published_at") else []
    return [(_address(document["id"], version), version) for version in versions]


def _address(public_id: str, version: Version) -> str:
    return languages.local(addresses.claim_memento(public_id, version.at))
