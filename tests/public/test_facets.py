"""The ways to narrow a list of claims, and their counts."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from claims import workflow
from claims.models import Claim, User
from claims.public import facets
from claims.public.choosing import read_choice
from claims.public.facets import Facets, facets_of, newest_of
from claims.vocabulary import RedactionReason, Role, VerificationStatus
from tests import factories
from tests.public.pages import html, words

pytestmark = pytest.mark.django_db
Counted = list[tuple[str, int]]


def counted(query: str = "") -> Facets:
    return facets_of(newest_of(read_choice(QueryDict(query))))


def shown(options: tuple[facets.Option, ...]) -> Counted:
    return [(one.label, one.number) for one in options]


@pytest.fixture
def register(editor: User) -> dict[str, Claim]:
    """Two claims of Ada in The Outlet on energy, one of them twice there; one of Ben elsewhere."""
    ada, ben = (factories.ClaimantFactory(name=name, by=editor) for name in ("Ada", "Ben"))
    outlet = factories.PublisherFactory(name="The Outlet", by=editor)
    other = factories.PublisherFactory(name="Another", by=editor)
    topic = workflow.record_topic(name="Energy", by=editor)
    articles = [factories.ArticleFactory(publisher=one, by=editor) for one in (outlet, other)]
    made = {}
    for name, speaker, article, status in (
        ("dam", ada, articles[0], VerificationStatus.DISPUTED),
        ("wind", ada, articles[0], VerificationStatus.CONFIRMED),
        ("road", ben, articles[1], VerificationStatus.CONFIRMED),
    ):
        made[name] = factories.published_claim(
            status,
            wording=f"The {name} is known.",
            claimant=speaker,
            appearance=factories.appearance_draft(article, "is safe"),
        )
    for name in ("dam", "wind"):
        workflow.file_claim(made[name], topics=[topic], by=editor)
    again = factories.appearance_draft(articles[0], "Work goes on")
    workflow.add_appearance(made["dam"], again, by=editor)
    return made


def test_each_way_tells_how_many_claims_it_leaves(register) -> None:
    found = counted()
    assert found.total == 3
    assert shown(found.statuses) == [("Confirmed", 2), ("Disputed", 1)]
    assert shown(found.claimants) == [("Ada", 2), ("Ben", 1)]
    assert shown(found.publishers) == [("The Outlet", 2), ("Another", 1)]
    assert shown(found.topics) == [("Energy", 2)]


def test_every_count_is_what_its_link_shows(register) -> None:
    found = counted("q=known")
    ways = (*found.statuses, *found.claimants, *found.publishers, *found.topics)
    assert {one.number for one in ways} == {1, 2}
    for one in ways:
        assert read_choice(QueryDict(one.query)).claims().count() == one.number, one


def test_a_chosen_status_leaves_the_others_to_be_chosen(register) -> None:
    found = counted("status=disputed")
    assert found.total == 1
    assert [(one.label, one.number, one.chosen) for one in found.statuses] == [
        ("Confirmed", 2, False),
        ("Disputed", 1, True),
    ]
    assert shown(found.claimants) == [("Ada", 1)]


def test_what_is_chosen_is_not_offered_again(register) -> None:
    ada = register["dam"].claimant.public_id
    found = counted(f"claimant={ada}&topic=energy")
    assert found.claimants == found.topics == ()
    assert shown(found.publishers) == [("The Outlet", 2)]


def test_claims_nobody_may_see_are_counted_nowhere(register, editor: User) -> None:
    before = counted()
    hidden = factories.ClaimFactory(
        wording="The secret is known.",
        claimant=register["road"].claimant,
        appearance=factories.appearance_draft(
            register["road"].appearances.get().article, "is safe"
        ),
        by=editor,
    )
    topic = workflow.record_topic(name="Secret", by=editor)
    workflow.file_claim(hidden, topics=[topic], by=editor)
    workflow.merge_claims(register["wind"], into=register["dam"], reason="The same.", by=editor)
    after = counted()
    assert (before.total, after.total) == (3, 2)
    assert shown(after.topics) == [("Energy", 1)]
    assert shown(after.claimants) == [("Ada", 1), ("Ben", 1)]


def test_a_place_that_was_withdrawn_counts_no_more(register, editor: User) -> None:
    place = register["road"].appearances.get()
    workflow.withdraw_appearance(place, reason="Another article.", by=editor)
    assert shown(counted().publishers) == [("The Outlet", 2)]


def test_an_erased_name_is_no_way_to_choose(register, editor: User) -> None:
    entry = register["road"].wordings.get().entry
    request = workflow.propose_redaction(
        entry,
        fields=["wording.claimant_name"],
        reason=RedactionReason.COURT_ORDER,
        by=factories.person(Role.EDITOR),
    )
    workflow.redact_text(request, by=editor)
    assert shown(counted().claimants) == [("Ada", 2)]


def test_two_records_of_one_claimant_count_as_one(register, editor: User) -> None:
    dam, road = register["dam"], register["road"]
    workflow.merge_claimants(road.claimant, into=dam.claimant, reason="The same.", by=editor)
    assert shown(counted().claimants) == [("Ada", 3)]


def test_beyond_the_newest_claims_the_page_says_that_it_counts_them_alone(
    client: Client, register, monkeypatch
) -> None:
    assert "These numbers count" not in html(client, "/claims/")
    monkeypatch.setattr(facets, "COUNTED", 2)
    found = counted()
    assert (found.total, found.counted) == (3, 2)
    assert shown(found.statuses) == [("Confirmed", 2), ("Disputed", 1)]
    assert shown(found.claimants) == [("Ada", 1), ("Ben", 1)]
    told = words(html(client, "/claims/"))
    assert "These numbers count the newest 2 of the claims alone." in told


@pytest.mark.parametrize(("most", "queries"), [(2_000, 6), (2, 7)])
def test_counting_costs_six_queries_or_seven(
    register, django_assert_num_queries, monkeypatch, most: int, queries: int
) -> None:
    monkeypatch.setattr(facets, "COUNTED", most)
    # 1 the newest claims; 2 the names of claimants; 3 and 4 publishers and their names; 5 and 6 topics and theirs;
    # 7 the statuses of all, where not all were counted
    with django_assert_num_queries(queries):
        counted()
