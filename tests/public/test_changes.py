"""The changes of verdict."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db
CONFIRMED, DISPUTED = VerificationStatus.CONFIRMED, VerificationStatus.DISPUTED


def found() -> list[tuple[str, str, str]]:
    changes = HistoryEntry.objects.changes_of_verdict()
    return list(changes.values_list("claim__wording", "before", "after"))  # type: ignore[misc]


def test_a_first_verdict_and_one_that_says_the_same_again_change_nothing() -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim)
    assert found() == []


def test_each_change_tells_what_was_and_what_is_the_newest_first(editor: User) -> None:
    claim = factories.published_claim(wording="It.")
    factories.give_verdict(claim, DISPUTED)
    factories.give_verdict(claim, DISPUTED)
    workflow.void_verdict(claim, reason="An error.", by=editor)
    factories.give_verdict(claim, DISPUTED)
    assert found() == [
        ("It.", "", "disputed"),
        ("It.", "disputed", ""),
        ("It.", "confirmed", "disputed"),
    ]


def test_only_claims_in_the_lists_are_told(editor: User) -> None:
    lasting, merged = factories.published_claim(), factories.published_claim(wording="Merged.")
    factories.give_verdict(merged, DISPUTED)
    assert len(found()) == 1
    workflow.merge_claims(merged, into=lasting, reason="The same.", by=editor)
    assert found() == []


def test_the_page_names_both_statuses_the_day_and_the_cause(client: Client) -> None:
    assert "No status has changed yet." in html(client, "/changes/")
    claim = factories.published_claim()
    factories.give_verdict(claim, DISPUTED)
    page = html(client, "/changes/")
    assert "Confirmed became Disputed" in words(page)
    assert "New evidence" in page
    assert path_of(claim) in page


def test_each_change_leads_to_what_changed(client: Client) -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim, DISPUTED)
    number = claim.entries.count()
    link = f"/claims/{claim.public_id}/compare/?from={number - 1}&amp;to={number}"
    assert f'href="{link}"' in html(client, "/changes/")
    assert f'href="/de{link}"' in html(client, "/de/changes/")
    assert f'href="{link}"' in html(client, path_of(claim))
    assert "Confirmed" in words(html(client, link.replace("&amp;", "&")))


def test_a_withdrawal_tells_its_reason_escaped(client: Client, editor: User) -> None:
    claim = factories.published_claim()
    workflow.void_verdict(claim, reason="An <b>error</b>.", by=editor)
    page = html(client, "/changes/")
    assert "Confirmed became Withdrawn" in words(page)
    assert "An &lt;b&gt;error&lt;/b&gt;." in page


def changed_claims(number: int) -> list[Claim]:
    claims = [factories.published_claim() for _ in range(number)]
    for claim in claims:
        factories.give_verdict(claim, DISPUTED)
    return claims


def listed(page: str) -> list[str]:
    return re.findall(r'item__claim"><a href="([^"]+)"', page)


def test_pages_lead_on_and_back_and_new_changes_shift_nothing(client: Client, editor: User) -> None:
    paths = [path_of(one) for one in reversed(changed_claims(21))]
    first = html(client, "/changes/")
    assert listed(first) == paths[:20]
    following = re.findall(r'rel="next" href="([^"]+)"', first)
    assert len(set(following)) == 1
    workflow.void_verdict(changed_claims(1)[0], reason="An error.", by=editor)
    second = html(client, following[0])
    assert listed(second) == paths[20:]
    assert '<meta name="robots" content="noindex">' in second
    previous = re.search(r'rel="prev" href="([^"]+)"', second)
    assert previous
    assert listed(html(client, previous[1])) == paths[:20]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_two_queries(client: Client, django_assert_num_queries, rows: int) -> None:
    changed_claims(rows)
    # 1 which claims changed; 2 the changes with their verdicts and the summaries of their claims
    with django_assert_num_queries(2):
        html(client, "/changes/")


@pytest.mark.parametrize("query", ["after=x", "before=x", "after=x&after=y"])
def test_what_names_no_place_is_refused(client: Client, query: str) -> None:
    html(client, f"/changes/?{query}", 400)
