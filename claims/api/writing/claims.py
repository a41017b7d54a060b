"""Writing claims, the places where they were found, and evidence for and against them."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import workflow
from claims.api.appearances import ClaimAppearances
from claims.api.claims import ClaimList
from claims.api.described_writes import written
from claims.api.evidence import ClaimEvidence
from claims.api.reasons import Reason
from claims.api.shapes.writing import (
    NewAppearanceSerializer,
    NewClaimSerializer,
    NewEvidenceSerializer,
)
from claims.api.writing.doors import Writing, claim_as_seen, version_seen
from claims.api.writing.members import Members
from claims.desk_vocabulary import Scope
from claims.models import Article, Claimant, Evidence, User
from claims.vocabulary import (
    ClaimantKind,
    ClaimKind,
    CueClass,
    EvidenceKind,
    Position,
    Precision,
    Stance,
)
from claims.workflow import AppearanceDraft, ClaimDraft, EvidenceDraft, RuleBroken
from claims.workflow.api_writes import Written

CLAIM = ("wording", "kind", "language", "said_on", "said_on_precision", "claimant", "appearance")
PARTY = ("id", "name", "kind", "role")
APPEARANCE = (
    "article",
    "exact",
    "start",
    "end",
    "speaker",
    "speaker_inferred",
    "cue",
    "cue_class",
    "position",
    "direct",
)
EVIDENCE = (
    "stance",
    "kind",
    "url",
    "archived_url",
    "source_text",
    "title",
    "publisher",
    "published_on",
    "excerpt",
    "remark",
    "rating",
    "primary",
    "same_origin_as",
)
OF_APPEARANCE = ("exact", "cue", "cue_class", "position")


class Claims(Writing, ClaimList):
    """The claims of the register, and the way to record one."""

    scope = Scope.RECORD_CLAIM
    places = {name: f"/appearance/{name}" for name in OF_APPEARANCE}

    @written("recordClaim", "Record a claim", NewClaimSerializer)
    def post(self, request: Request) -> HttpResponseBase:
        """Record a statement in the register's own wording, with the place it was found, if one is given.

        The claim is not public: readers see it once two people have given a verdict on it. What became of it,
        `writings/<id>/` says.
        """
        return self.post_once(request)

    def act(self, given: dict[str, Any], by: User, **ids: str) -> Written:
        """Call record_claim, after record_claimant for whoever is named."""
        members = Members(given, CLAIM)
        members.need("wording")
        said: dict[str, Any] = {
            "wording": members.text("wording"),
            "kind": members.word("kind", ClaimKind, ClaimKind.FACT),
            "language": members.text("language") or "en",
            "said_on": members.day("said_on"),
            "said_on_precision": members.word("said_on_precision", Precision, Precision.DAY),
        }
        place = members.part("appearance", APPEARANCE)
        found = appearance_of(place, by) if place else None
        claimant = party_of(members, "claimant", by)
        members.check()
        draft = ClaimDraft(claimant=claimant, **said)
        claim = workflow.record_claim(draft, by=by, appearance=found)
        return Written(claim=claim, entry=claim.head_number)


class Appearances(Writing, ClaimAppearances):
    """The places where a claim was found, and the way to say where else."""

    scope = Scope.ADD_APPEARANCE

    @written(
        "addAppearance",
        "Add an appearance to a claim",
        NewAppearanceSerializer,
        to_claim=True,
    )
    def post(self, request: Request, public_id: str) -> HttpResponseBase:
        """Record one more place where a claim was found, quoted from an article of the register."""
        return self.post_once(request, public_id=public_id)

    def act(self, given: dict[str, Any], by: User, **ids: str) -> Written:
        """Call add_appearance."""
        claim = claim_as_seen(ids["public_id"], version_seen(self.request), by)
        members = Members(given, APPEARANCE)
        draft = appearance_of(members, by)
        members.check()
        row = workflow.add_appearance(claim, draft, by=by)
        return Written(claim=claim, entry=row.entry.number)


class EvidenceOfClaim(Writing, ClaimEvidence):
    """The evidence on a claim, and the way to add to it."""

    scope = Scope.ADD_EVIDENCE
    places = {"note": "/remark", "publisher_name": "/publisher"}

    @written("addEvidence", "Add evidence to a claim", NewEvidenceSerializer, to_claim=True)
    def post(self, request: Request, public_id: str) -> HttpResponseBase:
        """Record one source for or against a claim. Evidence of an address that stands there shares its origin."""
        return self.post_once(request, public_id=public_id)

    def act(self, given: dict[str, Any], by: User, **ids: str) -> Written:
        """Call add_evidence."""
        claim = claim_as_seen(ids["public_id"], version_seen(self.request), by)
        members = Members(given, EVIDENCE)
        members.need("stance", "kind")
        same = members.number("same_origin_as")
        origin = Evidence.objects.filter(claim=claim, entry__number=same).first() if same else None
        if same is not None and origin is None:
            members.refuse(
                "same_origin_as", "is not the number of evidence on this claim", Reason.UNKNOWN
            )
        draft = EvidenceDraft(
            stance=members.word("stance", Stance, Stance.CONTEXT),
            kind=members.word("kind", EvidenceKind, EvidenceKind.OTHER),
            url=members.text("url"),
            archived_url=members.text("archived_url"),
            source_text=members.text("source_text"),
            title=members.text("title"),
            publisher_name=members.text("publisher"),
            published_on=members.day("published_on"),
            excerpt=members.text("excerpt"),
            note=members.text("remark"),
            rating=members.text("rating"),
            primary=members.truth("primary"),
            same_origin_as=origin,
        )
        members.check()
        row = workflow.add_evidence(claim, draft, by=by)
        return Written(claim=claim, entry=row.entry.number)


def appearance_of(members: Members, by: User) -> AppearanceDraft:
    """Return the place that the members describe, of use once they are checked."""
    members.need("article", "exact")
    public_id = members.public_id("article")
    article = Article.objects.open_to(by).known_as(public_id).first() if public_id else None
    if public_id and article is None:
        members.refuse(
            "article", "is no article that is public or that you recorded", Reason.UNKNOWN
        )
    start, end = members.number("start"), members.number("end")
    if (start is None) != (end is None):
        members.refuse("end", "goes with start: give both or none", Reason.COMBINATION)
    said: dict[str, Any] = {
        "article": article,
        "exact": members.text("exact"),
        "start": start,
        "end": end,
        "cue": members.text("cue"),
        "cue_class": members.word("cue_class", CueClass, CueClass.NEUTRAL),
        "position": members.word("position", Position, Position.ASSERTS),
        "inferred": members.truth("speaker_inferred"),
        "direct": members.truth("direct"),
        "speaker": party_of(members, "speaker", by),
    }
    return AppearanceDraft(**said)


def party_of(members: Members, name: str, by: User) -> Claimant | None:
    """Return whom a member names: by the id of somebody readers know, or by name and kind, recorded if new."""
    party = members.part(name, PARTY)
    if party is None:
        return None
    public_id = party.public_id("id")
    named, role = party.text("name"), party.text("role")
    kind = party.word("kind", ClaimantKind, ClaimantKind.PERSON)
    if bool(public_id) == bool(named):
        party.refuse("id", "or else a name is needed: one of the two", Reason.COMBINATION)
    if named:
        party.need("kind", reason=Reason.COMBINATION)
    found = Claimant.objects.named_in_public().known_as(public_id).first() if public_id else None
    if public_id and found is None:
        party.refuse("id", "is no claimant that readers know", Reason.UNKNOWN)
    if members.errors or not named:
        return found.survivor if found else None
    try:
        return workflow.record_claimant(name=named, kind=kind, role=role, by=by)
    except RuleBroken as refusal:
        for part, refused in refusal.error_dict.items():
            for one in refused:
                party.refuse(part, " ".join(one.messages), one.code or "")
    return None
