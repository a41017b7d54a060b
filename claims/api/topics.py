"""Topics: what listed claims are filed under. Filing is no part of the history, so topics have no past."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.choosing import OF_TODAY
from claims.api.counted import by_status
from claims.api.described import PAGE_PARAMETERS, TOPIC, described
from claims.api.described_members import fields
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.reasons import Reason
from claims.api.shapes.lists import TopicPageSerializer
from claims.api.shapes.parties import TopicSerializer, TopicSummarySerializer
from claims.api.shapes.sparse import sparse
from claims.api.shown import Shown
from claims.document_parts import Part
from claims.models import Claim, Topic
from claims.models.topic import COUNTED

BY_NAME = Order(("name", "pk"), descending=False, known_by=("slug",))


class TopicList(ReadOnlyView):
    """The topics of the register."""

    @described(
        "listTopics",
        "List topics",
        sparse(TopicPageSerializer),
        parameters=[fields(TopicSummarySerializer), *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the topics that a listed claim is filed under, by name."""
        asked = _asked(request, PAGING)
        shown = Shown(asked, TopicSummarySerializer)
        pager = Pager(request, asked, BY_NAME)
        # 1: the page, each topic with how many claims it has
        topics = Topic.objects.in_public().with_claim_count()
        page = pager.page(topics, lambda topic: (topic.name, topic.slug))
        base = base_of(request)
        parts = [_topic_part(topic, base) | _count(topic) for topic in page.rows]
        return self.answer_page(page, [shown.of(part) for part in parts])


class TopicDetail(ReadOnlyView):
    """One topic."""

    @described(
        "readTopic",
        "Read a topic",
        sparse(TopicSerializer),
        parameters=[fields(TopicSerializer)],
        found_by=TOPIC,
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Return a topic, and how many listed claims of each status are filed there."""
        asked = _asked(request, ())
        shown = Shown(asked, TopicSerializer)
        asked.check()
        # 1: the topic; 2: how many claims of each status
        topic = Topic.objects.in_public().called(slug).first()
        if topic is None:
            raise Http404
        counts = Claim.objects.listed().under_topic(slug).status_counts()
        part = _topic_part(topic, base_of(request)) | {"claims_by_status": by_status(counts)}
        return self.answer_part(shown.of(part))


def _asked(request: Request, more: tuple[str, ...]) -> Parameters:
    asked = Parameters(request.query_params, ("as_of", "fields", *more))
    if "as_of" in asked.given:
        asked.refuse("as_of", f"cannot be asked of topics: {OF_TODAY['topic']}", Reason.PAST)
    return asked


def _topic_part(topic: Topic, base: str) -> Part:
    query = urlencode({"topic": topic.slug})
    return {
        "slug": topic.slug,
        "url": addresses.topic_api(topic.slug),
        "html_url": addresses.topic_page(topic.slug),
        "name": topic.name,
        "claims_url": f"{base}{addresses.API}/claims/?{query}",
    }


def _count(topic: Topic) -> Part:
    number: int = getattr(topic, "claim_count", 0)
    return {"claims": min(number, COUNTED), "more_claims": number > COUNTED}
