"""The parameters of a request, read strictly: whatever cannot be used is named with the reason, all at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.http import QueryDict
from django.utils import timezone as clock

from claims.api.problems import BadParameters
from claims.api.reasons import Reason
from claims.languages import canonical_tag
from claims.moments import DAY, NotAMoment, Unreadable, parse_day, parse_moment

DEFAULT_LIMIT = 50
MAX_LIMIT = 100
CHANGES_LIMIT = 500
LONGEST_WAIT = 30  # seconds
PAGING = ("limit", "cursor")
FLAGS = ("true", "false")
PUBLIC_ID = re.compile(r"[0-9a-z]{1,16}")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
NUMBER = re.compile(r"[0-9]{1,9}")
BEYOND = {Unreadable.TO_COME: Reason.TO_COME, Unreadable.NOT_ON_CLOCK: Reason.NO_MOMENT}


class Parameters:
    """What a request asks for. Each method reads one parameter; `check` refuses what was found wrong."""

    def __init__(self, given: QueryDict, allowed: Collection[str]) -> None:
        self.errors: list[dict[str, str]] = []
        self.given: dict[str, str] = {}
        for name, values in sorted(given.lists()):
            if name not in allowed:
                known = ", ".join(sorted(allowed)) or "none"
                self.refuse(name[:100], f"is not a parameter of this address; known: {known}")
            elif len(values) > 1:
                self.refuse(name, "is given more than once")
            elif not values[0]:
                self.refuse(name, "is empty")
            else:
                self.given[name] = values[0]

    def refuse(self, name: str, detail: str, reason: Reason | None = None) -> None:
        """Note that a parameter cannot be used, and why; with a `reason` where no description could have said it."""
        word = {"reason": reason.value} if reason else {}
        self.errors.append({"parameter": name, "detail": detail, **word})

    def _refuse_moment(self, name: str, error: NotAMoment) -> None:
        self.refuse(name, str(error), BEYOND.get(error.reason))

    def check(self) -> None:
        """Raise BadParameters when anything was wrong."""
        if self.errors:
            raise BadParameters(self.errors)

    def needed(self, *names: str) -> None:
        """Refuse the request where one of these is not given."""
        refused = {error["parameter"] for error in self.errors}
        for name in names:
            if name not in self.given and name not in refused:
                self.refuse(name, "is needed")

    def _matching(self, name: str, pattern: re.Pattern[str], reason: str) -> str | None:
        text = self.given.get(name)
        if text is not None and not pattern.fullmatch(text):
            self.refuse(name, reason)
            return None
        return text

    def public_id(self, name: str) -> str | None:
        """Return a public id."""
        return self._matching(name, PUBLIC_ID, "is not an id")

    def slug(self, name: str) -> str | None:
        """Return the name of a topic in addresses."""
        return self._matching(name, SLUG, "is not the name of a topic in addresses")

    def language(self, name: str) -> str | None:
        """Return a language tag (BCP 47) in its canonical spelling, whatever capitals it is asked with."""
        text = self.given.get(name)
        tag = None if text is None else canonical_tag(text)
        if tag == "":
            self.refuse(name, "must be a language tag, such as en or pt-BR")
        return tag or None

    def choice(self, name: str, values: Collection[str]) -> str | None:
        """Return one word of a vocabulary."""
        text = self.given.get(name)
        if text is not None and text not in values:
            self.refuse(name, f"must be one of: {', '.join(values)}")
            return None
        return text

    def moment(self, name: str) -> datetime | None:
        """Return a moment that is not in the future."""
        text = self.given.get(name)
        try:
            return None if text is None else parse_moment(text, now=clock.now())
        except NotAMoment as error:
            self._refuse_moment(name, error)
            return None

    def place(self, name: str) -> datetime | int | None:
        """Return a place in the history of the claim asked about: a moment, or the number of an entry."""
        text = self.given.get(name, "")
        if not text.isascii() or not text.isdigit():
            return self.moment(name)
        return self.entry(name)

    def entry(self, name: str) -> int | None:
        """Return the number of an entry of the claim asked about."""
        reason = "must be the number of an entry, from 1 on"
        text = self._matching(name, NUMBER, reason)
        if text is not None and int(text) < 1:
            self.refuse(name, reason)
        return None if text is None else int(text)

    def day(self, name: str) -> date | None:
        """Return a day that is not in the future."""
        text = self.given.get(name)
        try:
            return None if text is None else parse_day(text, now=clock.now())
        except NotAMoment as error:
            self._refuse_moment(name, error)
            return None

    def beginning(self, name: str) -> datetime | None:
        """Return a moment that is not in the future; a day stands for its beginning in UTC."""
        if not DAY.fullmatch(self.given.get(name, "")):
            return self.moment(name)
        day = self.day(name)
        return datetime.combine(day, time.min, UTC) if day else None

    def flag(self, name: str) -> bool | None:
        """Return a yes or no."""
        word = self.choice(name, FLAGS)
        return None if word is None else word == FLAGS[0]

    def not_before(self, name: str, first: date | None, last: date | None) -> None:
        """Refuse a range whose end, given by the parameter of that name, lies before its beginning."""
        if first and last and last < first:
            self.refuse(name, "lies before the beginning of its range", Reason.COMBINATION)

    def limit(self, *, usual: int = DEFAULT_LIMIT, most: int = MAX_LIMIT) -> int:
        """Return how many things a page may hold."""
        return self.count("limit", usual=usual, least=1, most=most)

    def count(self, name: str, *, usual: int, least: int, most: int) -> int:
        """Return a whole number within bounds, the usual one where none is given."""
        reason = f"must be a whole number from {least} to {most}"
        text = self._matching(name, NUMBER, reason)
        if text is None:
            return usual
        if not least <= int(text) <= most:
            self.refuse(name, reason)
        return int(text)
