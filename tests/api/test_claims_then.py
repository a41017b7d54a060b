"""/api/v1/claims/?as_of= and ?effective_as_of=: the list of the past says what each claim's own document says."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from claims import documents
from claims.models import Claim, ClaimDocument, HistoryEntry, User
from claims.vocabulary import Role, VerificationStatus
from claims.workflow import (
    VerdictDraft,
    import_verdict,
    merge_claims,
    reword_claim,
    void_verdict,
    withdraw_evidence,
)
from tests import factories
from tests.api.conftest import Api, Queries

LATER = datetime(2124, 1, 1, tzinfo=UTC)


def imported(claim: Claim, status: VerificationStatus, day: date, by: User) -> None:
    factories.add_what_carries(claim, status, by=factories.person(Role.REVIEWER))
    draft = VerdictDraft(status=status, rationale="As given there.", would_settle="A record.")
    import_verdict(claim, draft, effective_on=day, origin="An archive", by=by)


@pytest.fixture
def lived(editor: User, importer: User) -> list[Claim]:
    """Claims that went through everything a list can show."""
    claimant = factories.ClaimantFactory()
    claims = [factories.ClaimFactory(claimant=claimant) for _ in range(5)]
    first, second, third, fourth, _unpublished = claims
    factories.give_verdict(first, VerificationStatus.UNCONFIRMED)
    imported(second, VerificationStatus.DISPUTED, date(2020, 3, 1), importer)
    imported(second, VerificationStatus.CONFIRMED, date(2019, 5, 1), importer)
    reword_claim(first, wording="Worded anew.", reason="Clearer.", claimant=None, by=editor)
    imported(third, VerificationStatus.CONFIRMED, date(2021, 1, 1), importer)
    void_verdict(third, reason="A mistake.", by=editor)
    factories.give_verdict(first, VerificationStatus.CONFIRMED)
    imported(fourth, VerificationStatus.UNCONFIRMED, date(2020, 3, 1), importer)
    imported(fourth, VerificationStatus.DISPUTED, date(2022, 1, 1), importer)
    merge_claims(fourth, into=second, reason="The same.", by=editor)
    factories.give_verdict(third, VerificationStatus.CONFIRMED)
    for piece in (*third.evidence.all(), *second.evidence.all()[:1]):
        withdraw_evidence(piece, reason="Retracted.", by=editor)
    return claims


def moments() -> list[datetime]:
    recorded = sorted(HistoryEntry.objects.values_list("recorded_at", flat=True))
    return [recorded[0] - timedelta(seconds=1), *recorded]


def expected(claims: list[Claim], moment: datetime, day: date | None = None) -> list[Any]:
    """What a client would collect by reading each claim on its own."""
    found = []
    shown = json.loads(ClaimDocument.objects.all()[0].summary)
    for claim in claims:
        fresh = Claim.objects.get(pk=claim.pk)
        then = documents.as_of(fresh, moment)
        if then is None or then["merged_into"]:
            continue
        document = documents.effective_as_of(fresh, day, known_at=moment) if day else then
        if document:
            summary = {key: document[key] for key in shown}
            found.append((then["published_at"], fresh.pk, summary))
    found.sort(key=lambda row: row[:2], reverse=True)
    return [documents.absolute(summary, "http://testserver") for *_, summary in found]


def test_at_every_moment_the_list_says_what_the_documents_say(api: Api, lived: list[Claim]) -> None:
    sizes = set()
    for moment in moments():
        wanted = expected(lived, moment)
        assert api.get("claims/", as_of=moment.isoformat())["results"] == wanted
        sizes.add(len(wanted))
        for status in VerificationStatus.values:
            page = api.get("claims/", as_of=moment.isoformat(), status=status)
            assert page["results"] == [one for one in wanted if one["status"] == status]
    assert sizes == {0, 1, 2, 3, 4}


def test_on_every_day_the_list_says_what_the_documents_say(api: Api, lived: list[Claim]) -> None:
    days = [date(2018, 1, 1), date(2019, 5, 1), date(2020, 3, 1), date(2021, 6, 1), date.today()]
    for day in days:
        for moment in (None, *moments()[::4]):
            given = {"as_of": moment.isoformat()} if moment else {}
            wanted = expected(lived, moment or LATER, day)
            page = api.get("claims/", effective_as_of=day.isoformat(), **given)
            assert page["results"] == wanted
            for status in VerificationStatus.values:
                page = api.get("claims/", effective_as_of=day.isoformat(), status=status, **given)
                assert page["results"] == [one for one in wanted if one["status"] == status]


def test_the_list_of_the_past_knows_what_was_withdrawn_by_then(
    api: Api, lived: list[Claim]
) -> None:
    third = lived[2]
    withdrawals = third.entries.filter(act="evidence_withdrawn").order_by("number")
    taken = withdrawals[0].recorded_at
    told = {}
    for moment in (taken - timedelta(microseconds=1), taken):
        results = api.get("claims/", as_of=moment.isoformat())["results"]
        told[moment] = {one["id"]: one["verdict_on_withdrawn_evidence"] for one in results}
    assert [one[third.public_id] for one in told.values()] == [False, True]


def test_filters_see_the_wording_of_the_time(api: Api, lived: list[Claim]) -> None:
    first = lived[0]
    reworded = first.entries.get(act="claim_reworded").recorded_at
    [claimant] = first.wordings.filter(version=1).values_list("claimant__public_id", flat=True)
    before = {"as_of": (reworded - timedelta(microseconds=1)).isoformat(), "claimant": claimant}
    after = {"as_of": reworded.isoformat(), "claimant": claimant}
    assert first.public_id in {one["id"] for one in api.get("claims/", **before)["results"]}
    assert first.public_id not in {one["id"] for one in api.get("claims/", **after)["results"]}


def test_before_the_first_verdict_the_list_is_empty(api: Api, published: Claim) -> None:
    assert api.get("claims/", as_of="2001-01-01")["results"] == []


def test_a_walk_of_the_past_misses_nothing_while_the_present_changes(api: Api) -> None:
    claims = [factories.published_claim() for _ in range(5)]
    last = max(HistoryEntry.objects.values_list("recorded_at", flat=True))
    page = api.get("claims/", as_of=last.isoformat(), limit=2)
    seen = [one["id"] for one in page["results"]]
    while page["next"]:
        for claim in claims:
            factories.give_verdict(claim, VerificationStatus.DISPUTED)
        page = api.get(page["next"])
        seen += [one["id"] for one in page["results"]]
        assert {one["status"] for one in page["results"]} == {"confirmed"}
    assert seen == [claim.public_id for claim in reversed(claims)]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_the_past_takes_one_query(api: Api, queries: Queries, rows: int) -> None:
    claims = [factories.published_claim(claimant=factories.ClaimantFactory()) for _ in range(rows)]
    last = max(HistoryEntry.objects.values_list("recorded_at", flat=True))
    asked = {"as_of": last.isoformat(), "status": "confirmed"}
    with queries(1):  # the page's claims: nothing was recorded on them since
        unchanged = api.get("claims/", **asked)
    for claim in claims:
        factories.give_verdict(claim, VerificationStatus.DISPUTED)
    with queries(1):  # the page's claims, with the documents of those that were touched since
        assert api.get("claims/", **asked) == unchanged
    assert len(unchanged["results"]) == rows
    with queries(3):  # and whose verdicts were said to have held by then
        api.get("claims/", effective_as_of=last.date().isoformat(), status="disputed")


@pytest.mark.parametrize("rows", [1, 20])
def test_where_evidence_was_withdrawn_by_then_a_replay_tells_what_rested_on_it(
    api: Api, queries: Queries, editor: User, rows: int
) -> None:
    for claim in [factories.published_claim() for _ in range(rows)]:
        for piece in claim.evidence.all():
            withdraw_evidence(piece, reason="Retracted.", by=editor)
    last = HistoryEntry.objects.latest("recorded_at").recorded_at
    for claim in Claim.objects.all():
        factories.give_verdict(claim, VerificationStatus.DISPUTED)
    # 1: the page's claims with their documents; 2: their acts; 3: wordings; 4: verdicts; 5: what these rest on
    with queries(5):
        told = api.get("claims/", as_of=last.isoformat())["results"]
    assert [one["verdict_on_withdrawn_evidence"] for one in told] == [True] * rows
