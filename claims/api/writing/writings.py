"""What a key has written: for its own eyes, as long as answers are kept, with how each thing stands now."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request

from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.described import PAGE_PARAMETERS, described
from claims.api.keys import must_have
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.shapes.writing import WritingPageSerializer, WritingSerializer
from claims.api.writing.written import part_with_now
from claims.desk_vocabulary import Scope
from claims.models import ApiWrite
from claims.models.api_write import ApiWriteQuerySet

NEWEST_FIRST = Order(("pk",))


class OwnWritings(ReadOnlyView):
    """What only the key itself is shown."""

    def kept(self, request: Request) -> ApiWriteQuerySet:
        """Return what the key wrote. Raises KeyNeeded without one."""
        key = must_have(request.auth, Scope.READ)
        return ApiWrite.objects.by_key(key).kept_at(timezone.now()).with_things()

    def to_it_alone(self, response: HttpResponseBase) -> HttpResponseBase:
        """Keep an answer out of every cache that others share."""
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization"])
        return response


class Writings(OwnWritings):
    """What the key has written."""

    @described(
        "listWritings",
        "List what this key has written",
        WritingPageSerializer,
        parameters=PAGE_PARAMETERS,
        needs_key=True,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the acts of the key that is sent, the last one first, for 30 days after each.

        `now` says how the thing stands: whether a claim was published meanwhile, and the version to name when
        adding to it.
        """
        kept = self.kept(request)
        pager = Pager(request, Parameters(request.query_params, PAGING), NEWEST_FIRST)
        # 1: the page, each act with what it is about
        page = pager.page(kept, lambda write: (write.public_id,))
        parts = [part_with_now(write, base_of(request)) for write in page.rows]
        return self.to_it_alone(self.answer_page(page, parts))


class OneWriting(OwnWritings):
    """One act."""

    @described(
        "readWriting",
        "Read what this key has written",
        WritingSerializer,
        found_by_id=True,
        needs_key=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return one act of the key that is sent, and how the thing stands now."""
        kept = self.kept(request)
        Parameters(request.query_params, ()).check()
        # 1: the act with what it is about
        write = kept.known_as(public_id).first()
        if write is None:
            raise Http404
        return self.to_it_alone(self.answer_part(part_with_now(write, base_of(request))))
