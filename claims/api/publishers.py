"""Publishers: in whose articles published claims stand, and who is cited on them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.counted import by_status
from claims.api.described import AS_OF, PAGE_PARAMETERS, PUBLISHER_KIND, described
from claims.api.described_members import fields
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NotThen
from claims.api.shapes.lists import PublisherPageSerializer
from claims.api.shapes.parties import PublisherSerializer, PublisherSummarySerializer
from claims.api.shapes.sparse import sparse
from claims.api.shown import Shown
from claims.document_parts import Part
from claims.models import Claim, Evidence, Publisher
from claims.vocabulary import PublisherKind, Stance

NEWEST_FIRST = Order(("pk",))


class PublisherList(ReadOnlyView):
    """The publishers of the register."""

    @described(
        "listPublishers",
        "List publishers",
        sparse(PublisherPageSerializer),
        parameters=[PUBLISHER_KIND, AS_OF, fields(PublisherSummarySerializer), *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the publishers that readers can see, recorded last first."""
        asked = Parameters(request.query_params, ("kind", "as_of", "fields", *PAGING))
        kind, moment = asked.choice("kind", PublisherKind.values), asked.moment("as_of")
        shown = Shown(asked, PublisherSummarySerializer)
        pager = Pager(request, asked, NEWEST_FIRST)
        publishers = Publisher.objects.in_public(moment)
        if kind:
            publishers = publishers.of_kind(kind)
        # 1: the page
        page = pager.page(publishers, lambda publisher: (publisher.public_id,))
        return self.answer_page(page, [shown.of(publisher_part(one)) for one in page.rows])


class PublisherDetail(ReadOnlyView):
    """One publisher."""

    @described(
        "readPublisher",
        "Read a publisher",
        sparse(PublisherSerializer),
        parameters=[AS_OF, fields(PublisherSerializer)],
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return a publisher, how many listed claims of each status stand in its articles, and how it is cited."""
        asked = Parameters(request.query_params, ("as_of", "fields"))
        moment, shown = asked.moment("as_of"), Shown(asked, PublisherSerializer)
        asked.check()
        # 1: the publisher
        publisher = Publisher.objects.in_public(moment).known_as(public_id).first()
        if publisher is None:
            raise _absent(public_id, moment)
        # 2: the claims in its articles; 3: the evidence cited from it
        counted = publisher_part(publisher) | _counts(publisher, moment)
        return self.answer_part(shown.of(counted | _lists(publisher, moment, base_of(request))))


def _absent(public_id: str, moment: datetime | None) -> Exception:
    if moment and Publisher.objects.in_public().known_as(public_id).exists():
        return NotThen("Nothing of this publisher was public then.")
    return Http404()


def publisher_part(publisher: Publisher) -> Part:
    """Return what lists show of a publisher."""
    return {
        "id": publisher.public_id,
        "url": addresses.publisher_api(publisher.public_id),
        "html_url": addresses.publisher_page(publisher.public_id, publisher.name),
        "name": publisher.name,
        "domain": publisher.domain,
        "kind": publisher.kind,
    }


def _counts(publisher: Publisher, moment: datetime | None) -> Part:
    if moment:
        claims = Claim.objects.listed_at(moment).carried_then(publisher, moment)
        statuses = claims.status_counts_at(moment)
        cited = Evidence.objects.listed_by(moment).standing_at(moment).by_publisher(publisher)
    else:
        statuses = Claim.objects.listed().carried_by(publisher).status_counts()
        cited = Evidence.objects.cited_from(publisher)
    stances = cited.stance_counts()
    return {
        "claims_by_status": by_status(statuses),
        "evidence_by_stance": {stance: stances.get(stance, 0) for stance in Stance.values},
    }


def _lists(publisher: Publisher, moment: datetime | None, base: str) -> Part:
    """Return where to read what was counted, of the same moment."""
    asked = {"publisher": publisher.public_id}
    if moment:
        asked["as_of"] = moment.isoformat()
    query = urlencode(asked)
    rooms = ("claims", "articles", "evidence")
    return {f"{room}_url": f"{base}{addresses.API}/{room}/?{query}" for room in rooms}
