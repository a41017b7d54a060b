"""How the API describes itself: the settings of its OpenAPI document."""

from __future__ import annotations

from typing import Any

import factcheck


def description(register: str) -> dict[str, Any]:
    """Return the settings of drf-spectacular for a register of that name."""
    return {
        "TITLE": f"{register} API",
        "DESCRIPTION": "Claims, the evidence found for and against them, the verdicts on them, and the whole "
        "history of each, now and as of any earlier moment. Read only, open to everybody, no key.",
        "VERSION": factcheck.__version__,
        "OAS_VERSION": "3.1.1",
        "SERVE_INCLUDE_SCHEMA": False,
        "SCHEMA_PATH_PREFIX": "/api/v1",
        "ENUM_NAME_OVERRIDES": {
            name: f"claims.vocabulary.{name}"
            for name in (
                "Act",
                "Cause",
                "ClaimKind",
                "ClaimantKind",
                "CueClass",
                "EvidenceKind",
                "Licence",
                "Position",
                "Precision",
                "PublisherKind",
                "RedactionReason",
                "Stance",
                "VerificationStatus",
            )
        },
    }
