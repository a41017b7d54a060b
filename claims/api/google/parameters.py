"""What a client of the Fact Check Tools API asks for, read strictly; there, an empty value counts as none."""

from __future__ import annotations

import re
from typing import Any

import orjson
from django.http import QueryDict
from rest_framework.request import Request

from claims.api.google.described import Tree, fields_of, parameters_of
from claims.api.google.errors import BadKey
from claims.api.google.masks import BadMask, masked, read_mask
from claims.api.parameters import Parameters

DEFAULT_SIZE, LARGEST_SIZE = 10, 100
INT32 = 2**31 - 1
NUMBER = re.compile(r"[0-9]{1,10}")
KEY = re.compile(r"[!-~]{1,200}")
LONGEST_QUOTA_USER = 40
GRANTED = "true"


class Asked(Parameters):
    """The parameters of one call of a method such as `claims.search`."""

    def __init__(self, request: Request, given: QueryDict, method: str) -> None:
        said = QueryDict(mutable=True)
        for name, values in given.lists():
            if name not in parameters_of(method) or any(values):
                said.setlist(name, values)
        super().__init__(said, parameters_of(method))
        check_key(request.headers.get("X-Goog-Api-Key"))
        check_key(self.given.get("key"))
        self._refuse_forms()
        self.pretty = self.choice("prettyPrint", (GRANTED, "false")) != "false"
        self.mask = self._mask(fields_of(method))

    def _refuse_forms(self) -> None:
        self.choice("alt", ("json",))
        self.choice("$.xgafv", ("1", "2"))
        if "callback" in self.given:
            self.refuse("callback", "is refused: answers may be read from any site without it")
        if len(self.given.get("quotaUser", "")) > LONGEST_QUOTA_USER:
            self.refuse("quotaUser", f"is longer than {LONGEST_QUOTA_USER} characters")

    def _mask(self, known: Tree) -> Tree:
        try:
            return read_mask(self.given["fields"], known) if "fields" in self.given else {}
        except BadMask as reason:
            self.refuse("fields", str(reason))
            return {}

    def number(self, name: str, *, most: int) -> int:
        """Return a whole number from 0 on; 0 where none is given."""
        reason = f"must be a whole number from 0 to {most}"
        text = self._matching(name, NUMBER, reason)
        if text is not None and int(text) > most:
            self.refuse(name, reason)
        return int(text or 0)

    def size(self) -> int:
        """Return how many results a page holds; whoever asks for more than there may be gets as many as there may."""
        return min(self.number("pageSize", most=INT32) or DEFAULT_SIZE, LARGEST_SIZE)

    def primary_language(self) -> str:
        """Return the language asked for without its region; "" for any."""
        return (self.language("languageCode") or "").partition("-")[0]

    def required(self, *names: str) -> None:
        """Refuse a call that gives none of these parameters."""
        said = {*self.given, *(error["parameter"] for error in self.errors)}
        if said.isdisjoint(names):
            self.refuse(
                names[0], "is required" + "".join(f" unless {one} is given" for one in names[1:])
            )

    @property
    def bound_to(self) -> str:
        """What all pages of one list have in common: everything asked for that chooses among results."""
        free = {
            "pageToken",
            "pageSize",
            "offset",
            "fields",
            "prettyPrint",
            "key",
            "alt",
            "quotaUser",
        }
        return repr([pair for pair in sorted(self.given.items()) if pair[0] not in free])

    def body(self, answer: dict[str, Any]) -> bytes:
        """Return an answer as JSON, as much of it as was asked for."""
        option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE if self.pretty else 0
        return orjson.dumps(masked(answer, self.mask), option=option)


def check_key(text: str | None) -> None:
    """Raise BadKey for what cannot be a key. Any other is taken: reading asks for none, but clients must send one."""
    if text is not None and not KEY.fullmatch(text):
        raise BadKey
