"""The part of the scene that is about preview links."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from claims import workflow
from claims.models import PreviewLink, User
from claims.vocabulary import Verb


class Previews:
    """A proposal that an expert outside is shown."""

    @cached_property
    def preview(self) -> PreviewLink:
        """An address at which an expert reads what is proposed."""
        scene: Any = self
        made = workflow.create_preview(scene.proposed, label="An expert", days=7, by=scene.reviewer)
        return made.link


PREVIEW_CALLS: dict[Verb, Callable[[Any, User], object]] = {
    Verb.CREATE_PREVIEW: lambda s, by: workflow.create_preview(
        s.proposed, label="An expert", days=7, by=by
    ),
    Verb.REVOKE_PREVIEW: lambda s, by: workflow.revoke_preview(s.preview, by=by),
}

PREVIEWS_NEED: dict[Verb, tuple[str, ...]] = {
    Verb.CREATE_PREVIEW: ("proposed",),
    Verb.REVOKE_PREVIEW: ("preview",),
}
