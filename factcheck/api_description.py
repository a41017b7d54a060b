"""The settings of the API: how it is put together, and how it describes itself."""

from __future__ import annotations

from typing import Any

import factcheck


def description(register: str) -> dict[str, Any]:
    """Return the settings of drf-spectacular for a register of that name."""
    return {
        "TITLE": f"{register} API",
        "DESCRIPTION": "Claims, the evidence found for and against them, the verdicts on them, and the whole "
        "history of each, now and as of any earlier moment. Open to everybody, and read without a key; keys with "
        "scopes may record articles, claims and evidence, and send reports.",
        "VERSION": factcheck.__version__,
        "OAS_VERSION": "3.1.1",
        "SERVE_INCLUDE_SCHEMA": False,
        "SCHEMA_PATH_PREFIX": "/api/v1",
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "claims.api.described_writes.close_bodies",
            "claims.api.described_members.name_members",
            "claims.api.described_problems.name_types",
            "claims.api.examples.add_examples",
        ],
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
        }
        | {name: f"claims.desk_vocabulary.{name}" for name in ("ReportKind", "Scope")},
    }


def rest_framework(rates: dict[str, str], proxies: int) -> dict[str, Any]:
    """Return the settings of the framework: `rates` for readers without a key, who come through so many proxies."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": [],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "EXCEPTION_HANDLER": "claims.api.problems.answer_problem",
        "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttles.ReaderThrottle"],
        "DEFAULT_THROTTLE_RATES": rates,
        "UNAUTHENTICATED_USER": None,
        "URL_FORMAT_OVERRIDE": None,
        "NUM_PROXIES": proxies,
    }
