"""Articles and claimants as of a moment: what readers could see of them then, at the same cost for any number."""

from __future__ import annotations

import pytest

from claims.models import HistoryEntry, User
from claims.vocabulary import VerificationStatus
from claims.workflow import merge_claimants, merge_claims, reword_claim, withdraw_appearance
from tests import factories
from tests.api.conftest import Api, Queries


def last_moment() -> str:
    return HistoryEntry.objects.latest("recorded_at").recorded_at.isoformat()


def test_an_article_reads_as_it_did(api: Api, editor: User) -> None:
    article = factories.ArticleFactory(text="One is so. Two is so.")
    before = last_moment() if HistoryEntry.objects.exists() else "2001-01-01"
    one = factories.published_claim(appearance=factories.appearance_draft(article, "One is so"))
    first = last_moment()
    told = api.get(f"articles/{article.public_id}/")
    two = factories.published_claim(appearance=factories.appearance_draft(article, "Two is so"))
    factories.give_verdict(one, VerificationStatus.DISPUTED)
    withdraw_appearance(one.appearances.get(), reason="Misread.", by=editor)
    merge_claims(one, into=two, reason="The same.", by=editor)
    assert api.get(f"articles/{article.public_id}/", as_of=first) == told
    now = api.get(f"articles/{article.public_id}/")
    assert now == api.get(f"articles/{article.public_id}/", as_of=last_moment())
    assert [quote["merged_into"] and quote["merged_into"]["id"] for quote in now["claims"]] == [
        two.public_id,
        None,
    ]
    assert api.get("articles/", as_of=before)["results"] == []
    then = api.get(f"articles/{article.public_id}/", 404, as_of=before)
    assert then["detail"].startswith("No published claim")


def test_a_claimant_is_who_they_were_then(api: Api, editor: User) -> None:
    one, two = factories.ClaimantFactory(name="One"), factories.ClaimantFactory(name="Two")
    claim = factories.published_claim(claimant=one)
    first = last_moment()
    factories.published_claim(VerificationStatus.DISPUTED, claimant=two)
    reword_claim(claim, wording="Anew.", reason="Misattributed.", claimant=two, by=editor)
    merge_claimants(one, into=two, reason="The same.", by=editor)
    shown = api.get(f"claimants/{one.public_id}/", as_of=first)
    assert (shown["name"], shown["also_named"], shown["affiliations"]) == ("One", [], None)
    assert shown["claims_by_status"]["confirmed"] == 1
    assert len(api.get(shown["claims_url"])["results"]) == 1
    assert [each["name"] for each in api.get("claimants/", as_of=first)["results"]] == ["One"]
    assert [each["name"] for each in api.get("claimants/")["results"]] == ["Two"]
    assert api.fetch(f"claimants/{one.public_id}/").status_code == 301
    assert api.get(f"claimants/{two.public_id}/", 404, as_of=first)["detail"].startswith("Nothing")
    now = api.get(f"claimants/{two.public_id}/")
    assert (now["also_named"], now["affiliations"]) == (["One"], [])


@pytest.mark.parametrize("rows", [1, 20])
def test_the_past_costs_the_same_for_any_number(api: Api, queries: Queries, rows: int) -> None:
    article, claimant = factories.ArticleFactory(), factories.ClaimantFactory()
    for _ in range(rows):
        draft = factories.appearance_draft(article, "Work goes on")
        factories.published_claim(claimant=claimant, appearance=draft)
    then = last_moment()
    for room in ("articles", "claimants"):
        with queries(1):  # the page
            api.get(f"{room}/", as_of=then)
    # 1: the article; 2: its appearances; 3: what was erased that nobody could see, 4: and of these; 5: what was
    # withdrawn; 6: merged claims; 7: versions
    with queries(7):
        assert len(api.get(f"articles/{article.public_id}/", as_of=then)["claims"]) == rows
    with queries(
        4
    ):  # 1: the claimant; 2: who is the same; 3: whom they were led to; 4: how many of each status
        shown = api.get(f"claimants/{claimant.public_id}/", as_of=then)
    assert shown["claims_by_status"]["confirmed"] == rows
