"""The body of `match/`, read strictly: one JSON object, no member twice, none unknown, each of its kind.

Whatever cannot be used is named by a JSON pointer (RFC 6901) with the reason, all at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request

from claims.api.bodies import BadValues, escaped, read_body
from claims.api.reasons import Reason
from claims.languages import canonical_tag
from claims.matching.given import LONGEST_TEXT
from claims.search.public import LEAST

LARGEST_BODY = 2_000_000  # bytes
LONGEST_URL = 2_000
DEFAULT_LIMIT, MAX_LIMIT = 3, 10
SOURCES = ("text", "html", "url")
MEMBERS = (*SOURCES, "language", "limit", "min_score")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be looked through, and which of the claims in it are wanted."""

    text: str | None
    html: str | None
    url: str
    language: str | None
    limit: int
    min_score: float


def read_asked(request: Request) -> Asked:
    """Return what a request asks for.

    Raises UnsupportedMediaType (415), TooLarge (413), BadBody (400) and BadValues (422).
    """
    given, _ = read_body(request._request, most=LARGEST_BODY)
    members = Members(given)
    asked = Asked(
        text=members.string("text", most=LONGEST_TEXT),
        html=members.string("html"),
        url=members.address("url"),
        language=members.language("language"),
        limit=int(members.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT, whole=True)),
        min_score=members.number("min_score", LEAST, 0, 1),
    )
    members.check()
    return asked


class Members:
    """The members of a body. Each method reads one; `check` refuses what was found wrong."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = {name: value for name, value in given.items() if name in MEMBERS}
        known = ", ".join(MEMBERS)
        unknown = f"is not a member of this body; known: {known}"
        self.errors = [_error(name, unknown) for name in given if name not in MEMBERS]
        named = [name for name in SOURCES if name in self.given]
        if len(named) != 1 and named != ["html", "url"]:
            told = "one of text, html and url must be given; url may stand beside html alone"
            self.errors.append({"pointer": "", "detail": told})

    def check(self) -> None:
        """Raise BadValues when anything was wrong."""
        if self.errors:
            raise BadValues(self.errors)

    def _refuse(self, name: str, detail: str, reason: Reason | None = None) -> None:
        self.errors.append(_error(name, detail) | ({"reason": reason.value} if reason else {}))

    def string(self, name: str, *, most: int = LARGEST_BODY) -> str | None:
        """Return a text that is not blank, of up to `most` code points."""
        if name not in self.given:
            return None
        value = self.given[name]
        if not isinstance(value, str) or not value.strip():
            self._refuse(name, "must be a text that is not blank")
        elif len(value) > most:
            self._refuse(name, f"has {len(value):,} characters; at most {most:,} can be looked at")
        else:
            return value
        return None

    def address(self, name: str) -> str:
        """Return an address of the web, or "" where none is given."""
        value = self.string(name, most=LONGEST_URL) or ""
        if value and not value.startswith(("http://", "https://")):
            self._refuse(name, "must begin with http:// or https://")
        elif not value.isprintable():
            self._refuse(name, "must hold no control characters", Reason.NO_ADDRESS)
        return value

    def language(self, name: str) -> str | None:
        """Return a language tag (BCP 47) in its canonical spelling."""
        value = self.string(name, most=LONGEST_URL)
        tag = None if value is None else canonical_tag(value)
        if tag == "":
            self._refuse(name, "must be a language tag, such as en or pt-BR")
        return tag or None

    def number(
        self, name: str, default: float, least: float, most: float, *, whole: bool = False
    ) -> float:
        """Return a number from `least` to `most`."""
        value = self.given.get(name, default)
        kind = "a whole number" if whole else "a number"
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if fits and least <= value <= most and (not whole or value == int(value)):
            return float(value)
        self._refuse(name, f"must be {kind} from {least} to {most}")
        return default


def _error(name: str, reason: str) -> dict[str, str]:
    return {"pointer": f"/{escaped(name[:100])}", "detail": reason}
