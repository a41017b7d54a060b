"""The page of statistics, and its data as files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client

from claims import workflow
from claims.layout.statistics import DICTIONARY
from claims.models import Claim, User
from claims.models.counting import Waits
from claims.vocabulary import ClaimantKind, VerificationStatus
from claims.workflow import VerdictDraft
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db
FIGURES = ["months", "changes", "waiting", "claimants", "topics", "evidence", "corrections"]


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def text_of(response: HttpResponseBase) -> str:
    streamed: Any = response
    parts = streamed.streaming_content if response.streaming else [streamed.content]
    return b"".join(parts).decode()


def table(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(text_of(response))))


def test_the_page_counts_what_the_lists_show(client: Client) -> None:
    factories.published_claim(VerificationStatus.DISPUTED)
    factories.ClaimFactory(wording="SECRET")
    page = html(client, "/statistics/")
    assert "0 confirmed, 0 unconfirmed, 1 disputed" in page
    assert "The lists show 1 claim with a verdict." in words(page)
    assert "SECRET" not in page


def test_changes_of_verdict_are_counted_by_what_gave_way_to_what(client, editor: User) -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    workflow.void_verdict(claim, reason="A namesake.", by=editor)
    rows = table(client, "/statistics/changes.csv")
    told = [(row["before"], row["after"], row["changes"]) for row in rows]
    assert sorted(told) == [("confirmed", "disputed", "1"), ("disputed", "withdrawn", "1")]
    assert "Confirmed → Disputed" in html(client, "/statistics/")


def test_a_verdict_given_again_is_no_change(client: Client) -> None:
    factories.give_verdict(factories.published_claim())
    assert table(client, "/statistics/changes.csv") == []


def test_claims_are_counted_by_claimant_topic_evidence_and_month(client, editor: User) -> None:
    body = factories.ClaimantFactory(kind=ClaimantKind.BODY)
    claim = factories.published_claim(claimant=body)
    topic = workflow.record_topic(name="Energy", by=editor)
    workflow.file_claim(claim, topics=[topic], by=editor)
    published = Claim.objects.get(pk=claim.pk).published_at
    assert published is not None
    expected = {
        "claimants": {"claimant_kind": "body", "status": "confirmed", "claims": "1"},
        "topics": {"topic": "energy", "name": "Energy", "status": "confirmed", "claims": "1"},
        "evidence": {"pieces": "2", "claims": "1"},
        "months": {"month": f"{published:%Y-%m}", "status": "confirmed", "claims": "1"},
        "waiting": {"within_days": "1", "claims": "1"},
    }
    for slug, row in expected.items():
        assert table(client, f"/statistics/{slug}.csv")[0] == row, slug


def test_corrections_are_counted_by_month_and_act(client: Client, editor: User) -> None:
    workflow.void_verdict(factories.published_claim(), reason="A namesake.", by=editor)
    (row,) = table(client, "/statistics/corrections.csv")
    assert (row["act"], row["times"]) == ("verdict_voided", "1")


def test_an_imported_verdict_waited_for_nobody(client: Client, importer: User) -> None:
    factories.published_claim()
    taken_over = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="Then.", would_settle="A file."
    )
    workflow.import_verdict(
        factories.ClaimFactory(),
        taken_over,
        effective_on=date(2024, 11, 5),
        origin="The Old Register",
        by=importer,
    )
    rows = table(client, "/statistics/waiting.csv")
    assert sum(int(row["claims"]) for row in rows) == 1


@pytest.mark.parametrize("slug", FIGURES)
def test_every_figure_stands_on_the_page_with_its_table_and_its_file(client, editor, slug) -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    topic = workflow.record_topic(name="Energy", by=editor)
    workflow.file_claim(claim, topics=[topic], by=editor)
    workflow.void_verdict(factories.published_claim(), reason="A namesake.", by=editor)
    page = html(client, "/statistics/")
    assert f'id="{slug}-caption"' in page
    assert f'href="/statistics/{slug}.csv"' in page
    assert table(client, f"/statistics/{slug}.csv") != []


def test_an_empty_register_has_nothing_to_count(client: Client) -> None:
    page = words(html(client, "/statistics/"))
    assert page.count("There is nothing to count yet.") >= 5
    assert table(client, "/statistics/claims.csv") == []


def test_a_figure_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/statistics/secret.csv").status_code == 404


def test_the_file_of_claims_holds_those_of_the_lists(client: Client, editor: User) -> None:
    speaker = factories.ClaimantFactory(name="Ada Speaker")
    claim = factories.published_claim(claimant=speaker)
    for name in ("Energy", "Bridges"):
        topics = [*claim.filings.values_list("topic", flat=True)]
        new = workflow.record_topic(name=name, by=editor)
        workflow.file_claim(
            claim, topics=[*type(new).objects.filter(pk__in=topics), new], by=editor
        )
    factories.ClaimFactory(wording="SECRET")
    (row,) = table(client, "/statistics/claims.csv")
    assert list(row) == list(DICTIONARY)
    assert row["id"] == claim.public_id
    assert row["address"].endswith(path_of(claim))
    assert (row["status"], row["claimant"]) == ("confirmed", "Ada Speaker")
    assert row["topics"] == "bridges energy"


def test_no_cell_of_it_is_a_formula(client: Client) -> None:
    factories.published_claim(wording='=HYPERLINK("https://a.example")')
    (row,) = table(client, "/statistics/claims.csv")
    assert row["wording"].startswith("'=")


def test_every_column_of_the_file_is_explained_on_the_page(client: Client) -> None:
    page = html(client, "/statistics/")
    for name, meaning in DICTIONARY.items():
        assert f"<code>{name}</code>" in page
        assert str(meaning) in page


def test_the_files_have_one_address_in_all_languages(client: Client) -> None:
    factories.published_claim()
    assert 'href="/statistics/claims.csv"' in html(client, "/de/statistics/")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_nine_queries_and_none_while_the_counts_are_kept(
    client, editor, django_assert_num_queries, rows: int
) -> None:
    topic = workflow.record_topic(name="Energy", by=editor)
    for _ in range(rows):
        claim = factories.published_claim()
        workflow.file_claim(claim, topics=[topic], by=editor)
    # 1 what a worker counted, 2 the waits, 3 the months, 4 the changes, 5 the claimants, 6 the topics, 7 the
    # claims with evidence and 8 all of them, 9 the corrections
    with django_assert_num_queries(9):
        html(client, "/statistics/")
    with django_assert_num_queries(0):
        html(client, "/statistics/")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_file_of_claims_costs_three_queries(
    client, editor, django_assert_num_queries, rows: int
) -> None:
    topic = workflow.record_topic(name="Energy", by=editor)
    for _ in range(rows):
        workflow.file_claim(factories.published_claim(), topics=[topic], by=editor)
    # 1 the claims with their summaries, 2 the filings, 3 the topics
    with django_assert_num_queries(3):
        assert len(table(client, "/statistics/claims.csv")) == rows


def test_what_another_edition_counted_is_not_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    html(client, "/statistics/")
    monkeypatch.setattr("claims.public.views.statistics.edition", lambda: "another")
    factories.published_claim(VerificationStatus.DISPUTED)
    assert "0 confirmed, 0 unconfirmed, 1 disputed" in html(client, "/statistics/")


def test_a_wait_of_exactly_some_days_is_within_them_and_the_middle_one_is_told() -> None:
    waits = Waits(Counter({(0, 1): 2, (1, 1): 1, (1, 2): 1, (400, 401): 2}))
    assert waits.within() == {0: 6, 1: 3, 7: 4, 30: 4, 90: 4, 365: 4}
    assert (waits.middle(), Waits(Counter()).middle()) == (1, None)
