"""Who publishes the register, who pays, and where to complain: what the page about the method tells."""

from __future__ import annotations

from environs import FileAwareEnv, validate

ADDRESS = validate.Regexp("$|https?://", error="must begin with https:// or http://")
CONTACT = validate.Regexp(
    "$|https?://|mailto:", error="must begin with https://, http:// or mailto:"
)


def imprint(env: FileAwareEnv) -> dict[str, str]:
    """Return the settings that the pages show as they are; what is empty is not spoken of there."""
    return {
        "FACTCHECK_OWNER_NAME": env.str("FACTCHECK_OWNER_NAME", ""),
        "FACTCHECK_OWNER_CONTACT": env.str("FACTCHECK_OWNER_CONTACT", "", validate=CONTACT),
        "FACTCHECK_FUNDING": env.str("FACTCHECK_FUNDING", ""),
        "FACTCHECK_FUNDING_URL": env.str("FACTCHECK_FUNDING_URL", "", validate=ADDRESS),
        "FACTCHECK_ESCALATION_NAME": env.str("FACTCHECK_ESCALATION_NAME", ""),
        "FACTCHECK_ESCALATION_URL": env.str("FACTCHECK_ESCALATION_URL", "", validate=ADDRESS),
    }
