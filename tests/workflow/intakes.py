"""Intakes at each stage, as the desk would have brought them there."""

from __future__ import annotations

from datetime import date

from claims.models import ArticleIntake, User
from claims.workflow import IntakeCorrection, IntakeDraft, start_intake

PARAGRAPHS = (
    "The mayor said on Monday that the old bridge over the river is safe and will stay open all summer.",
    "The council denied that work on the northern pier was late, and said that the engineers had been paid.",
    "“We will finish in May, as we said a year ago,” the mayor said after the meeting of the council.",
    "Residents of the eastern bank have asked for a second crossing since the floods of three years ago.",
)
COPY = "Bridge is safe, mayor says\n\n" + "\n\n".join(PARAGRAPHS)
ADDRESS = "https://gazette.example/bridge"
PAGE = f"""<html lang="en"><head><title>Bridge is safe</title>
<link rel="canonical" href="{ADDRESS}">
<meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2025-03-03T10:00:00Z"></head>
<body><article><h1>Bridge is safe</h1>{"".join(f"<p>{one}</p>" for one in PARAGRAPHS)}</article></body></html>"""


def pasted(by: User, text: str = COPY, url: str = "") -> ArticleIntake:
    """Return the intake of a pasted text, to be checked."""
    return start_intake(IntakeDraft(text=text, url=url), by=by)


def addressed(by: User, url: str = ADDRESS) -> ArticleIntake:
    """Return an intake that waits to be fetched."""
    return start_intake(IntakeDraft(url=url), by=by)


def corrected(**parts: object) -> IntakeCorrection:
    """Return a whole correction of the pasted text, but for the parts named."""
    given = {
        "title": "Bridge is safe, mayor says",
        "text": "\n\n".join(PARAGRAPHS),
        "published_on": date(2025, 3, 3),
        "language": "en",
    }
    return IntakeCorrection(**(given | parts))  # type: ignore[arg-type]
