"""Each version of a claim's page has an address of its own, and stays there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.addresses import claim_memento
from claims.models import Claim
from claims.vocabulary import RedactionReason, VerificationStatus
from tests import factories
from tests.public.lives import CONFIRMED, DISPUTED, LATER, RECORDED, REWORDED, at, long_life
from tests.public.pages import Elements, html, path_of, words

pytestmark = pytest.mark.django_db
BASE = "http://127.0.0.1:8000"
KEPT = "public, max-age=31536000, immutable"


@pytest.fixture
def lived() -> Claim:
    return long_life()


def memento(claim: Claim, stamp: str, language: str = "") -> str:
    return f"{language}/claims/{claim.public_id}/@{stamp}/"


def test_a_version_shows_what_the_register_said_then(client: Client, lived: Claim) -> None:
    page = words(html(client, memento(lived, "20240201123000")))
    assert "This is what the register said on 1 February 2024, 12:30 UTC" in page
    assert "“The bridge is safe.”" in page
    assert "Two engineers say so." in page
    assert "The new bridge" not in page
    assert "Disputed" not in page


def test_a_version_is_kept_for_ever_and_says_what_it_is(client: Client, lived: Claim) -> None:
    response = client.get(memento(lived, "20240305081507"))
    assert response["Memento-Datetime"] == "Tue, 05 Mar 2024 08:15:07 GMT"
    assert response["Cache-Control"] == KEPT
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Vary"] == "Accept-Encoding"
    base = f"{BASE}/claims/{lived.public_id}/"
    feb, mar, may = "20240201123000", "20240305081507", "20240505120000"
    assert response["Link"].split(", <") == [
        f'<{base}>; rel="original"',
        f'{BASE}/timegate/claims/{lived.public_id}/>; rel="timegate"',
        f'{BASE}/timemap/claims/{lived.public_id}/>; rel="timemap"; type="application/link-format"',
        f'{base}@{feb}/>; rel="first prev memento"; datetime="Thu, 01 Feb 2024 12:30:00 GMT"',
        f'{base}@{mar}/>; rel="self memento"; datetime="Tue, 05 Mar 2024 08:15:07 GMT"',
        f'{base}@{may}/>; rel="next last memento"; datetime="Sun, 05 May 2024 12:00:00 GMT"',
    ]


def test_a_version_known_already_is_not_sent_again(client: Client, lived: Claim) -> None:
    path = memento(lived, "20240505120000")
    mark = client.get(path)["ETag"]
    again = client.get(path, headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (mark, KEPT)
    assert again["Memento-Datetime"] == "Sun, 05 May 2024 12:00:00 GMT"
    refused = client.get(path, headers={"If-Match": '"another"'})
    assert (refused.status_code, refused["Cache-Control"]) == (412, "no-store")


def test_a_version_answers_head(client: Client, lived: Claim) -> None:
    head = client.head(memento(lived, "20240505120000"))
    assert (head.status_code, head.content) == (200, b"")
    assert head["Memento-Datetime"] == "Sun, 05 May 2024 12:00:00 GMT"


def test_a_version_does_not_change_with_what_comes_after_it(client: Client, lived: Claim) -> None:
    path = memento(lived, "20240505120000")
    before = client.get(path)
    with at(LATER):
        factories.give_verdict(lived, VerificationStatus.UNCONFIRMED)
    after = client.get(path)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


def test_another_second_leads_to_the_version_in_force_then(client: Client, lived: Claim) -> None:
    for given, right in (
        ("20240201123001", CONFIRMED),
        ("20240305081506", CONFIRMED),
        ("20240305081508", REWORDED),
        ("20241001000000", DISPUTED),
    ):
        response = client.get(memento(lived, given))
        there = claim_memento(lived.public_id, right)
        assert (response.status_code, response["Location"]) == (302, there)
        assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    german = client.get(memento(lived, "20240201123001", "/de"))
    assert german["Location"] == "/de" + claim_memento(lived.public_id, CONFIRMED)


def test_each_language_has_the_version_and_its_neighbours(client: Client, lived: Claim) -> None:
    response = client.get(memento(lived, "20240505120000", "/de"))
    assert '<html lang="de">' in response.content.decode()
    assert f"<{BASE}/de/claims/{lived.public_id}/@20240305081507/>" in response["Link"]
    assert f'<{BASE}/timegate/claims/{lived.public_id}/>; rel="timegate"' in response["Link"]


def test_before_the_first_verdict_there_is_no_version(client: Client, lived: Claim) -> None:
    for stamp in ("20240201122959", f"{RECORDED:%Y%m%d%H%M%S}", "00010101000000"):
        page = words(html(client, memento(lived, stamp), 404))
        assert "the register had published nothing on this claim" in page
        assert "first published on 1 February 2024, 12:30 UTC" in page


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("2024", "it must be fourteen digits"),
        ("202405051200000", "it must be fourteen digits"),
        ("２０２６０５０５１２００００", "it must be fourteen digits"),
        ("2024050512000Z", "it must be fourteen digits"),
        ("20240230000000", "it is not a moment of the calendar"),
        ("20240505126000", "it is not a moment of the calendar"),
        ("00000101000000", "it is not a moment of the calendar"),
        ("29990101000000", "it lies in the future"),
        ("x" * 3000, "it must be fourteen digits"),
    ],
)
def test_what_is_no_second_of_the_past_is_refused(client, lived, stamp, reason) -> None:
    page = html(client, memento(lived, stamp), 400)
    assert reason in words(page)
    assert len(page) < 10_000


def test_a_second_that_lasts_is_refused_unless_something_was_said_in_it(
    client: Client, lived: Claim
) -> None:
    with at(LATER):
        assert "that second is not over" in html(client, memento(lived, "20241101000000"), 400)
    with at(DISPUTED):
        now = client.get(memento(lived, "20240505120000"))
    assert (now.status_code, now["Cache-Control"]) == (
        200,
        "public, max-age=60, stale-while-revalidate=300",
    )


def test_what_was_said_within_one_second_is_one_version(client: Client, lived: Claim) -> None:
    with at(DISPUTED + timedelta(milliseconds=700)):
        piece = factories.EvidenceFactory(claim=lived)
    assert str(piece.title) in html(client, memento(lived, "20240505120000"))


def test_unpublished_claims_have_versions_no_more_than_unknown_ones(client, claim: Claim) -> None:
    for stamp in ("20240505120000", "nonsense", "29990101000000"):
        hidden = client.get(memento(claim, stamp))
        unknown = client.get(f"/claims/0000000000/@{stamp}/")
        assert hidden.status_code == unknown.status_code == 404
        assert (hidden.content, hidden.headers) == (unknown.content, unknown.headers)


def test_a_merged_claim_keeps_its_versions(client: Client, lived: Claim, editor) -> None:
    with at(LATER):
        lasting = factories.published_claim()
        workflow.merge_claims(lived, into=lasting, reason="The same thing.", by=editor)
    assert "Two engineers say so." in html(client, memento(lived, "20240201123000"))
    page = html(client, memento(lived, "20241101000000"))
    assert "By then the claim had been merged into another" in page
    assert f'href="/claims/{lasting.public_id}/"' in page


def test_erased_words_are_gone_from_every_version_and_it_is_asked_for_again(
    client: Client, lived: Claim, editor, second_editor
) -> None:
    entry = lived.entries.get(number=1)
    request = workflow.propose_redaction(
        entry, fields=["wording.text"], reason=RedactionReason.DATA_PROTECTION, by=editor
    )
    with at(LATER):
        workflow.redact_text(request, by=second_editor)
    response = client.get(memento(lived, "20240201123000"))
    page = response.content.decode()
    assert "The bridge is safe." not in page
    assert "data protection" in words(page).lower()
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"


def test_an_earlier_page_frames_what_is_said_today_in_its_language(client, lived) -> None:
    for language in ("", "/de"):
        page = html(client, memento(lived, "20240201123000", language))
        frames = [attributes for tag, attributes in Elements.of(page) if tag == "iframe"]
        assert [frame["src"] for frame in frames] == [
            f"{language}/claims/{lived.public_id}/now/?then=confirmed"
        ]
        assert frames[0]["title"]


def now(client: Client, claim: Claim, then: str = "", language: str = "") -> Any:
    return client.get(f"{language}/claims/{claim.public_id}/now/", {"then": then})


def test_the_line_of_today_says_the_status_and_whether_it_is_another(client, lived) -> None:
    assert "Today: Disputed since 5 May 2024" in words(now(client, lived).content.decode())
    assert "Today: Disputed" in words(now(client, lived, "confirmed").content.decode())
    same = now(client, lived, "disputed").content.decode()
    assert "Today the same: Disputed since 5 May 2024" in words(same)
    links = [a for tag, a in Elements.of(same) if tag == "a"]
    assert links == [{"href": path_of(lived), "target": "_top"}]


def test_the_line_of_today_may_be_framed_by_our_own_pages_alone(client, lived) -> None:
    response = now(client, lived)
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert (
        "'none'"
        not in response["Content-Security-Policy"].split("frame-ancestors")[1].split(";")[0]
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert response["X-Robots-Tag"] == "noindex"
    page = client.get(path_of(lived))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_line_of_today_says_what_became_of_the_claim(client, lived, editor) -> None:
    with at(LATER):
        workflow.void_verdict(lived, reason="An error.", by=editor)
    page = words(now(client, lived, "withdrawn").content.decode())
    assert "Today the same: Withdrawn since 1 November 2024" in page
    with at(LATER + timedelta(days=1)):
        lasting = factories.published_claim()
        workflow.merge_claims(lived, into=lasting, reason="The same.", by=editor)
    page = now(client, lived).content.decode()
    assert "merged into another claim" in page
    assert f'href="/claims/{lasting.public_id}/"' in page
    assert now(client, factories.ClaimFactory()).status_code == 404


def test_the_form_leads_to_the_version_of_that_day(client: Client, lived: Claim) -> None:
    for day, moment in (("2024-02-01", CONFIRMED), ("2024-05-04", REWORDED)):
        response = client.get(f"/de{path_of(lived)}?as_of={day}")
        assert response.status_code == 302
        assert response["Location"] == "/de" + claim_memento(lived.public_id, moment)
    with time_machine.travel(LATER):
        today = timezone.now().date().isoformat()
        response = client.get(f"{path_of(lived)}?as_of={today}")
    assert response["Location"] == claim_memento(lived.public_id, DISPUTED)
    assert html(client, f"{path_of(lived)}?as_of=2024-01-31", 404)


def test_a_wording_cannot_take_the_place_of_a_page_of_ours(client: Client) -> None:
    claim = factories.published_claim(wording="Now!")
    assert path_of(claim) == f"/claims/{claim.public_id}/now-claim/"
    assert "Confirmed Since" in words(html(client, path_of(claim)))


@pytest.mark.parametrize("rows", [1, 20])
def test_a_version_costs_seven_queries_and_the_way_to_it_one(
    client: Client, lived: Claim, django_assert_num_queries, rows: int
) -> None:
    with at(LATER):
        for _ in range(rows):
            factories.EvidenceFactory(claim=lived)
    # 1 the claim with its document; then its replay: 2 entries, 3 wordings, 4 appearances,
    # 5 evidence, 6 verdicts, 7 what they rest on
    with django_assert_num_queries(7):
        html(client, memento(lived, "20241101000000"))
    # 1 the claim with its document
    for path, status in (
        (memento(lived, "20241102000000"), 302),
        (memento(lived, "20240131000000"), 404),
        (f"{path_of(lived)}?as_of=2024-11-02", 302),
        (f"/claims/{lived.public_id}/now/", 200),
    ):
        with django_assert_num_queries(1):
            html(client, path, status)
