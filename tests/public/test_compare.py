"""Two moments of a claim compared: what changed, and by which acts."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.documents import as_of, as_of_each
from claims.layout.versions import WHOLE_SECOND
from claims.models import Claim
from claims.vocabulary import Role
from tests import factories
from tests.public.lives import CONFIRMED, DISPUTED, LATER, at, long_life
from tests.public.pages import document, html, path_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived() -> Claim:
    return long_life()


def compare(claim: Claim, query: str = "", language: str = "") -> str:
    return f"{language}/claims/{claim.public_id}/compare/{query}"


def test_the_last_two_verdicts_are_compared_unasked(client: Client, lived: Claim) -> None:
    page = html(client, compare(lived))
    assert "Confirmed 1 February 2024, 12:30 UTC" in words(page)
    assert "then Disputed 5 May 2024, 12:00 UTC" in words(page)
    assert (
        '<ins><span class="hidden">[added: </span>new <span class="hidden">]</span></ins>' in page
    )
    assert "[removed: Two engineers say so" in words(page)
    assert "[added: A pier sank" in words(page)
    assert "[added: Refutes (no." in words(page)
    assert "The claim was reworded" in words(page)
    assert 'value="2024-02-01"' in page


def test_moments_days_and_entries_name_the_two_sides(client: Client, lived: Claim) -> None:
    numbers = [entry["number"] for entry in document(lived)["history"] if "status" in entry]
    first, last = numbers
    asked = [
        f"?from={first}&to={last}",
        "?from=2024-02-01&to=2024-05-05",
        "?from=2024-02-01T12:30:01Z&to=2024-06-01T00:00:00Z",
        f"?from={first}",
    ]
    for query in asked:
        page = words(html(client, compare(lived, query)))
        assert "Confirmed 1 February 2024" in page
        assert "Disputed 5 May 2024" in page
    page = words(html(client, compare(lived, "?from=2024-02-01&to=2024-03-05")))
    assert "The status is the same at both moments." in page
    assert "[added: new ]" in page
    assert "A pier sank" not in page


def test_one_entry_is_compared_with_the_one_before_it(client: Client, lived: Claim) -> None:
    number = document(lived)["history"][-1]["number"]
    page = words(html(client, compare(lived, f"?to={number}")))
    assert "A verdict was given" in page
    assert "The claim was reworded" not in page
    same = words(html(client, compare(lived, f"?from={number}&to={number}")))
    assert "Nothing on the page differs between these two moments." in same


def test_the_later_moment_given_first_leads_to_the_two_in_order(client: Client, lived) -> None:
    response = client.get(compare(lived, "?from=2024-05-05&to=2024-02-01", "/de"))
    numbers = [entry["number"] for entry in document(lived)["history"] if "status" in entry]
    assert response.status_code == 302
    assert response["Location"] == compare(lived, "?from={}&to={}".format(*numbers), "/de")


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ("?from=0", "from", "the claim has no entry of that number"),
        ("?to=999999999", "to", "the claim has no entry of that number"),
        ("?to=9999999999", "to", "it must be a moment"),
        ("?from=1", "from", "the register had published nothing on this claim by then"),
        ("?from=2024-01-31", "from", "the register had published nothing on this claim by then"),
        ("?from=2020-01-01", "from", "the register had published nothing on this claim by then"),
        ("?to=2999-01-01", "to", "it lies in the future"),
        ("?to=2024-13-01", "to", "it is not a day of the calendar"),
        ("?from=-1", "from", "it must be a moment"),
        ("?from=x&from=y", "from", "more than once"),
        ("?from=%00", "from", "it must be a moment"),
    ],
)
def test_what_names_no_moment_is_refused(client, lived, query, name, reason) -> None:
    page = html(client, compare(lived, query), 400)
    assert f"<code>{name}</code>" in page
    assert reason in words(page)


def test_a_claim_with_one_verdict_offers_two_dates(client: Client, published: Claim) -> None:
    page = html(client, compare(published))
    assert "There has been one verdict so far" in page
    assert '<input type="date" id="from" name="from"' in page


def test_what_was_withdrawn_and_taken_back_shows(client: Client, lived: Claim) -> None:
    editor = factories.person(Role.EDITOR)
    piece = lived.evidence.earliest("pk")
    with at(LATER):
        workflow.withdraw_evidence(piece, reason="Wrong.", by=editor)
        workflow.void_verdict(lived, reason="An error.", by=editor)
    page = words(html(client, compare(lived, "?from=2024-06-01")))
    assert f"[removed: Supports (no. {piece.entry.number}): {piece.title} ]" in page
    assert "then Withdrawn" in page
    assert "[added: The verdict was withdrawn ]" in page


def test_hostile_words_stay_words(client: Client) -> None:
    claim = factories.published_claim(wording="<b>A</b> & B")
    editor = factories.person(Role.EDITOR)
    workflow.reword_claim(claim, wording="<i>A</i> & B", reason="<script>", by=editor)
    number = document(claim)["history"][-1]["number"]
    page = html(client, compare(claim, f"?to={number}"))
    assert "<i>" not in page
    assert "<b>" not in page
    assert "<script>" not in page


def test_a_comparison_is_read_by_readers_alone(client: Client, lived, claim) -> None:
    response = client.get(compare(lived, language="/de"))
    assert response["X-Robots-Tag"] == "noindex"
    assert '<html lang="de">' in response.content.decode()
    hidden, unknown = client.get(compare(claim)), client.get("/claims/0000000000/compare/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_both_sides_are_what_the_register_said_then(lived: Claim) -> None:
    moments = [CONFIRMED + WHOLE_SECOND, DISPUTED + WHOLE_SECOND]
    sides = as_of_each(lived, *moments)
    assert sides == [as_of(lived, moment) for moment in moments]
    assert [side and side["status"] for side in sides] == ["confirmed", "disputed"]


@pytest.mark.parametrize("rows", [1, 20])
def test_a_comparison_costs_seven_queries(client, lived, django_assert_num_queries, rows) -> None:
    with at(LATER):
        for _ in range(rows):
            factories.EvidenceFactory(claim=lived)
    # 1 the claim with its document; then one replay for both: 2 entries, 3 wordings, 4 appearances,
    # 5 evidence, 6 verdicts, 7 what they rest on
    with django_assert_num_queries(7):
        html(client, compare(lived, "?from=2024-02-01"))


def test_the_page_lists_its_versions_for_a_slider_and_loads_one_small_script(client, lived) -> None:
    page = html(client, path_of(lived))
    assert page.count("data-href=") == 3
    assert 'label="5 May 2024, 12:00 UTC: Disputed"' in page
    assert f'data-href="/claims/{lived.public_id}/@20240505120000/"' in page
