"""Caches and hubs hear of each public act once it is committed: what to forget, where; and again where they did not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from claims import addresses, workflow
from claims.desk_vocabulary import RelationKind
from claims.models import BackgroundTask, Claim, Evidence, User
from claims.vocabulary import RedactionReason
from tests import factories
from tests.public.pages import document, everything
from tests.tasks.listening import Listener

pytestmark = pytest.mark.django_db
Work = Callable[[], list[BackgroundTask]]


def test_an_act_on_a_published_claim_is_told_in_every_language(
    published: Claim, editor: User, cache: Listener, work: Work
) -> None:
    factories.EvidenceFactory(claim=published, by=editor)
    assert cache.heard == []
    (done,) = work()
    assert (done.status, done.short_name) == ("SUCCESSFUL", "tell_cache")
    ((headers, _),) = cache.heard
    assert headers["Authorization"] == "Bearer open sesame"
    own, page = published.public_id, document(published)["html_url"]
    for path in (page, f"/claims/{own}/", f"/claims/{own}/card.png", f"/embed/claims/{own}/", "/"):
        assert path in cache.last["paths"]
        assert f"/de{path}" in cache.last["paths"]
    for path in ("/feeds/claims.atom", f"/feeds/claims/{own}.json", "/sitemap.xml"):
        assert path in cache.last["paths"]
    assert {f"claim-{own}", "lists"} <= set(cache.last["keys"])
    assert not [path for path in cache.last["paths"] if "@" in path]


def test_its_claimants_articles_and_earlier_wordings_are_told(
    cache: Listener, work: Work, editor: User
) -> None:
    scene = everything("plain")
    work()
    article, claimant = scene.article.public_id, document(scene.claim)["claimant"]
    assert claimant["html_url"] in cache.last["paths"]
    assert f"/articles/{article}/{scene.article.slug}/" in cache.last["paths"]
    assert {f"article-{article}", f"claimant-{claimant['id']}"} <= set(cache.last["keys"])
    speaker = document(scene.claim)["appearances"][0]["speaker"]
    assert f"/claimants/{speaker['id']}/other-plain/" in cache.last["paths"]
    for slug in ("first-plain", "second-plain"):
        assert f"/claims/{scene.claim.public_id}/{slug}/" in cache.last["paths"]


def test_an_erasure_that_readers_cannot_see_is_told_for_the_articles_alone(
    cache: Listener, work: Work, editor: User, second_editor: User
) -> None:
    article = factories.ArticleFactory(text="The ferry is late. The quay is gone.")
    seen = factories.appearance_draft(article, "The ferry is late.")
    factories.published_claim(appearance=seen)
    quote = factories.appearance_draft(article, "The quay is gone.")
    unseen = factories.ClaimFactory(appearance=quote)
    work()
    told = len(cache.heard)
    factories.erase(
        unseen.entries.get(number=1), "appearance.exact", by=editor, and_by=second_editor
    )
    (done,) = [one for one in work() if one.short_name == "tell_cache_of_articles"]
    assert done.status == "SUCCESSFUL"
    assert len(cache.heard) == told + 1
    assert cache.last["keys"] == [f"article-{article.public_id}"]
    for path in (addresses.article_page(article), addresses.article_annotations(article.public_id)):
        assert path in cache.last["paths"]
    assert unseen.public_id not in str(cache.last)


def test_what_else_a_claim_is_read_at_is_told(
    published: Claim, editor: User, cache: Listener, work: Work
) -> None:
    factories.EvidenceFactory(claim=published, by=editor)
    work()
    own = published.public_id
    for page in ("now", "compare"):
        assert {f"/claims/{own}/{page}/", f"/de/claims/{own}/{page}/"} <= set(cache.last["paths"])
    for path in (f"/claims/{own}/cite.bib", f"/claims/{own}/cite.json", f"/timemap/claims/{own}/"):
        assert path in cache.last["paths"]


def test_the_pages_of_related_claims_and_of_publishers_are_told(
    published: Claim, editor: User, cache: Listener, work: Work
) -> None:
    carrier = factories.PublisherFactory(name="Carrier", by=editor)
    cited = factories.PublisherFactory(name="Cited", by=editor)
    article = factories.ArticleFactory(publisher=carrier, by=editor)
    appearance = factories.appearance_draft(article, "is safe")
    workflow.add_appearance(published, appearance, by=editor)
    factories.EvidenceFactory(claim=published, publisher=cited, by=editor)
    related, unpublished = factories.published_claim(), factories.ClaimFactory()
    for other in (related, unpublished):
        workflow.relate_claims(
            other, published, kind=RelationKind.REPEATS, reason="The same.", by=editor
        )
    work()
    workflow.void_verdict(published, reason="An error.", by=editor)
    work()
    shown_at = {
        f"claim-{related.public_id}": document(related)["html_url"],
        f"publisher-{carrier.public_id}": f"/publishers/{carrier.public_id}/carrier/",
        f"publisher-{cited.public_id}": f"/publishers/{cited.public_id}/cited/",
    }
    for key, path in shown_at.items():
        assert key in cache.last["keys"]
        assert {path, f"/de{path}"} <= set(cache.last["paths"])
    assert unpublished.public_id not in str(cache.last)


def test_after_an_erasure_every_page_of_an_earlier_time_is_told(
    published: Claim, editor: User, second_editor: User, cache: Listener, work: Work
) -> None:
    piece = Evidence.objects.filter(claim=published).first()
    assert piece is not None
    request = workflow.propose_redaction(
        piece.entry, fields=["evidence.title"], reason=RedactionReason.COURT_ORDER, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    work()
    own = published.public_id
    mementos = [path for path in cache.last["paths"] if path.startswith(f"/claims/{own}/@")]
    assert mementos
    assert {f"/de{path}" for path in mementos} <= set(cache.last["paths"])
    moments = {entry["recorded_at"] for entry in document(published)["history"]}
    told = {path[len(f"/claims/{own}/@") : -1] for path in mementos}
    assert told == {moment[:19].translate({ord(c): None for c in "-:T"}) for moment in moments}


def test_what_is_not_public_is_told_nobody(cache: Listener, work: Work, claim: Claim) -> None:
    factories.EvidenceFactory(claim=claim)
    assert work() == []


def test_an_act_that_was_rolled_back_is_told_nobody(
    published: Claim, editor: User, cache: Listener, work: Work
) -> None:
    with transaction.atomic():
        workflow.void_verdict(published, reason="An error.", by=editor)
        assert BackgroundTask.objects.count() == 1
        transaction.set_rollback(True)
    assert work() == []


def test_without_an_address_nobody_is_asked_to_tell(published: Claim, work: Work) -> None:
    factories.EvidenceFactory(claim=published)
    assert work() == []


@pytest.mark.parametrize("answer", [500, 403, 302])
def test_what_was_not_taken_is_told_again(
    published: Claim, cache: Listener, work: Work, answer: int
) -> None:
    cache.answers = [answer]
    factories.EvidenceFactory(claim=published)
    (failed,) = work()
    assert (failed.status, len(cache.heard)) == ("READY", 1)
    with time_machine.travel(timezone.now() + timedelta(seconds=11)):
        (done,) = work()
    assert (done.status, len(cache.heard)) == ("SUCCESSFUL", 2)


def test_a_cache_that_is_away_is_told_again(
    published: Claim, settings: Settings, work: Work
) -> None:
    settings.FACTCHECK_PURGE_URL = "http://127.0.0.1:9/purge"
    factories.EvidenceFactory(claim=published)
    (failed,) = work()
    assert failed.status == "READY"


def test_a_hub_is_told_which_feeds_changed(
    published: Claim, listener: Listener, settings: Settings, work: Work
) -> None:
    settings.FACTCHECK_WEBSUB_HUB = listener.url
    factories.EvidenceFactory(claim=published)
    work()
    ((_, body),) = listener.heard
    said = parse_qs(body.decode())
    assert said["hub.mode"] == ["publish"]
    base = settings.FACTCHECK_BASE_URL
    assert f"{base}/feeds/claims.atom" in said["hub.url"]
    assert f"{base}/feeds/claims/{published.public_id}.atom" in said["hub.url"]


def test_answers_carry_the_names_under_which_they_are_forgotten(
    client: Client, published: Claim
) -> None:
    page, own = document(published)["html_url"], published.public_id
    api = (addresses.claim_api(own), addresses.claim_history_api(own))
    for path in (page, f"/de{page}", f"/claims/{own}/card.png", f"/embed/claims/{own}/", *api):
        assert client.get(path)["Cache-Tag"] == f"claim-{own}"
    for path in ("/", "/claims/", "/sitemap.xml", "/api/v1/claims/", "/api/v1/changes/"):
        assert client.get(path)["Cache-Tag"] == "lists"


def test_how_long_pages_are_kept_is_set_for_browsers_and_for_caches(
    client: Client, published: Claim, settings: Settings
) -> None:
    settings.FACTCHECK_FRESH_SECONDS, settings.FACTCHECK_STALE_SECONDS = 30, 0
    settings.FACTCHECK_CDN_SECONDS = 86_400
    response = client.get(document(published)["html_url"])
    assert response["Cache-Control"] == "public, max-age=30, s-maxage=86400"
    assert response["Vary"] == "Accept-Encoding, Accept"
