"""Claims: the list and the whole document, now, as of a moment, and as things stood on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from claims import documents
from claims.api.answers import ReadOnlyView, WhateverIsAccepted
from claims.api.asked_lists import Question, page_of
from claims.api.bases import absolute_json, base_of
from claims.api.beside import identify, related_parts
from claims.api.choosing import FILTERS, ORDERS, Choice, read_choice
from claims.api.conditions import Modified, head_mark
from claims.api.described import (
    AS_OF,
    AS_OF_ENTRY,
    CLAIM_FILTERS,
    CLAIM_ORDER,
    EFFECTIVE_AS_OF,
    PAGE_PARAMETERS,
    described,
)
from claims.api.described_members import expand, fields
from claims.api.pages import Order, Page, Pager
from claims.api.parameters import PAGING, PUBLIC_ID, Parameters
from claims.api.problems import NotInEffect, NotThen
from claims.api.shapes.claim import ClaimDocumentSerializer, ListedClaimSerializer
from claims.api.shapes.lists import ClaimPageSerializer
from claims.api.shapes.sparse import sparse
from claims.api.shown import SHOWN, Shown
from claims.api.then import Listed, Then, moment_of
from claims.document_parts import Part
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.models.compiled import Compiled
from claims.search.public import best_published, nearest_published

Row = tuple[Any, ...]
BY_RANK = Order(("rank",))
PAST = ("as_of", "effective_as_of")
# What a whole document holds and lists leave out, and what is stored beside documents.
OF_DOCUMENTS = (
    "published_at",
    "verdict",
    "wordings",
    "appearances",
    "evidence",
    "contacts",
    "history",
    "head",
)
AROUND = ("topics", "under_review_since")
IN_LISTS = ("claimant", *OF_DOCUMENTS, *AROUND)
IN_DOCUMENTS = ("claimant", *AROUND, "related")
NOT_LISTED = dict.fromkeys(IN_LISTS, "read each claim with as_of")
NOT_IN_HISTORY = dict.fromkeys(IN_DOCUMENTS, "it is no part of the history")


class ClaimList(ReadOnlyView):
    """The claims of the register."""

    @described(
        "listClaims",
        "List claims",
        sparse(ClaimPageSerializer),
        parameters=[
            *CLAIM_FILTERS,
            CLAIM_ORDER,
            AS_OF,
            EFFECTIVE_AS_OF,
            fields(ListedClaimSerializer),
            expand(IN_LISTS),
            *PAGE_PARAMETERS,
        ],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of published claims, those whose status was set last first unless `order` says otherwise.

        With `as_of` or `effective_as_of`, the claims and their statuses are those of that past, in the order of
        their first publication, the newest first; such a list does not move while it is walked.
        """
        asked = Parameters(request.query_params, (*FILTERS, "order", *PAST, *SHOWN, *PAGING))
        then = Then.asked(asked.moment("as_of"), asked.day("effective_as_of"))
        past = any(name in asked.given for name in PAST)
        choice = read_choice(asked, past=past)
        shown = Shown(
            asked,
            ListedClaimSerializer,
            expansions=IN_LISTS,
            unknown_then=NOT_LISTED if past else None,
        )
        pager = Pager(request, asked, ORDERS.get(choice.order, BY_RANK))
        if then:
            # 1: the page's claims; 2 to 6: what was shown of those that were touched since, if any
            found = _past_page(pager, choice, then)
            told = then.told([Listed(*row[1:]) for row in found.rows])
            return self.answer_page_text(found, _texts(told, shown))
        page = _ranked(pager, choice, shown) if choice.by_relevance else _page(pager, choice, shown)
        return self.answer_page_text(page, _listed(page.rows, shown))


def _page(pager: Pager, choice: Choice, shown: Shown) -> Page[Row]:
    """Return the page in the order of a column, each claim with what lists show of it; one query."""
    return page_of(pager, Question.of(pager, choice, *_columns(shown)))


def _past_page(pager: Pager, choice: Choice, then: Then) -> Page[Row]:
    """Return the page of claims of then, in the order of their first publication; one query."""
    columns = ("pk", "untouched", "document__summary")
    if then.effective:
        key = ("published_at", "public_id")
        rows = choice.then(then).past_parts(then.known_at, *key, *columns)
        return pager.page(rows, lambda row: row[:2])
    return page_of(pager, Question.of(pager, choice, *columns, "body_since", at=then.known_at))


def _ranked(pager: Pager, choice: Choice, shown: Shown) -> Page[Row]:
    """Return the page in the order of relevance: one query for the claims shown, one for a cursor's place."""
    claims = choice.now()

    def rows_of(keys: Sequence[int]) -> dict[int, Row]:
        columns = ("pk", "public_id", *_columns(shown))
        rows = Claim.objects.listed().among(keys).stored_parts(*columns)
        return {row[0]: row for row in rows}

    def place_of(public_id: str) -> int | None:
        return Claim.objects.known_as(public_id).values_list("pk", flat=True).first()

    keys = ranking(choice, claims)
    return pager.ranked(keys, rows_of, place_of, lambda row: str(row[1]))


def ranking(choice: Choice, claims: ClaimQuerySet) -> list[int]:
    """Return the keys of those of `claims` that answer best to what was asked about, best first."""
    if choice.q:
        return best_published(choice.q, claims)
    text, own = choice.similar_to or "", None
    if PUBLIC_ID.fullmatch(text):
        known = Claim.objects.published().known_as(text).values_list("pk", "wording").first()
        own, text = known or (None, text)
    near = nearest_published(text)
    chosen = set(claims.among(near).order_by().values_list("pk", flat=True)) - {own}
    return [key for key in near if key in chosen]


def _columns(shown: Shown) -> list[str]:
    """Return what is read of each claim, behind what its place is known by."""
    columns = ["document__summary"]
    columns += ["document__body"] if shown.expand & set(OF_DOCUMENTS) else []
    return columns + (["document__around"] if shown.expand & set(AROUND) else [])


def _listed(rows: Sequence[Row], shown: Shown) -> list[str]:
    """Return the JSON of each claim as it was asked for; one query where claimants are to be expanded."""
    if not shown.expand:
        return _texts([row[2] for row in rows], shown)
    parts = []
    for _, _, summary, *more in rows:
        held = {name: value for text in more for name, value in orjson.loads(text).items()}
        beside = {name: held[name] for name in IN_LISTS[1:] if name in shown.expand}
        parts.append({**orjson.loads(summary), **beside})
    if "claimant" in shown.expand:
        identify([part["claimant"] for part in parts])
    return [orjson.dumps(shown.of(part)).decode() for part in parts]


def _texts(summaries: Sequence[str], shown: Shown) -> list[str]:
    """Return the stored JSON of each claim, or what is wanted of it."""
    if not shown.tree:
        return list(summaries)
    return [orjson.dumps(shown.of(orjson.loads(text))).decode() for text in summaries]


def _past(public_id: str) -> QuerySet[Claim, Row]:
    return Claim.objects.published().known_as(public_id).past_documents()


past_documents = Compiled(Claim, _past)


class Told(NamedTuple):
    """A claim's document as JSON, its digest, and what tells one version of it from another."""

    body: str
    sha256: str
    head: str = ""
    modified: Modified | None = None


class ClaimDetail(ReadOnlyView):
    """One claim."""

    @described(
        "readClaim",
        "Read a claim",
        sparse(ClaimDocumentSerializer),
        parameters=[
            AS_OF_ENTRY,
            EFFECTIVE_AS_OF,
            fields(ClaimDocumentSerializer),
            expand(IN_DOCUMENTS),
        ],
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return the whole document of a claim: wordings, appearances, evidence, verdict and history.

        With `as_of`, it is the document that was served at that moment, or after that entry; what has been redacted
        since is erased there too. With `effective_as_of`, the verdict shown is the one in effect on that day in the
        world's time, as far as is known today or was known at `as_of`. A claim merged into another keeps its
        document, and `merged_into` leads to the survivor.
        """
        asked = Parameters(request.query_params, (*PAST, *SHOWN))
        place, day = asked.place("as_of"), asked.day("effective_as_of")
        past = any(name in asked.given for name in PAST)
        shown = Shown(
            asked,
            ClaimDocumentSerializer,
            expansions=IN_DOCUMENTS,
            unknown_then=NOT_IN_HISTORY if past else None,
        )
        asked.check()
        then = Then.asked(moment_of(public_id, place), day)
        told = self._then(public_id, then) if then else self._now(public_id)
        if shown:
            whole = _expanded(public_id, orjson.loads(told.body), shown)
            part = documents.absolute(shown.of(whole), base_of(request))
            return self.answer(orjson.dumps(part), head=told.head)
        body = absolute_json(told.body, base_of(request))
        return self.answer(body, sha256=told.sha256, head=told.head, modified=told.modified)

    def _now(self, public_id: str) -> Told:
        # 1: the stored document
        stored = Claim.objects.published().known_as(public_id).stored_documents()
        for body, sha256, head_hash, stored_at in stored:
            return Told(body, sha256, head_mark(head_hash), Modified(stored_at))
        # Stored documents are a cache: where one is missing, the history has the answer.
        return self._then(public_id, Then(timezone.now()))

    def _then(self, public_id: str, then: Then) -> Told:
        # 1: the claim with its stored document; 2 and 3: the verdict and the wording of the time, if they gave way;
        # or 2 to 10: the replay of its history
        rows = past_documents.rows(public_id)
        if not rows:
            raise Http404
        [(key, published_at, head_at, head_hash, stored, sha256)] = rows
        if published_at > then.known_at:
            raise NotThen
        if then.is_now(head_at, stored):
            return Told(stored, sha256, head_mark(head_hash))
        document = then.document(key, stored)
        if document is None:
            raise NotInEffect
        body = documents.encode(document)
        return Told(body, hashlib.sha256(body.encode()).hexdigest())


class ClaimFile(WhateverIsAccepted, ClaimDetail):
    """One claim at its own address, as a file: byte for byte what the API says of it."""

    schema = None


def found(claims: ClaimQuerySet, moment: datetime | None = None) -> Claim:
    """Return the one of `claims` that is published, and was at `moment`.

    An unpublished one is as unknown as one that never was.
    """
    claim = claims.published().first()
    if claim is None or claim.published_at is None:
        raise Http404
    if moment and claim.published_at > moment:
        raise NotThen
    return claim


def _expanded(public_id: str, document: Part, shown: Shown) -> Part:
    """Return a document with what stands beside it now; one query for each member but the two stored along."""
    if shown.expand & {*AROUND, "related"}:
        claim = Claim.objects.known_as(public_id).with_document().get()
        kept = orjson.loads(claim.document.around) if hasattr(claim, "document") else {}
        document |= {name: kept.get(name) for name in AROUND if name in shown.expand}
        if "related" in shown.expand:
            document["related"] = related_parts(claim)
    if "claimant" in shown.expand:
        identify([document["claimant"]])
    return document
