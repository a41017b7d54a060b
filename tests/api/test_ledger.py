"""evidence/, appearances/ and verdicts/: what the documents of their claims say, now and at every moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from claims import documents
from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import RedactionReason, Stance, VerificationStatus
from claims.workflow import (
    merge_claimants,
    merge_claims,
    propose_redaction,
    redact_text,
    void_verdict,
    withdraw_appearance,
    withdraw_evidence,
)
from tests import factories
from tests.api.conftest import Api, Queries

ROOMS = ("evidence", "appearances", "verdicts")
BESIDE = {"id", "self_url", "claim", "voided", "superseded_by"}


def ids(page: dict[str, Any]) -> list[str]:
    return [result["id"] for result in page["results"]]


def carried(**fields: Any) -> Claim:
    article = factories.ArticleFactory()
    speaker = factories.ClaimantFactory()
    draft = factories.appearance_draft(article, article.text.split(".")[0], speaker=speaker)
    return factories.published_claim(appearance=draft, **fields)


@pytest.fixture
def lived(editor: User, second_editor: User) -> list[Claim]:
    """Claims that went through everything the three lists can show."""
    first, second, third = carried(), carried(), carried(status=VerificationStatus.DISPUTED)
    factories.give_verdict(first, VerificationStatus.DISPUTED)
    withdraw_evidence(first.evidence.earliest("pk"), reason="Retracted.", by=editor)
    withdraw_appearance(second.appearances.get(), reason="Misread.", by=editor)
    void_verdict(second, reason="A mistake.", by=editor)
    factories.give_verdict(second, VerificationStatus.UNCONFIRMED)
    for entry, field in (
        (first.evidence.latest("pk").entry, "evidence.title"),
        (first.verdicts.earliest("pk").entry, "verdict.rationale"),
        (third.appearances.get().entry, "appearance.exact"),
    ):
        reason = RedactionReason.COURT_ORDER
        request = propose_redaction(entry, fields=[field], reason=reason, by=editor)
        redact_text(request, by=second_editor)
    merge_claims(third, into=first, reason="The same.", by=editor)
    return [first, second, third]


def moments() -> list[datetime]:
    return sorted(HistoryEntry.objects.values_list("recorded_at", flat=True))


def expected(claims: list[Claim], room: str, moment: datetime) -> dict[str, Any]:
    """What a client would collect from the whole documents of a moment; of verdicts, that in force."""
    found: dict[str, Any] = {}
    for claim in claims:
        document = documents.as_of(claim, moment)
        if document is None or document["merged_into"]:
            continue
        verdict = document["verdict"]
        parts = document.get(room, [verdict] if verdict else [])
        parts = documents.absolute(parts, "http://testserver")
        found |= {f"{claim.public_id}-{part['entry']}": part for part in parts}
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_at_every_moment_the_lists_say_what_the_documents_say(
    api: Api, lived: list[Claim], room: str
) -> None:
    for moment in moments():
        page = api.get(f"{room}/", as_of=moment.isoformat())["results"]
        told = {one["id"]: {name: one[name] for name in one.keys() - BESIDE} for one in page}
        wanted = expected(lived, room, moment)
        if room == "verdicts":
            in_force = [one["id"] for one in page if not one["voided"] and not one["superseded_by"]]
            told = {name: told[name] for name in in_force}
        assert told == wanted
    assert wanted


@pytest.mark.parametrize("room", ROOMS)
def test_now_is_the_last_moment(api: Api, lived: list[Claim], room: str) -> None:
    now = api.get(f"{room}/")
    assert now["results"] == api.get(f"{room}/", as_of=moments()[-1].isoformat())["results"]
    for claim in lived:
        own = api.get(f"claims/{claim.public_id}/{room}/")["results"]
        assert (
            own
            == api.get(f"claims/{claim.public_id}/{room}/", as_of=str(claim_head(claim)))["results"]
        )
        listed = [one for one in now["results"] if one["claim"]["id"] == claim.public_id]
        assert listed in ([], own[::-1])
        assert (claim == lived[2]) == (not listed)
        for one in own:
            assert api.get(one["self_url"]) == one


def claim_head(claim: Claim) -> int:
    return Claim.objects.get(pk=claim.pk).head_number


def test_what_became_of_a_verdict_is_told(api: Api, lived: list[Claim]) -> None:
    first, second, _ = lived
    earlier, later = api.get(f"claims/{first.public_id}/verdicts/")["results"]
    assert (earlier["superseded_by"], later["superseded_by"]) == (later["entry"], None)
    assert earlier["rationale"] is None
    assert earlier["redacted"]["rationale"]["reason"] == "court_order"
    voided, _ = api.get(f"claims/{second.public_id}/verdicts/")["results"]
    assert voided["voided"]["reason"] == "A mistake."
    assert ids(api.get("verdicts/", voided="true")) == [voided["id"]]
    assert voided["id"] not in ids(api.get("verdicts/", voided="false"))


def test_a_claim_can_be_expanded(api: Api, lived: list[Claim]) -> None:
    [piece] = api.get("evidence/", claim=lived[1].public_id, limit=1, expand="claim")["results"]
    assert piece["claim"] == api.get("claims/", limit=1)["results"][0]
    path = "id,claim.wording,title"
    shown = api.get(f"evidence/{piece['id']}/", expand="claim", fields=path)
    assert shown == {
        "id": piece["id"],
        "claim": {"wording": piece["claim"]["wording"]},
        "title": piece["title"],
    }
    first = lived[0]
    given = first.entries.filter(act="verdict_given").earliest("number").recorded_at.isoformat()
    [then, *_] = api.get("evidence/", as_of=given, expand="claim")["results"]
    assert then["claim"]["status"] == "confirmed"
    assert (
        api.get("evidence/", claim=first.public_id, expand="claim")["results"][0]["claim"]["status"]
        == "disputed"
    )


def test_evidence_is_chosen_by_what_it_is(api: Api, editor: User) -> None:
    publisher = factories.PublisherFactory()
    claim = factories.published_claim()
    piece = factories.EvidenceFactory(
        claim=claim, stance=Stance.CONTEXT, kind="data", publisher=publisher, primary=True
    )
    one = f"{claim.public_id}-{piece.entry.number}"
    for asked in (
        {"stance": "context"},
        {"kind": "data"},
        {"publisher": publisher.public_id},
        {"primary": "true"},
        {"claim": claim.public_id, "stance": "context", "withdrawn": "false"},
    ):
        assert ids(api.get("evidence/", **asked)) == [one]
    assert len(ids(api.get("evidence/", primary="false"))) == 2
    before = moments()[-1].isoformat()
    withdraw_evidence(piece, reason="Retracted.", by=editor)
    assert ids(api.get("evidence/", withdrawn="true")) == [one]
    assert ids(api.get("evidence/", withdrawn="true", as_of=before)) == []
    assert ids(api.get("evidence/", publisher="nobody")) == []


def test_appearances_are_chosen_by_article_speaker_and_position(api: Api, editor: User) -> None:
    claim, _other = carried(), carried()
    place = claim.appearances.get()
    one = f"{claim.public_id}-{place.entry.number}"
    assert place.speaker
    for asked in ({"article": place.article.public_id}, {"speaker": place.speaker.public_id}):
        assert ids(api.get("appearances/", **asked)) == [one]
    assert len(ids(api.get("appearances/", position="asserts"))) == 2
    assert ids(api.get("appearances/", position="denies")) == []
    found_to_be = carried().appearances.get()
    assert found_to_be.speaker
    merge_claimants(place.speaker, into=found_to_be.speaker, reason="The same.", by=editor)
    assert len(ids(api.get("appearances/", speaker=place.speaker.public_id))) == 2


def test_verdicts_are_chosen_by_status_and_cause(api: Api) -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    assert len(ids(api.get("verdicts/", status="disputed"))) == 1
    assert len(ids(api.get("verdicts/", cause="first_verdict"))) == 1
    assert len(ids(api.get("verdicts/", claim=claim.public_id))) == 2


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_unpublished_is_told(api: Api, claim: Claim, room: str) -> None:
    piece = factories.EvidenceFactory(claim=claim)
    number = piece.entry.number
    assert api.get(f"{room}/")["results"] == []
    assert api.get(f"{room}/", claim=claim.public_id)["results"] == []
    hidden = [
        api.fetch(f"{room}/{claim.public_id}-{number}/"),
        api.fetch(f"claims/{claim.public_id}/{room}/"),
        api.fetch(f"claims/{claim.public_id}/{room}/", as_of="1"),
    ]
    for answer in hidden:
        assert answer.status_code == 404
        assert answer.json()["detail"] == "Nothing public has this address."


def test_a_thing_of_another_kind_or_of_later_is_not_there(api: Api, published: Claim) -> None:
    number = published.evidence.earliest("pk").entry.number
    address = f"{published.public_id}-{number}/"
    assert api.get(f"evidence/{address}")["entry"] == number
    assert api.get(f"verdicts/{address}", 404)
    assert api.get(f"evidence/{address}", 404, as_of="2001-01-01")["detail"].startswith("This was")
    assert api.get(f"evidence/{address}", 404, as_of="999")
    for name in (
        f"{published.public_id}-0",
        f"{published.public_id}-0{number}",
        published.public_id,
    ):
        assert api.fetch(f"evidence/{name}/").status_code == 404


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(
    "query",
    [
        "withdrawn=yes",
        "voided=1",
        "claim=A",
        "stance=for",
        "status=true",
        "fields=x",
        "expand=x",
        "primary=",
    ],
)
def test_what_cannot_be_asked_is_refused(api: Api, published: Claim, room: str, query: str) -> None:
    name = query.split("=")[0]
    paths = [f"{room}/", f"claims/{published.public_id}/{room}/"]
    for path in paths:
        errors = api.get(f"{path}?{query}", 400)["errors"]
        assert [error["parameter"] for error in errors] == [name]


COSTS = {"evidence": 2, "appearances": 2, "verdicts": 5}


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("room", ROOMS)
def test_costs_do_not_grow_with_the_page(api: Api, queries: Queries, room: str, rows: int) -> None:
    claims = [carried() for _ in range(rows)]
    first, head = claims[0].public_id, str(claim_head(claims[0]))
    then = moments()[-1].isoformat()
    with queries(
        COSTS[room]
    ):  # the page, their documents; of verdicts the rows, what they rest on, what was erased
        page = api.get(f"{room}/")["results"]
    assert len(page) >= rows
    with queries(COSTS[room]):
        assert api.get(f"{room}/", as_of=then)["results"] == page
    with queries(COSTS[room]):
        api.get(f"{room}/{page[0]['id']}/")
    with queries(COSTS[room] + 1):  # and the claim
        api.get(f"claims/{first}/{room}/")
    with queries(COSTS[room] + 2):  # and the moment of the entry
        api.get(f"claims/{first}/{room}/", as_of=head)
    for claim in claims:
        factories.give_verdict(claim, VerificationStatus.DISPUTED)
    with queries(COSTS[room]):  # the documents tell the claims' summaries of then
        api.get(f"{room}/", as_of=then, expand="claim")
