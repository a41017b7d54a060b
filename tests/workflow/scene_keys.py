"""The part of the scene that is about keys of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from claims import workflow
from claims.desk_vocabulary import Scope
from claims.models import ApiKey, User
from claims.vocabulary import Verb


class Keys:
    """A key of one's own."""

    @cached_property
    def key(self) -> ApiKey:
        """A key that acts for whoever records."""
        recorder = getattr(self, "recorder")  # noqa: B009  # the scene's, which this is a part of
        return issued(recorder).key


def issued(owner: User, **given: Any) -> workflow.IssuedKey:
    """Return a key that `owner` issued for themselves."""
    said: dict[str, Any] = {"name": "A program", "scopes": [Scope.READ], "days": 30, "by": owner}
    return workflow.issue_api_key(owner, **{**said, **given})


KEY_CALLS: dict[Verb, Callable[[Any, User], object]] = {
    Verb.ISSUE_API_KEY: lambda s, by: issued(by),
    Verb.REVOKE_API_KEY: lambda s, by: workflow.revoke_api_key(s.key, by=by),
}

KEYS_NEED: dict[Verb, tuple[str, ...]] = {Verb.REVOKE_API_KEY: ("key",)}
