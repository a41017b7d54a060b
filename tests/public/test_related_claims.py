"""What stands around a claim on its page: related claims that readers can see, and topics."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client

from claims import workflow
from claims.desk_vocabulary import RelationKind
from claims.models import Claim, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import document, html, path_of, said_at, words

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """Somebody who states how claims stand to one another."""

    by: User

    def relate(self, claim: Claim, kind: RelationKind, wording: str) -> Claim:
        """Relate `claim` to a new published claim."""
        other = factories.published_claim(VerificationStatus.DISPUTED, wording=wording, by=self.by)
        self.state(claim, other, kind)
        return other

    def state(self, claim: Claim, other: Claim, kind: RelationKind) -> None:
        """State something of two claims."""
        workflow.relate_claims(claim, other, kind=kind, reason="Internal words.", by=self.by)


@pytest.fixture
def desk(editor: User) -> Desk:
    """The desk."""
    return Desk(editor)


def part_of(client: Client, claim: Claim) -> str:
    """Return the words of the part about related claims."""
    return words(re.sub(r"\s+", " ", _related(html(client, path_of(claim)))))


def _related(page: str) -> str:
    return page.partition('aria-labelledby="related"')[2].partition("</section>")[0]


def test_each_kind_stands_in_words_on_the_pages_of_both(client, published, desk: Desk) -> None:
    for kind, here, there in (
        (RelationKind.CONTRADICTS, "Claims that contradict it", "Claims that contradict it"),
        (RelationKind.REPEATS, "Claims that it repeats", "Claims that repeat it"),
        (RelationKind.NARROWER, "Broader claims", "Narrower claims"),
    ):
        other = desk.relate(published, kind, f"It {kind}.")
        assert f"{here} Disputed “It {kind}.”" in part_of(client, published)
        assert f"{there} Confirmed “{published.wording}”" in part_of(client, other)


def test_a_related_claim_leads_to_its_page_and_names_its_claimant(client, published, desk) -> None:
    speaker = factories.ClaimantFactory(name="Ada Speaker")
    other = factories.published_claim(claimant=speaker)
    desk.state(published, other, RelationKind.NARROWER)
    page = html(client, path_of(published))
    assert f'href="{path_of(other)}"' in _related(page)
    assert "Ada Speaker" in part_of(client, published)
    assert f'href="/de{path_of(other)}"' in html(client, f"/de{path_of(published)}")


def test_a_claim_without_relations_and_topics_says_nothing_of_them(client, published) -> None:
    page = html(client, path_of(published))
    assert 'id="related"' not in page
    assert 'id="topics"' not in page


def test_an_unpublished_claim_is_shown_nowhere(client, published, desk: Desk) -> None:
    secret = factories.ClaimFactory(wording="Nobody knows this yet.")
    desk.state(secret, published, RelationKind.CONTRADICTS)
    desk.state(published, secret, RelationKind.NARROWER)
    for path in ("/", "/claims/", path_of(published), document(published)["url"]):
        page = html(client, path)
        assert "Nobody knows this yet." not in page
        assert secret.public_id not in page
        assert 'id="related"' not in page
    client.logout()
    factories.give_verdict(secret)
    assert "Nobody knows this yet." in part_of(client, published)


def test_a_claim_that_was_merged_away_leaves_the_page(client, published, desk: Desk) -> None:
    other = desk.relate(published, RelationKind.REPEATS, "It is so.")
    workflow.merge_claims(other, into=factories.published_claim(), reason="Same.", by=desk.by)
    assert 'id="related"' not in html(client, path_of(published))


def test_why_and_by_whom_stays_on_the_desk(client, published, desk: Desk) -> None:
    desk.relate(published, RelationKind.REPEATS, "It is so.")
    assert "Internal words." not in html(client, path_of(published))


def test_what_was_withdrawn_is_gone_for_readers(client, published, desk: Desk) -> None:
    other = desk.relate(published, RelationKind.REPEATS, "It is so.")
    workflow.withdraw_relation(published.relations.get(), reason="No.", by=desk.by)
    assert 'id="related"' not in html(client, path_of(published))
    assert 'id="related"' not in html(client, path_of(other))


def test_topics_lead_to_their_pages(client, published, editor: User) -> None:
    topics = [workflow.record_topic(name=name, by=editor) for name in ("War & peace", "Energy")]
    workflow.file_claim(published, topics=topics, by=editor)
    page = html(client, f"/de{path_of(published)}")
    found = re.findall(r'<a class="tag" href="(/de/topics/[^"]+)">([^<]+)</a>', page)
    assert found == [("/de/topics/energy/", "Energy"), ("/de/topics/war-peace/", "War &amp; peace")]


def test_a_page_of_the_past_holds_nothing_of_it_and_says_so(client, published, desk: Desk) -> None:
    topic = workflow.record_topic(name="Energy", by=desk.by)
    workflow.file_claim(published, topics=[topic], by=desk.by)
    other = desk.relate(published, RelationKind.REPEATS, "It is so.")
    number = document(other)["head"]["number"]
    then = html(client, f"{path_of(published)}?as_of={said_at(other, number)}")
    assert "no part of the recorded history" in words(then)
    for held in ("It is so.", "Energy", 'id="related"'):
        assert held not in then


def test_the_page_is_new_when_anything_around_it_is(client, published, desk: Desk) -> None:
    def tag() -> str:
        return str(client.get(path_of(published)).headers["ETag"])

    seen = [tag()]
    other = desk.relate(published, RelationKind.REPEATS, "It is so.")
    seen.append(tag())
    workflow.reword_claim(other, wording="It is quite so.", reason="Clearer.", by=desk.by)
    seen.append(tag())
    topic = workflow.record_topic(name="Energy", by=desk.by)
    workflow.file_claim(published, topics=[topic], by=desk.by)
    seen.append(tag())
    workflow.change_topic(topic, name="Power", recheck_days=None, by=desk.by)
    seen.append(tag())
    workflow.withdraw_relation(published.relations.get(), reason="No.", by=desk.by)
    seen.append(tag())
    assert len(set(seen)) == len(seen)
    assert client.get(path_of(published), headers={"If-None-Match": tag()}).status_code == 304


@pytest.mark.parametrize("relations", [1, 20])
def test_the_claim_page_costs_two_queries(
    client, published, desk: Desk, django_assert_num_queries, relations
) -> None:
    for number in range(relations):
        desk.relate(published, list(RelationKind)[number % 3], f"It is so: {number}.")
    path = path_of(published)
    # 1 the claim with its stored document, what is kept around it, and, had it been merged, the survivor
    # 2 the related claims with what lists show of them
    with django_assert_num_queries(2):
        page = html(client, path)
    assert page.count('class="related__item"') == relations
