"""/api/v1/claims/<id>/: the whole document, now and as of any moment, with its validator."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import documents
from claims.models import Claim, ClaimDocument, User
from claims.vocabulary import VerificationStatus
from claims.workflow import VerdictDraft, import_verdict, merge_claims, reword_claim
from tests import factories
from tests.api.conftest import Api, Queries


def address(claim: Claim) -> str:
    return f"claims/{claim.public_id}/"


def test_the_whole_document_is_served(api: Api, published: Claim) -> None:
    stored = documents.current(published)
    assert api.get(address(published)) == documents.absolute(stored, "http://testserver")


def test_a_document_with_every_part_is_as_the_schema_says(api: Api, editor: User) -> None:
    article = factories.ArticleFactory()
    exact = article.text.split(".")[0]
    speaker = factories.ClaimantFactory()
    draft = factories.appearance_draft(article, exact, speaker=speaker, cue="said")
    claim = factories.published_claim(appearance=draft, claimant=speaker, said_on=date(2024, 11, 4))
    reword_claim(claim, wording="Worded anew.", reason="Clearer.", by=editor)
    document = api.get(address(claim))
    assert document["verdict_on_earlier_wording"] is True
    assert document["appearances"][0]["quote"]["exact"] == exact
    assert document["appearances"][0]["article"]["url"].startswith("http://testserver/api/v1/")


def test_an_unpublished_claim_is_as_unknown_as_none(api: Api, claim: Claim) -> None:
    for suffix in ("", "history/"):
        for query in ("", "?as_of=2024-01-01", "?as_of=2999-01-01", "?as_of=1", "?as_of=99"):
            hidden = api.fetch(f"claims/{claim.public_id}/{suffix}{query}")
            none = api.fetch(f"claims/{'0' * 10}/{suffix}{query}")
            assert hidden.status_code == none.status_code
            told = hidden.content.replace(claim.public_id.encode(), b"0" * 10)
            assert told == none.content
            assert lasting(hidden) == lasting(none)


@pytest.mark.parametrize("query", ["", "?as_of=2024-01-01", "?effective_as_of=2024-01-01"])
@pytest.mark.parametrize("suffix", ["", "history/"])
def test_it_takes_as_many_queries_to_find_neither(
    api: Api, claim: Claim, suffix: str, query: str
) -> None:
    counts = []
    for public_id in (claim.public_id, "0" * 10):
        with CaptureQueriesContext(connection) as run:
            api.fetch(f"claims/{public_id}/{suffix}{query}")
        counts.append(len(run))
    assert counts[0] == counts[1]


def lasting(answer: Any) -> dict[str, str]:
    """Return the headers of an answer but for those that count the requests."""
    return {name: value for name, value in answer.headers.items() if "RateLimit" not in name}


def test_a_claim_reads_as_it_did_at_every_moment(api: Api, published: Claim) -> None:
    before = api.get(address(published))
    moment = published.entries.latest("number").recorded_at
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    assert api.get(address(published))["status"] == "disputed"
    assert api.get(address(published), as_of=moment.isoformat()) == before


def test_a_claim_reads_as_it_did_after_every_entry(
    api: Api, published: Claim, queries: Queries
) -> None:
    before, number = api.get(address(published)), published.head_number
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    # 1: the moment of the entry; 2: the claim with its stored document; 3: the verdict that gave way
    with queries(3):
        assert api.get(address(published), as_of=number) == before
    assert "not published then" in api.get(address(published), 404, as_of=number - 1)["detail"]
    assert "no entry" in api.get(address(published), 404, as_of=99)["detail"]


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1e3", "²", "1234567890"])
def test_what_is_no_number_of_an_entry_is_refused(api: Api, published: Claim, text: str) -> None:
    for suffix in ("", "history/"):
        (error,) = api.get(address(published) + suffix, 400, as_of=text)["errors"]
        assert error["parameter"] == "as_of"


def test_an_unchanged_past_has_the_validator_of_the_present(api: Api, published: Claim) -> None:
    moment = published.entries.latest("number").recorded_at.isoformat()
    now, then = api.fetch(address(published)), api.fetch(address(published), as_of=moment)
    assert now["ETag"] == then["ETag"]
    assert now.content == then.content


def test_before_its_first_verdict_a_claim_was_not_published(api: Api, published: Claim) -> None:
    assert published.published_at
    moment = published.published_at - timedelta(microseconds=1)
    for suffix in ("", "history/"):
        problem = api.get(address(published) + suffix, 404, as_of=moment.isoformat())
        assert problem["detail"] == "This claim was not published then."


def test_a_day_means_its_end_and_today_means_now(api: Api, published: Claim) -> None:
    today = datetime.now(UTC).date()
    assert api.get(address(published), as_of=today.isoformat())["status"] == "confirmed"
    assert api.get(address(published), 404, as_of=(today - timedelta(days=1)).isoformat())


def test_both_clocks_can_be_asked_together(api: Api, importer: User, claim: Claim) -> None:
    for status, day in (("disputed", date(2020, 1, 1)), ("confirmed", date(2023, 1, 1))):
        factories.add_what_carries(claim, VerificationStatus(status), by=importer)
        draft = VerdictDraft(status=VerificationStatus(status), rationale="As given there.")
        import_verdict(claim, draft, effective_on=day, origin="An archive", by=importer)
    first, second = claim.entries.filter(act="verdict_imported").order_by("number")
    path = address(claim)
    assert api.get(path, effective_as_of="2021-01-01")["status"] == "disputed"
    assert api.get(path, effective_as_of="2024-01-01")["status"] == "confirmed"
    assert "taken effect" in api.get(path, 404, effective_as_of="2019-01-01")["detail"]
    known = {"as_of": first.recorded_at.isoformat()}
    assert api.get(path, effective_as_of="2024-01-01", **known)["status"] == "disputed"
    known = {"as_of": second.recorded_at.isoformat()}
    assert api.get(path, effective_as_of="2024-01-01", **known)["status"] == "confirmed"


def test_a_merged_claim_keeps_its_document_and_names_the_survivor(
    api: Api, published: Claim, editor: User
) -> None:
    survivor = factories.published_claim()
    merge_claims(published, into=survivor, reason="The same.", by=editor)
    document = api.get(address(published))
    assert document["merged_into"]["id"] == survivor.public_id
    assert api.get(document["merged_into"]["url"])["id"] == survivor.public_id


def test_what_the_client_holds_is_not_sent_again(api: Api, published: Claim) -> None:
    first = api.fetch(address(published))
    assert not first["ETag"].startswith("W/")
    again = api.fetch(address(published), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    changed = api.fetch(address(published), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_another_version_than_asked_for_is_refused(api: Api, published: Claim) -> None:
    refused = api.fetch(address(published), headers={"if-match": '"another"'})
    assert refused.status_code == 412
    assert refused["Content-Type"] == "application/problem+json"
    held = {"if-match": api.fetch(address(published))["ETag"]}
    assert api.fetch(address(published), headers=held).status_code == 200


def test_addresses_follow_the_host_that_was_asked(
    api: Api, published: Claim, settings: object
) -> None:
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]  # type: ignore[attr-defined]
    path = f"/api/v1/claims/{published.public_id}/"
    answers = [api.client.get(path, headers={"host": host}) for host in ("a.example", "b.example")]
    assert [answer.json()["url"] for answer in answers] == [
        f"http://a.example{path}",
        f"http://b.example{path}",
    ]
    assert answers[0]["ETag"] != answers[1]["ETag"]


def test_in_production_addresses_stand_behind_the_registers_own(
    api: Api, published: Claim, settings: object
) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    settings.FACTCHECK_BASE_URL = "https://register.example"  # type: ignore[attr-defined]
    url = api.get(address(published))["url"]
    assert url == f"https://register.example/api/v1/claims/{published.public_id}/"


@pytest.mark.parametrize("rows", [1, 20])
def test_a_claim_takes_one_query_now_and_one_or_two_then(
    api: Api, queries: Queries, published: Claim, rows: int
) -> None:
    for _ in range(rows):
        factories.EvidenceFactory(claim=published)
    moment = published.entries.latest("number").recorded_at
    with queries(1):  # the stored document
        api.get(address(published))
    with queries(1):  # the claim with its stored document: nothing was recorded since
        api.get(address(published), as_of=moment.isoformat())
    factories.EvidenceFactory(claim=published)
    pasts = ({"as_of": moment.isoformat()}, {"effective_as_of": moment.date().isoformat()})
    for past in pasts:
        with queries(1):  # the stored document holds the verdict
            api.get(address(published), **past)
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    with queries(2):  # and the one that gave way
        api.get(address(published), **pasts[0])


def test_a_missing_stored_document_is_answered_from_the_history(api: Api, published: Claim) -> None:
    stored = api.fetch(address(published)).content
    ClaimDocument.objects.filter(claim=published).delete()
    today = datetime.now(UTC).date().isoformat()
    for question in ("", f"?as_of={today}"):
        assert api.fetch(address(published) + question).content == stored
    assert len(api.get("claims/", as_of=today)["results"]) == 1
