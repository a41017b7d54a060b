"""The topics readers see, and the claims under each."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from claims import workflow
from claims.models import Claim, Topic, User, choosing
from claims.models import topic as models_of_topics
from claims.public.views import home, topic_page
from claims.templatetags.public_words import bounded
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def energy(editor: User) -> Topic:
    return workflow.record_topic(name="Energy", recheck_days=77, by=editor)


def filed(topic: Topic, *, by: User, publish: bool = True) -> Claim:
    claim: Claim = factories.published_claim() if publish else factories.ClaimFactory()
    return workflow.file_claim(claim, topics=[topic], by=by)


def test_a_topic_lists_its_published_claims_and_counts_them(client, energy, editor) -> None:
    claim = filed(energy, by=editor)
    filed(energy, by=editor, publish=False)
    page = html(client, "/topics/energy/")
    assert path_of(claim) in page
    assert "1 claim with a verdict" in page
    assert "Energy 1 claim" in words(html(client, "/topics/"))


def test_how_often_and_by_whom_stays_inside(client: Client, energy: Topic, editor: User) -> None:
    filed(energy, by=editor)
    for path in ("/topics/", "/topics/energy/"):
        page = html(client, path)
        assert "77" not in words(page)
        assert editor.public_name not in page


def test_a_topic_without_published_claims_looks_like_none_at_all(client, energy, editor) -> None:
    filed(energy, by=editor, publish=False)
    hidden, unknown = client.get("/topics/energy/"), client.get("/topics/nothing/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content
    page = html(client, "/topics/")
    assert "Energy" not in page
    assert "No claim with a verdict has been filed" in page


def test_a_claim_that_was_merged_away_counts_no_more(client, energy, editor: User) -> None:
    claim = filed(energy, by=editor)
    workflow.merge_claims(claim, into=factories.published_claim(), reason="Same.", by=editor)
    assert client.get("/topics/energy/").status_code == 404


def test_the_list_goes_on_page_by_page(client: Client, energy: Topic, editor: User) -> None:
    for _ in range(21):
        filed(energy, by=editor)
    older = re.findall(r'rel="next" href="([^"]+)"', html(client, "/topics/energy/"))
    assert html(client, older[0]).count("item__claim") == 1
    assert client.get(older[0])["X-Robots-Tag"] == "noindex"


def test_nobody_counts_on_beyond_the_bound(client, energy, editor, monkeypatch) -> None:
    for room in (models_of_topics, home, topic_page):
        monkeypatch.setattr(room, "COUNTED", 2)
    for _ in range(2):
        filed(energy, by=editor)
    assert "Energy 2 claims" in words(html(client, "/topics/"))
    for _ in range(2):
        filed(energy, by=editor)
    with_count = Topic.objects.with_claim_count().get()
    assert getattr(with_count, "claim_count", None) == 3
    assert "Energy 2+ claims" in words(html(client, "/topics/"))
    assert "Energy 2+" in words(html(client, "/"))
    assert "4 claims with a verdict" in words(html(client, "/topics/energy/"))


def test_a_bound_is_written_as_numbers_are() -> None:
    assert [bounded(number, 1_000) for number in (0, 1_000, 1_001)] == ["0", "1,000", "1,000+"]


@pytest.mark.parametrize("rows", [1, 20])
def test_a_topic_costs_four_queries_and_the_list_one(
    client, energy, editor, django_assert_num_queries, rows: int
) -> None:
    for number in range(rows):
        filed(energy, by=editor)
        filed(workflow.record_topic(name=f"Topic {number}", by=editor), by=editor)
    # 1 the topic, 2 the counts by status, 3 whether many are filed there, 4 the claims with summaries
    with django_assert_num_queries(4):
        html(client, "/topics/energy/")
    with django_assert_num_queries(1):
        html(client, "/topics/")


def test_a_large_topic_shows_and_counts_what_a_small_one_does(
    client, energy, editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        filed(energy, by=editor)
    factories.published_claim(wording="It is filed nowhere.")
    paths = ["/topics/energy/", "/claims/?topic=energy", "/claims/?topic=energy&status=confirmed"]
    small = [html(client, path) for path in paths]
    monkeypatch.setattr(choosing, "LARGE", 1)
    cache.clear()
    assert [html(client, path) for path in paths] == small
