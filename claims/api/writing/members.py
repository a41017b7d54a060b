"""The members of a body, read strictly: whatever cannot be used is pointed to with the reason, all at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from claims.api.bodies import BadValues, escaped
from claims.api.parameters import PUBLIC_ID
from claims.api.problems import Refusal
from claims.moments import DAY

Choice = TypeVar("Choice", bound=TextChoices)
BIGGEST = 2**31 - 1


class AgainstTheRules(Refusal):
    """A rule of the register forbids the act, as things stand."""

    slug = "against-the-rules"


class Members:
    """The members of one object, null as if left out. Each method reads one; `check` refuses what was found wrong."""

    def __init__(
        self,
        given: Mapping[str, Any],
        allowed: Collection[str],
        *,
        at: str = "",
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        self.at = at
        self.errors = [] if errors is None else errors
        self.given = {name: value for name, value in given.items() if value is not None}
        for name in given:
            if name not in allowed:
                self.refuse(name, f"is not known here; known: {', '.join(sorted(allowed))}")

    def refuse(self, name: str, detail: str, reason: str = "") -> None:
        """Note what is wrong with a member; with a `reason` (`reasons.Reason`) where no description could say it."""
        word = {"reason": reason} if reason else {}
        pointer = f"{self.at}/{escaped(name[:100])}"
        self.errors.append({"pointer": pointer, "detail": detail, **word})

    def check(self) -> None:
        """Raise BadValues when anything was wrong."""
        if self.errors:
            raise BadValues(self.errors)

    def need(self, *names: str, reason: str = "") -> None:
        """Refuse where one of these is missing; with a `reason` where it is needed only beside another."""
        for name in names:
            if name not in self.given:
                self.refuse(name, "is needed", reason)

    def _of_type(self, name: str, kind: type, said: str) -> Any:
        value = self.given.get(name)
        if value is not None and type(value) is not kind:
            self.refuse(name, f"must be {said}")
            return None
        return value

    def text(self, name: str) -> str:
        """Return a text, or "" for none; the verb says what it may hold."""
        return self._of_type(name, str, "a text") or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self._of_type(name, list, "a list of texts") or []
        if not all(isinstance(value, str) for value in values):
            self.refuse(name, "must be a list of texts")
            return ()
        return tuple(values)

    def truth(self, name: str) -> bool:
        """Return true or false; false for none."""
        return bool(self._of_type(name, bool, "true or false"))

    def number(self, name: str) -> int | None:
        """Return a whole number from 0 on."""
        given = self.given.get(name)
        if isinstance(given, float) and given.is_integer():  # 5.0 is a whole number of JSON, too
            self.given[name] = int(given)
        value: int | None = self._of_type(name, int, "a whole number")
        if value is not None and not 0 <= value <= BIGGEST:
            self.refuse(name, f"must be a whole number from 0 to {BIGGEST}")
            return None
        return value

    def day(self, name: str) -> date | None:
        """Return a day."""
        text = self.text(name)
        try:
            if text and not DAY.fullmatch(text):
                raise ValueError
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.refuse(name, "must be a day of the calendar, such as 2026-11-04")
            return None

    def word(self, name: str, words: type[Choice], default: Choice) -> Choice:
        """Return a word of a vocabulary."""
        text = self.text(name)
        if text and text not in words.values:
            self.refuse(name, f"must be one of: {', '.join(words.values)}")
            return default
        return words(text) if text else default

    def public_id(self, name: str) -> str:
        """Return a public id, or "" for none."""
        text = self.text(name)
        if text and not PUBLIC_ID.fullmatch(text):
            self.refuse(name, "is not an id")
            return ""
        return text

    def part(self, name: str, allowed: Collection[str]) -> Members | None:
        """Return the members of an object within this one."""
        value = self._of_type(name, dict, "an object")
        if value is None:
            return None
        return Members(value, allowed, at=f"{self.at}/{name}", errors=self.errors)


def refusal_of(error: ValidationError, places: Mapping[str, str]) -> Refusal:
    """Return what a verb refused as a problem: 422 where it names arguments, 409 where a rule stands in the way.

    `places` gives the pointer to the member of each argument that has not its name.
    """
    if not hasattr(error, "error_dict"):
        return AgainstTheRules(" ".join(error.messages))
    errors = []
    for name, refused in error.error_dict.items():
        for one in refused:
            word = {"reason": one.code} if one.code else {}
            said = {"pointer": places.get(name, f"/{name}"), "detail": " ".join(one.messages)}
            errors.append(said | word)
    return BadValues(errors)
