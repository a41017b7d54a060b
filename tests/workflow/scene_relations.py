"""The part of the scene that is about what claims are filed under and how they stand to one another."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from claims import workflow
from claims.desk_vocabulary import RelationKind
from claims.models import ClaimRelation, Topic, User
from claims.vocabulary import Verb


class Relations:
    """A topic, and two claims of which something is stated."""

    @cached_property
    def topic(self) -> Topic:
        """A subject that claims are filed under."""
        scene: Any = self
        return workflow.record_topic(name="Energy", by=scene.editor)

    @cached_property
    def relation(self) -> ClaimRelation:
        """What was stated of them."""
        scene: Any = self
        return workflow.relate_claims(
            scene.claim, scene.published, kind=RelationKind.NARROWER, reason="r", by=scene.reviewer
        )


RELATION_CALLS: dict[Verb, Callable[[Any, User], object]] = {
    Verb.RECORD_TOPIC: lambda s, by: workflow.record_topic(name="Health", by=by),
    Verb.CHANGE_TOPIC: lambda s, by: workflow.change_topic(
        s.topic, name="Power", recheck_days=30, by=by
    ),
    Verb.FILE_CLAIM: lambda s, by: workflow.file_claim(s.claim, topics=[s.topic], by=by),
    Verb.RELATE_CLAIMS: lambda s, by: workflow.relate_claims(
        s.claim, s.published, kind=RelationKind.REPEATS, reason="r", by=by
    ),
    Verb.WITHDRAW_RELATION: lambda s, by: workflow.withdraw_relation(s.relation, reason="r", by=by),
}
RELATIONS_NEED: dict[Verb, tuple[str, ...]] = {
    Verb.CHANGE_TOPIC: ("topic",),
    Verb.FILE_CLAIM: ("topic",),
    Verb.WITHDRAW_RELATION: ("relation",),
}
