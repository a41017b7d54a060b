"""The topics, and the page of one: the claims filed there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses, languages
from claims.models import Claim, Topic
from claims.models.topic import COUNTED
from claims.public.answers import answer, public_page
from claims.public.arguments import read_cursor
from claims.public.paging import page_of
from claims.public.tally import tally_of


@public_page
def show_all(request: HttpRequest) -> HttpResponse:
    """List the topics under which a claim of the public lists is filed, with how many there are."""
    topics = list(Topic.objects.in_public().with_claim_count().by_name())
    context = {"topics": topics, "counted_to": COUNTED, "path": languages.plain(request.path)}
    marks = [f"{one.name} {one.slug} {getattr(one, 'claim_count', 0)}" for one in topics]
    return answer(request, "public/topics.html", context, marks=marks)


@public_page
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the claims of one topic; a topic without any is not found, as one that never was."""
    topic = Topic.objects.in_public().called(slug).first()
    if topic is None:
        raise Http404
    after = read_cursor(request.GET)
    claims = Claim.objects.listed().under_topic(slug)
    tally = tally_of(claims.status_counts())
    page = page_of(Claim.objects.listed().listed_under_topic(slug).with_summary(), after)
    context = {
        "topic": topic,
        "tally": tally,
        "page": page,
        "path": addresses.topic_page(topic.slug),
    }
    marks = [topic.name, str(tally), *page.marks]
    return answer(request, "public/topic.html", context, marks=marks, noindex=after is not None)
