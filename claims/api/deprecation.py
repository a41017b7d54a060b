"""What is on its way out: how programs are told in every answer, and people in the description.

A version of the API only ever gains: new addresses, parameters and members. What is to go is marked here first, stays
for a year at least, and then leaves with the next version. docs/api.md says so to clients.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http.response import HttpResponseBase
from django.utils.http import http_date

LEAST_NOTICE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Deprecated:
    """An endpoint, or one parameter of it, that is not to be used any more.

    `since` is when that was said, `until` when it goes, if that is known; `about` is the address that says what to use
    instead. Raises ValueError for less than a year's notice.
    """

    since: datetime
    about: str
    until: datetime | None = None
    parameter: str | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until - self.since < LEAST_NOTICE:
            raise ValueError("What is to go is announced a year ahead.")

    def links(self) -> Iterator[str]:
        """Yield the links to what people should read (RFC 9745, 3; RFC 8594, 6)."""
        yield f'<{self.about}>; rel="deprecation"; type="text/html"'
        if self.until is not None:
            yield f'<{self.about}>; rel="sunset"; type="text/html"'


def mark(
    response: HttpResponseBase, marks: Iterable[Deprecated], asked: Iterable[str]
) -> HttpResponseBase:
    """Tell of what was used, the endpoint itself or parameters among `asked`: `Deprecation` (RFC 9745) and, where
    the end is known, `Sunset` (RFC 8594). Of several, the earliest dates are told, and every link.
    """
    names = set(asked)
    used = [one for one in marks if one.parameter is None or one.parameter in names]
    if not used:
        return response
    response["Deprecation"] = f"@{int(min(one.since for one in used).timestamp())}"
    if ends := [one.until for one in used if one.until is not None]:
        response["Sunset"] = http_date(min(ends).timestamp())
    links = dict.fromkeys(link for one in used for link in one.links())
    before = [response["Link"]] if response.has_header("Link") else []
    response["Link"] = ", ".join([*before, *links])
    return response
