"""How every write is taken: a key with the scope, a name of the client's for it, a body; and then once and no more."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import orjson
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework.request import Request

from claims.api.answers import JSON, ReadOnlyView
from claims.api.bases import base_of
from claims.api.bodies import read_body
from claims.api.conditions import means_head
from claims.api.keys import must_have
from claims.api.parameters import Parameters
from claims.api.problems import PreconditionFailed, Refusal
from claims.api.writing.members import refusal_of
from claims.api.writing.written import part_of
from claims.desk_vocabulary import Scope
from claims.history.recorder import locked
from claims.models import Claim, User
from claims.models.api_write import LONGEST_IDEMPOTENCY_KEY
from claims.workflow.api_writes import (
    Outcome,
    UnderWay,
    UsedForAnother,
    Written,
    must_be_able,
    write_once,
)

QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')  # a string of RFC 9651, 3.3.3
BARE = re.compile(r"[!#-~]+")
MOST_BYTES = 256_000


class BadIdempotencyKey(Refusal):
    """The header Idempotency-Key is missing, or is no name."""

    slug = "bad-idempotency-key"
    default_detail = (
        f"Send an Idempotency-Key of 1 to {LONGEST_IDEMPOTENCY_KEY} visible characters of ASCII."
    )


class IdempotencyKeyReused(Refusal):
    """Another request came under this name."""

    slug = "idempotency-key-reused"
    default_detail = "This Idempotency-Key came with another request before."


class BeingWritten(Refusal):
    """The same, or what collides with it, is being written just now."""

    slug = "being-written"
    default_detail = "The same is being written just now; send it again in a second."
    wait = 1


class VersionNeeded(Refusal):
    """Nothing says which version of the claim the client has seen."""

    slug = "version-needed"
    default_detail = "Send as If-Match the ETag of the claim as you have seen it."


class Writing(ReadOnlyView, ABC):
    """An address at which keys with `scope` may write. `places` points to members not named as the verb's arguments."""

    http_method_names = ["get", "post", "head", "options"]
    scope: ClassVar[Scope]
    most_bytes: ClassVar[int] = MOST_BYTES
    places: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def act(self, given: dict[str, Any], by: User, **ids: str) -> Written:
        """Read the body and call the verbs, in a transaction. What they refuse with is answered as a problem."""

    def post_once(self, request: Request, **ids: str) -> HttpResponse:
        """Take a write, or give again the answer of the one that came under the same name."""
        key = must_have(request.auth, self.scope)
        must_be_able(key, self.scope)
        Parameters(request.query_params, ()).check()
        name = idempotency_key_of(request._request)
        given, data = read_body(request._request, most=self.most_bytes)
        outcome = self._carried_out(
            lambda: write_once(
                key,
                self.scope,
                idempotency_key=name,
                request_digest=hashlib.sha256(f"{request.path}\n".encode() + data).hexdigest(),
                act=lambda: self.act(given, key.owner, **ids),
            )
        )
        return self._answer_of(outcome)

    def _carried_out(self, write: Callable[[], Outcome]) -> Outcome:
        try:
            return write()
        except UsedForAnother:
            raise IdempotencyKeyReused from None
        except UnderWay:
            raise BeingWritten from None
        except IntegrityError as error:
            if not is_taken(error):
                raise
            raise BeingWritten from None
        except ValidationError as error:
            raise refusal_of(error, self.places) from None

    def _answer_of(self, outcome: Outcome) -> HttpResponse:
        write, base = outcome.write, base_of(self.request)
        part = part_of(write, base)
        response = HttpResponse(orjson.dumps(part), content_type=JSON, status=write.status)
        response["Location"] = part["url"]
        response["Cache-Control"] = "no-store"
        if not outcome.is_new:
            response["Idempotent-Replayed"] = "true"
        return response


def is_taken(error: IntegrityError) -> bool:
    """Whether what was to be written is there by now: a unique value (SQLSTATE 23505), and nothing else."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", "") == "23505" or "UNIQUE constraint" in str(cause)


def idempotency_key_of(request: HttpRequest) -> str:
    """Return the client's name for a write, sent as a string of RFC 9651 or bare. Raises BadIdempotencyKey."""
    sent = request.headers.get("Idempotency-Key", "").strip()
    if match := QUOTED.fullmatch(sent):
        name = re.sub(r"\\(.)", r"\1", match[1])
    elif BARE.fullmatch(sent):
        name = sent
    else:
        raise BadIdempotencyKey
    if not 0 < len(name.strip()) <= LONGEST_IDEMPOTENCY_KEY:
        raise BadIdempotencyKey
    return name


def version_seen(request: Request) -> str:
    """Return If-Match. Raises VersionNeeded without it (RFC 6585, 3)."""
    sent = request.headers.get("If-Match", "")
    if not sent.strip():
        raise VersionNeeded
    return sent


def claim_as_seen(public_id: str, seen: str, by: User) -> Claim:
    """Return a claim that `by` may add to, locked, if it is as its last act left it for whoever sent `seen`.

    Raises Http404 for any other, PreconditionFailed when something was recorded on it since.
    """
    known = Claim.objects.open_to(by).known_as(public_id).first()
    if known is None:
        raise Http404
    claim = locked(known)
    if not means_head(seen, claim.head_hash):
        raise PreconditionFailed
    return claim
