"""Playing seed stories: every act goes through the workflow verb of its name, claim by claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from claims import documents, workflow
from claims.management.stories import Item, SeedClaim, Spot, Story
from claims.models import Article, Claim, Claimant, ImportRecord, Publisher, Topic, User
from claims.vocabulary import Verb
from claims.workflow import AppearanceDraft, ArticleDraft, ClaimDraft, EvidenceDraft, VerdictDraft
from claims.workflow.checklist import open_items

SOURCE = "seeds/{}"

ON_A_CLAIM: Mapping[Verb, Callable[..., Any]] = {
    Verb.REWORD_CLAIM: workflow.reword_claim,
    Verb.OPEN_REVIEW: workflow.open_review,
    Verb.VOID_VERDICT: workflow.void_verdict,
    Verb.MERGE_CLAIMS: workflow.merge_claims,
    Verb.FILE_CLAIM: workflow.file_claim,
    Verb.RELATE_CLAIMS: workflow.relate_claims,
}
ON_A_REVIEW: Mapping[Verb, Callable[..., Any]] = {
    Verb.ASSIGN_REVIEW: workflow.assign_review,
    Verb.RETURN_REVIEW: workflow.return_review,
    Verb.APPROVE_VERDICT: workflow.approve_verdict,
    Verb.CLOSE_REVIEW: workflow.close_review,
}


@dataclass
class Stage:
    """The people who play a story, and its things as they stand in the register."""

    people: Mapping[str, User]
    publishers: dict[str, Publisher] = field(default_factory=dict)
    claimants: dict[str, Claimant] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)

    def cast(self, values: Item) -> Item:
        """Return `values` with every key replaced by the thing it refers to."""
        found = {
            "by": self.people,
            "to": self.people,
            "publisher": self.publishers,
            "claimant": self.claimants,
            "speaker": self.claimants,
            "article": self.articles,
            "topics": self.topics,
            "into": self.claims,
            "other": self.claims,
            "evidence": self.named,
            "same_origin_as": self.named,
            "review": self.named,
        }
        return {
            name: _looked_up(found[name], value) if name in found else value
            for name, value in values.items()
        }


def _looked_up(things: Mapping[str, Any], key: Any) -> Any:
    return [things[each] for each in key] if isinstance(key, list) else things[key]


@dataclass(frozen=True)
class Loaded:
    """What became of a story: claims that are new, and claims that were there before."""

    story: str
    added: list[Claim]
    kept: list[Claim]


def load_story(story: Story, people: Mapping[str, User]) -> Loaded:
    """Bring the claims of `story` in that are not there yet, each whole or not at all.

    Raises SeedError, naming claim and act, when a verb refuses or a claim does not end as expected.
    """
    stage = Stage(people, claims=_claims_of_before(story))
    kept = list(stage.claims.values())
    missing = [claim for claim in story.claims.values() if claim.key not in stage.claims]
    if missing:
        _set_stage(stage, story)
    for claim in missing:
        with transaction.atomic():
            stage.claims[claim.key] = _play(claim, stage)
            source = SOURCE.format(story.name)
            workflow.remember_import(
                stage.claims[claim.key], source=source, key=claim.key, by=stage.people["importer"]
            )
    return Loaded(story.name, [stage.claims[claim.key] for claim in missing], kept)


def loaded_claim(story: str, key: str) -> Claim | None:
    """Return the claim that was loaded from `story` under `key`."""
    return Claim.objects.filter(
        imported_from__source=SOURCE.format(story), imported_from__key=key
    ).first()


def _claims_of_before(story: Story) -> dict[str, Claim]:
    records = ImportRecord.objects.filter(source=SOURCE.format(story.name), claim__isnull=False)
    return {
        record.key: record.claim
        for record in records.select_related("claim")
        if record.claim is not None and record.key in story.claims
    }


def _set_stage(stage: Stage, story: Story) -> None:
    """Record the publishers, claimants, articles and topics of a story, or find them again."""
    record_claimant = partial(_record_claimant, stage.people["reviewer"])
    things: tuple[tuple[Mapping[str, Item], dict[str, Any], Callable[..., Any], str], ...] = (
        (story.publishers, stage.publishers, workflow.record_publisher, "contributor"),
        (story.claimants, stage.claimants, record_claimant, "contributor"),
        (story.articles, stage.articles, _record_article, "contributor"),
        (story.topics, stage.topics, _record_topic, "editor"),
    )
    for items, recorded, record, who in things:
        for key, item in items.items():
            with refusals_at(Spot(story.name, (key,))):
                recorded[key] = record(**stage.cast({"by": who, **item}))


def _record_claimant(reviewer: User, *, wikidata: str = "", **values: Any) -> Claimant:
    """Record a claimant; a reviewer says who they are in Wikidata, where nobody has yet."""
    claimant = workflow.record_claimant(**values)
    if wikidata and not claimant.wikidata:
        workflow.link_claimant(claimant, wikidata=wikidata, by=reviewer)
    return claimant


def _record_article(*, by: User, text: str, **values: Any) -> Article:
    draft = ArticleDraft(text=text, original=text.encode(), **values)
    return workflow.record_article(draft, by=by).article


def _record_topic(*, by: User, name: str) -> Topic:
    return Topic.objects.named(name).first() or workflow.record_topic(name=name, by=by)


def _play(claim: SeedClaim, stage: Stage) -> Claim:
    """Record one claim, play its acts, and see that it ends as its story says."""
    values = stage.cast(claim.values)
    by = values.pop("by")
    stage.named = {}
    found = [AppearanceDraft(**stage.cast(each)) for each in claim.appearances]
    with refusals_at(claim.spot):
        first = found[0] if found else None
        recorded = workflow.record_claim(ClaimDraft(**values), by=by, appearance=first)
        for appearance in found[1:]:
            workflow.add_appearance(recorded, appearance, by=by)
    for act in claim.acts:
        with refusals_at(act.spot):
            done = _act(recorded, act.verb, stage.cast({**act.arguments, "by": act.by}))
        stage.named[act.name] = done
    _check_end(recorded, claim, stage)
    return recorded


def _act(claim: Claim, verb: Verb, values: Item) -> Any:
    """Use one verb, with its arguments by name."""
    by = values.pop("by")
    if verb in ON_A_CLAIM:
        return ON_A_CLAIM[verb](claim, **values, by=by)
    if verb in ON_A_REVIEW:
        return ON_A_REVIEW[verb](values.pop("review"), **values, by=by)
    return _act_on_drafts(claim, verb, values, by)


def _act_on_drafts(claim: Claim, verb: Verb, values: Item, by: User) -> Any:
    match verb:
        case Verb.ADD_APPEARANCE:
            return workflow.add_appearance(claim, AppearanceDraft(**values), by=by)
        case Verb.ADD_EVIDENCE:
            return workflow.add_evidence(claim, EvidenceDraft(**values), by=by)
        case Verb.WITHDRAW_EVIDENCE:
            return workflow.withdraw_evidence(values["evidence"], reason=values["reason"], by=by)
        case Verb.PROPOSE_VERDICT:
            review = values.pop("review")
            for item in open_items(review):
                workflow.check_item(review, item, by=by)
            return workflow.propose_verdict(review, VerdictDraft(**values), by=by)
        case Verb.IMPORT_VERDICT:
            day, origin = values.pop("effective_on", None), values.pop("origin")
            draft = VerdictDraft(**values)
            return workflow.import_verdict(claim, draft, effective_on=day, origin=origin, by=by)
        case _:
            raise LookupError(f"Seeds cannot play {verb}.")


@contextmanager
def refusals_at(spot: Spot) -> Iterator[None]:
    """Turn a verb's refusal into a SeedError that names the place in the file."""
    try:
        yield
    except ValidationError as error:
        spot.refuse(" ".join(error.messages).rstrip("."))
    except PermissionDenied as error:
        spot.refuse(str(error).rstrip("."))


def _check_end(claim: Claim, seed: SeedClaim, stage: Stage) -> None:
    """Refuse a claim that does not end as its story says."""
    claim.refresh_from_db()
    document = documents.current(claim) or {}
    survivor = seed.expect.get("merged_into")
    ends = {
        "status": (claim.status, seed.expect["status"]),
        "needs_reconfirmation": (
            document.get("verdict_on_earlier_wording", False),
            seed.expect.get("needs_reconfirmation", False),
        ),
        "merged_into": (claim.merged_into, survivor and stage.claims[survivor]),
    }
    for name, (is_now, expected) in ends.items():
        if is_now != expected:
            reason = f"the claim ends with {is_now}, not {expected}"
            seed.spot.at(f"expect, field {name}").refuse(reason)
