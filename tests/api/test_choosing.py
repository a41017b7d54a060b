"""/api/v1/claims/: every filter and order, alone and together, now and of the past, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import Stance, VerificationStatus
from claims.workflow import (
    file_claim,
    record_topic,
    reword_claim,
    void_verdict,
    withdraw_appearance,
    withdraw_evidence,
)
from tests import factories
from tests.api.conftest import Api


def ids(page: dict[str, Any]) -> list[str]:
    return [result["id"] for result in page["results"]]


def of(*claims: Claim) -> list[str]:
    return [claim.public_id for claim in claims]


def last_moment() -> str:
    return HistoryEntry.objects.latest("recorded_at").recorded_at.isoformat()


def carried(publisher: Any = None, **fields: Any) -> Claim:
    article = factories.ArticleFactory(publisher=publisher or factories.PublisherFactory())
    draft = factories.appearance_draft(article, article.text.split(".")[0])
    return factories.published_claim(appearance=draft, **fields)


def test_withdrawn_verdicts_can_be_asked_for(api: Api, editor: User) -> None:
    kept, lost = factories.published_claim(), factories.published_claim()
    given = last_moment()
    void_verdict(lost, reason="A mistake.", by=editor)
    assert ids(api.get("claims/", status="withdrawn")) == of(lost)
    assert ids(api.get("claims/", status="withdrawn", as_of=last_moment())) == of(lost)
    assert ids(api.get("claims/", status="withdrawn", as_of=given)) == []
    assert ids(api.get("claims/", status="confirmed")) == of(kept)


def test_a_publisher_is_asked_for_by_what_stands_in_its_articles(api: Api, editor: User) -> None:
    publisher = factories.PublisherFactory()
    here, gone = carried(publisher), carried(publisher)
    carried()
    before = last_moment()
    withdraw_appearance(gone.appearances.get(), reason="A mistake.", by=editor)
    asked = {"publisher": publisher.public_id}
    assert ids(api.get("claims/", **asked)) == of(here)
    assert ids(api.get("claims/", **asked, as_of=before)) == of(gone, here)
    assert ids(api.get("claims/", **asked, as_of=last_moment())) == of(here)
    assert ids(api.get("claims/", publisher="nobody")) == []


def test_a_topic_is_asked_for_by_its_name_in_addresses(api: Api, editor: User) -> None:
    topic = record_topic(name="Public health", by=editor)
    filed, _other = factories.published_claim(), factories.published_claim()
    file_claim(filed, topics={topic}, by=editor)
    assert ids(api.get("claims/", topic=topic.slug)) == of(filed)
    assert ids(api.get("claims/", topic="nothing")) == []
    refused = api.get("claims/", 400, topic=topic.slug, as_of=last_moment())["errors"]
    assert [error["parameter"] for error in refused] == ["topic"]


def test_evidence_of_a_stance_counts_while_it_stands(api: Api, editor: User) -> None:
    claim = factories.published_claim(VerificationStatus.UNCONFIRMED)
    factories.published_claim(VerificationStatus.CONFIRMED)
    piece = factories.EvidenceFactory(claim=claim, stance=Stance.REFUTES)
    there = last_moment()
    assert ids(api.get("claims/", has_evidence="refutes")) == of(claim)
    withdraw_evidence(piece, reason="Retracted.", by=editor)
    assert ids(api.get("claims/", has_evidence="refutes")) == []
    assert ids(api.get("claims/", has_evidence="refutes", as_of=there)) == of(claim)
    assert ids(api.get("claims/", has_evidence="refutes", as_of=last_moment())) == []


def test_the_day_it_was_said_is_that_of_the_wording(api: Api, editor: User) -> None:
    early = factories.published_claim(said_on=date(2020, 5, 1))
    late = factories.published_claim(said_on=date(2021, 5, 1))
    factories.published_claim()
    reword_claim(early, wording="Worded anew.", reason="Clearer.", by=editor)
    for then in ({}, {"as_of": last_moment()}):
        asked = {"said_from": "2021-05-01", "said_to": "2021-12-31"}
        assert ids(api.get("claims/", **asked, **then)) == of(late)
        assert ids(api.get("claims/", said_to="2021-04-30", **then)) == of(early)
        assert ids(api.get("claims/", said_from="2021-05-02", **then)) == []


def test_ranges_of_moments_hold_their_ends(api: Api) -> None:
    claims = [factories.published_claim() for _ in range(3)]
    first, second, third = Claim.objects.order_by("pk").values_list("published_at", flat=True)
    factories.give_verdict(claims[0], VerificationStatus.DISPUTED)
    changed = Claim.objects.get(pk=claims[0].pk).status_since
    assert changed is not None
    for name, moments in (
        ("published", {claims[0]: first, claims[1]: second, claims[2]: third}),
        ("changed", {claims[1]: second, claims[2]: third, claims[0]: changed}),
    ):
        for claim, moment in moments.items():
            text = moment.isoformat()
            given = {f"{name}_from": text, f"{name}_to": text}
            assert ids(api.get("claims/", **given)) == of(claim)
        today, yesterday = moment.date(), moment.date() - timedelta(days=1)
        assert len(ids(api.get("claims/", **{f"{name}_from": today.isoformat()}))) == 3
        assert len(ids(api.get("claims/", **{f"{name}_to": today.isoformat()}))) == 3
        assert ids(api.get("claims/", **{f"{name}_to": yesterday.isoformat()})) == []


def test_a_range_of_publication_narrows_the_past_too(api: Api) -> None:
    first, _second = factories.published_claim(), factories.published_claim()
    moment = Claim.objects.get(pk=first.pk).published_at
    assert moment is not None
    given = {"published_to": moment.isoformat(), "as_of": last_moment()}
    assert ids(api.get("claims/", **given)) == of(first)


def test_words_are_looked_for_as_on_the_pages(api: Api) -> None:
    claimant = factories.ClaimantFactory(name="Ada Quist")
    bridge = factories.published_claim(wording="The bridge is unsafe.", claimant=claimant)
    tower = factories.published_claim(wording="The tower and the bridge stand.")
    factories.ClaimFactory(wording="An unpublished bridge.")
    assert ids(api.get("claims/", q="bridge")) == of(tower, bridge)
    assert ids(api.get("claims/", q="bridge -tower")) == of(bridge)
    assert ids(api.get("claims/", q="quist")) == of(bridge)
    assert ids(api.get("claims/", q="bridge", claimant=claimant.public_id)) == of(bridge)
    assert ids(api.get("claims/", q="unpublished")) == []


def test_relevance_can_be_walked_both_ways(api: Api) -> None:
    words = ["bridge", "bridge bridge", "bridge bridge bridge", "bridge and tower", "a bridge"]
    for said in words:
        factories.published_claim(wording=f"It is said: {said}.")
    whole = api.get("claims/", q="bridge", order="relevance")["results"]
    assert len(whole) == 5
    page = api.get("claims/", q="bridge", order="relevance", limit=2)
    assert page["previous"] is None
    forth = [page["results"]]
    while page["next"]:
        page = api.get(page["next"])
        forth.append(page["results"])
    assert [one for part in forth for one in part] == whole
    back = [page["results"]]
    while page["previous"]:
        page = api.get(page["previous"])
        back.append(page["results"])
    assert back == forth[::-1]


def test_a_walk_by_relevance_goes_on_behind_the_claim_it_stopped_at(api: Api) -> None:
    for number in range(4):
        factories.published_claim(wording=f"A bridge of {number} arches is there.")
    page = api.get("claims/", q="bridge arches", order="relevance", limit=2)
    whole = ids(api.get("claims/", q="bridge arches", order="relevance"))
    factories.published_claim(wording="Bridge arches, bridge arches.")
    behind = ids(api.get(page["next"]))
    assert set(behind) & set(whole) == set(whole[2:])
    assert not set(behind) & set(whole[:2])


def test_what_says_much_the_same_is_found_by_text_and_by_id(api: Api) -> None:
    first = factories.published_claim(wording="The old harbour bridge closed for heavy lorries.")
    second = factories.published_claim(wording="Heavy lorries may not use the old harbour bridge.")
    factories.published_claim(wording="Bread costs twice as much.")
    text = "Is it true that the old harbour bridge is closed to heavy lorries?"
    assert set(ids(api.get("claims/", similar_to=text))) == set(of(first, second))
    assert ids(api.get("claims/", similar_to=first.public_id)) == of(second)
    assert ids(api.get("claims/", similar_to=first.public_id, status="disputed")) == []
    hidden = factories.ClaimFactory(wording="The old harbour bridge closed for heavy lorries.")
    assert ids(api.get("claims/", similar_to=hidden.public_id)) == []


def test_every_order_says_what_it_is_called(api: Api) -> None:
    days = [date(2021, 1, 1), date(2019, 1, 1), None, date(2020, 1, 1)]
    first, second, third, fourth = [factories.published_claim(said_on=day) for day in days]
    factories.give_verdict(second, VerificationStatus.DISPUTED)
    orders = {
        "changed": of(first, third, fourth, second),
        "published": of(first, second, third, fourth),
        "said": of(second, fourth, first),
    }
    for order, expected in orders.items():
        assert ids(api.get("claims/", order=order)) == expected
        assert ids(api.get("claims/", order=f"-{order}")) == expected[::-1]
        for sign in ("", "-"):
            page = api.get("claims/", order=sign + order, limit=1)
            walked = ids(page)
            while page["next"]:
                page = api.get(page["next"])
                walked += ids(page)
            assert walked == (expected[::-1] if sign else expected)
    past = api.get("claims/", order="published", as_of=last_moment())
    assert ids(past) == orders["published"]


def test_the_order_is_part_of_a_cursors_signature(api: Api) -> None:
    for _ in range(3):
        factories.published_claim()
    cursor = api.get("claims/", order="published", limit=1)["next"].split("cursor=")[1]
    assert api.get(f"claims/?order=-published&limit=1&cursor={cursor}", 400)
    assert api.get(f"claims/?order=published&limit=1&cursor={cursor}")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("status=withdrawn&effective_as_of=2024-01-01", "status"),
        ("publisher=A", "publisher"),
        ("topic=a%20b", "topic"),
        ("topic=%00", "topic"),
        ("has_evidence=for", "has_evidence"),
        ("said_from=2024-02-30", "said_from"),
        ("said_from=2024-02-02&said_to=2024-02-01", "said_to"),
        ("said_to=2024-02-01T00:00:00Z", "said_to"),
        ("published_from=2999-01-01", "published_from"),
        ("published_from=2024-01-02&published_to=2024-01-01", "published_to"),
        ("published_from=yesterday", "published_from"),
        ("changed_from=2024-01-02T00:00:00Z&changed_to=2024-01-01", "changed_to"),
        ("q=", "q"),
        ("q=%00", "q"),
        ("q=%21%3F", "q"),
        (f"q={'a' * 501}", "q"),
        ("similar_to=...", "similar_to"),
        (f"similar_to={'a' * 2001}", "similar_to"),
        ("similar_to=bridge&q=bridge", "similar_to"),
        ("similar_to=bridge&order=published", "order"),
        ("order=relevance", "order"),
        ("order=wording", "order"),
        ("order=-changed&as_of=2024-01-01", "order"),
        ("order=relevance&q=bridge&as_of=2024-01-01", "order q"),
        ("q=bridge&effective_as_of=2024-01-01", "q"),
        ("similar_to=bridge&as_of=2024-01-01", "similar_to"),
        ("changed_from=2024-01-01&as_of=2024-01-01", "changed_from"),
    ],
)
def test_what_cannot_be_asked_is_named(api: Api, query: str, named: str) -> None:
    errors = api.get(f"claims/?{query}", 400)["errors"]
    assert {error["parameter"] for error in errors} == set(named.split())
