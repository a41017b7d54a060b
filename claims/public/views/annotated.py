"""The claims of one article as W3C Web Annotations."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses
from claims.history.canonical import moment_text
from claims.interop.annotations import PROFILE, Source, collection_of
from claims.interop.claimreview_markup import web_only
from claims.models import Article, Claim, Redaction
from claims.models.redaction import QUOTE
from claims.public.answers import answer_with
from claims.public.sharing import open_file
from claims.templatetags.public_machines import data_text
from claims.vocabulary import Licence


@open_file
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the quotes of an article in which published claims were found; any other article is not found."""
    # 1: the article; 2: its claims; 3: what was erased of quotes that readers cannot see
    article = Article.objects.known_as(public_id).without_text().first()
    claims = (
        list(Claim.objects.published().appearing_in(article).with_document()) if article else []
    )
    if article is None or not claims:
        raise Http404
    unseen = [
        {"start": start, "end": end}
        for field, start, end, _ in Redaction.objects.unseen_in(article)
        if field == QUOTE
    ]
    base = settings.FACTCHECK_BASE_URL
    source = Source(
        public_id=article.public_id,
        url=web_only(article.canonical_url or article.url),
        base=base,
        path=addresses.article_page(article),
        read_at=moment_text(article.recorded_at),
        shown_whole=article.licence == Licence.FULL_TEXT,
    )

    def file() -> HttpResponse:
        collection = collection_of(
            source,
            [json.loads(claim.document.body) for claim in claims],
            identity=base + addresses.article_annotations(public_id),
            register={
                "id": f"{base}/#publisher",
                "type": "Organization",
                "name": settings.FACTCHECK_REGISTER_NAME,
            },
            unseen=unseen,
        )
        return HttpResponse(data_text(collection), content_type=PROFILE)

    marks = [str(source), str(unseen), *(claim.document.sha256 for claim in claims)]
    return answer_with(request, file, marks=marks)
