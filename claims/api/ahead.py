"""A claim's document as it can be answered ahead of Django: what such an answer depends on.

`factcheck.ahead` keeps what `ClaimDetail` answered, and asks here whether it still would.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.exceptions import NotAcceptable
from rest_framework.request import Request

from claims.api.bases import base_of
from claims.api.claims import ClaimDetail
from claims.api.conditions import Modified, etag_of, head_mark
from claims.api.throttles import ReaderThrottle, Sender
from claims.models import Claim
from claims.models.compiled import Compiled, Raw
from claims.models.fields import PUBLIC_ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from wsgiref.types import WSGIEnvironment

ADDRESS = re.compile(rf"/api/v1/claims/({PUBLIC_ID_PATTERN})/")
ACCEPTS = 200  # that many are remembered


def _marks(public_id: str) -> QuerySet[Claim, tuple[str, bytes, datetime]]:
    return Claim.objects.published().known_as(public_id).document_marks()


document_marks = Compiled(Claim, _marks)


def marks_of(public_id: str) -> Sequence[Raw]:
    """Return all that changes with the document of a published claim; nothing where there is none. One query."""
    return document_marks.unconverted(public_id)


def etag_now(request: HttpRequest, public_id: str, marks: Sequence[Raw]) -> str:
    """Return the entity tag of the document with these marks, uncompressed; "" while its answer is about to change:
    in the first minute it does not say yet when the document did.
    """
    [(sha256, head_hash, stored_at)] = document_marks.converted(marks)
    if not Modified(stored_at).settled:
        return ""
    return etag_of(sha256, base_of(request), head=head_mark(head_hash))


@lru_cache(ACCEPTS)
def is_accepted(accept: str | None) -> bool:
    """Whether the document is what a client with this header, or without any, accepts."""
    asked = HttpRequest()
    asked.META = {} if accept is None else {"HTTP_ACCEPT": accept}
    try:
        ClaimDetail(format_kwarg=None).perform_content_negotiation(Request(asked))
    except NotAcceptable:
        return False
    return True


def counted(environ: WSGIEnvironment) -> list[tuple[str, str]] | None:
    """Count a request for its reader, and return the headers that say what is left; None where that is not known, or
    where it was one too many.
    """
    quota = ReaderThrottle().count(Sender(environ))
    return None if quota is None or quota.is_spent else list(quota.headers())
