"""The claim page on an earlier date, on either clock."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.models import Claim
from claims.vocabulary import RedactionReason, VerificationStatus
from claims.workflow import VerdictDraft
from tests import factories
from tests.public.pages import Elements, document, html, path_of, said_at, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(editor) -> Claim:
    """A claim that was confirmed, reworded and then unconfirmed."""
    claim = factories.published_claim(wording="The bridge is safe.", by=editor)
    workflow.reword_claim(claim, wording="The new bridge is safe.", reason="Clear.", by=editor)
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    return Claim.objects.get(pk=claim.pk)


def verdicts_of(claim: Claim) -> list[str]:
    """Return the moments at which verdicts on a claim were recorded."""
    history = document(claim)["history"]
    return [entry["recorded_at"] for entry in history if "status" in entry]


@pytest.fixture
def imported(claim: Claim, importer) -> Claim:
    """A claim whose verdicts took effect long before they were recorded."""
    for status, day in (
        (VerificationStatus.UNCONFIRMED, date(2024, 11, 5)),
        (VerificationStatus.CONFIRMED, date(2025, 4, 29)),
    ):
        workflow.import_verdict(
            claim,
            VerdictDraft(status=status, rationale=f"Then {status.value}.", would_settle="A file."),
            effective_on=day,
            origin="The Old Register",
            by=importer,
        )
    return claim


def test_the_page_shows_what_the_register_said_then(client: Client, changed: Claim) -> None:
    page = words(html(client, f"{path_of(changed)}?as_of={verdicts_of(changed)[0]}"))
    assert "This is what the register said on" in page
    assert "“The bridge is safe.”" in page
    assert "Confirmed Since" in page
    assert "The new bridge" not in page


def test_a_day_means_its_end(client: Client, changed: Claim) -> None:
    day = timezone.now().date()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        led = client.get(f"{path_of(changed)}?as_of={day.isoformat()}")
        page = words(html(client, led["Location"]))
    last = datetime.fromisoformat(said_at(changed, len(document(changed)["history"])))
    assert f"{last:%B %Y, %H:%M} UTC" in page
    assert "Unconfirmed Since" in page


def test_a_moment_is_taken_to_the_microsecond(client: Client, changed: Claim) -> None:
    at = verdicts_of(changed)[-1]
    before = datetime.fromisoformat(at) - timedelta(microseconds=1)
    assert "Unconfirmed Since" in words(html(client, f"{path_of(changed)}?as_of={at}"))
    stamp = before.isoformat().replace("+", "%2B")
    assert "Confirmed Since" in words(html(client, f"{path_of(changed)}?as_of={stamp}"))


def test_today_is_the_page_as_it_stands(client: Client, published: Claim) -> None:
    today = timezone.now().date().isoformat()
    led = client.get(f"{path_of(published)}?as_of={today}")
    assert led.status_code == 302
    assert "Confirmed Since" in words(html(client, led["Location"]))


def test_the_banner_leads_to_todays_page_and_the_data_to_that_moment(client, changed) -> None:
    moment = verdicts_of(changed)[0]
    page = html(client, f"{path_of(changed)}?as_of={moment}")
    assert f'<a href="{path_of(changed)}">Today’s page</a>' in page
    stamp = moment.replace(":", "%3A")
    assert f'href="/api/v1/claims/{changed.public_id}/?as_of={stamp}"' in page


def test_an_earlier_page_is_not_indexed_and_names_todays_as_canonical(client, changed) -> None:
    response = client.get(f"{path_of(changed)}?as_of={verdicts_of(changed)[0]}")
    page = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path_of(changed)}">' in page


def test_before_the_first_verdict_the_page_says_when_it_was_published(client, changed) -> None:
    page = words(html(client, f"{path_of(changed)}?as_of={said_at(changed, 1)}", 404))
    assert "the register had published nothing on this claim" in page
    first = datetime.fromisoformat(verdicts_of(changed)[0])
    assert f"The claim was first published on {first.day} {first:%B %Y, %H:%M} UTC" in page


def test_the_worlds_time_shows_the_verdict_in_effect_then(client: Client, imported) -> None:
    page = words(html(client, f"{path_of(imported)}?effective_as_of=2024-12-01"))
    assert "how things stood on 1 December 2024 in the world’s time" in page
    assert "Then unconfirmed." in page
    page = words(html(client, f"{path_of(imported)}?effective_as_of=2025-04-29"))
    assert "Then confirmed." in page


def test_before_any_verdict_took_effect_the_page_says_when_the_first_did(client, imported) -> None:
    page = words(html(client, f"{path_of(imported)}?effective_as_of=2024-11-04", 404))
    assert "no verdict on this claim was in effect" in page
    assert "The first one took effect on 5 November 2024" in page


def test_a_verdict_taken_back_leaves_a_gap_that_the_page_explains(
    client: Client, imported: Claim, editor
) -> None:
    workflow.void_verdict(imported, reason="A mistake.", by=editor)
    assert "Then unconfirmed." in words(
        html(client, f"{path_of(imported)}?effective_as_of=2024-12-01")
    )
    page = words(html(client, f"{path_of(imported)}?effective_as_of=2025-06-01", 404))
    assert "The last one that had taken effect by then has been taken back." in page
    assert "took effect on" not in page


def test_both_clocks_together_ask_what_was_known_then_of_that_day(client, imported) -> None:
    known = verdicts_of(imported)[0]
    path = f"{path_of(imported)}?effective_as_of=2025-06-01&as_of={known}"
    assert "Then unconfirmed." in words(html(client, path))


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        ("as_of=tomorrow", "as_of", "it must be a moment"),
        ("as_of=2024-13-01", "as_of", "it is not a day of the calendar"),
        ("as_of=2024-02-30", "as_of", "it is not a day of the calendar"),
        ("as_of=2024-11-05T10:00:00", "as_of", "it must be a moment"),
        ("as_of=2024-11-05T25:00:00Z", "as_of", "it is not a moment of the calendar"),
        ("as_of=0001-01-01T00:00:00%2B14:00", "as_of", "it is not a moment of the calendar"),
        ("as_of=2999-01-01", "as_of", "it lies in the future"),
        ("as_of=2999-01-01T00:00:00Z", "as_of", "it lies in the future"),
        ("as_of=%00", "as_of", "it must be a moment"),
        ("as_of=٢٠٢٤-١١-٠٥", "as_of", "it must be a moment"),
        ("as_of=2024-11-05&as_of=2024-11-06", "as_of", "more than once"),
        ("effective_as_of=2024-11-05T00:00:00Z", "effective_as_of", "it must be a day"),
        ("effective_as_of=2999-01-01", "effective_as_of", "it lies in the future"),
        ("as_of=" + "9" * 5000, "as_of", "it must be a moment"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_the_reason(
    client: Client, published: Claim, query: str, name: str, reason: str
) -> None:
    page = html(client, f"{path_of(published)}?{query}", 400)
    assert f"<code>{name}</code>" in page
    assert reason in words(page)
    assert len(page) < 10_000


@pytest.mark.parametrize("name", ["as_of", "effective_as_of"])
def test_a_date_that_cannot_be_shown_may_be_corrected_on_the_spot(
    client: Client, published: Claim, name: str
) -> None:
    page = html(client, f"{path_of(published)}?{name}=2999-01-01", 400)
    inputs = [attributes for tag, attributes in Elements.of(page) if tag == "input"]
    fields = [field for field in inputs if field["name"] != "q"]
    assert [(field["name"], field["value"]) for field in fields] == [(name, "2999-01-01")]
    assert fields[0]["aria-invalid"] == "true"
    assert f'<form class="clock" method="get" action="{path_of(published)}">' in page
    assert "That date cannot be shown" in page


def test_an_argument_that_is_no_date_gets_no_form(client: Client) -> None:
    page = html(client, "/claims/?status=true", 400)
    assert 'class="clock"' not in page
    assert "This address cannot be read" in page


def test_the_title_tells_an_earlier_page_from_todays(client: Client, imported: Claim) -> None:
    titles = [
        re.search("<title>(.*?)</title>", html(client, path_of(imported) + query))
        for query in ("", f"?as_of={verdicts_of(imported)[0]}", "?effective_as_of=2024-12-01")
    ]
    today, then, world = [title[1] for title in titles if title]
    assert today.startswith("Confirmed: “")
    assert re.match(r"Unconfirmed, as of \d+ \w+ \d{4}, \d\d:\d\d UTC: “", then)
    assert world.startswith("Unconfirmed on 1 December 2024: “")


def test_an_empty_field_of_the_form_means_today(client: Client, published: Claim) -> None:
    page = html(client, f"{path_of(published)}?as_of=")
    assert "An earlier state of this page" not in page


def test_a_plus_sign_lost_in_the_address_is_understood(client: Client, changed: Claim) -> None:
    page = html(client, f"{path_of(changed)}?as_of=2026-03-01T23:00:00+01:00", 404)
    assert "On 1 March 2026, 22:00 UTC" in words(page)


def test_a_redacted_text_is_gone_from_earlier_pages_too(
    client, changed, editor, second_editor
) -> None:
    entry = changed.entries.get(number=1)
    request = workflow.propose_redaction(
        entry, fields=["wording.text"], reason=RedactionReason.DATA_PROTECTION, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    page = html(client, f"{path_of(changed)}?as_of={verdicts_of(changed)[0]}")
    assert "The bridge is safe." not in page
    assert ": Data protection]" in words(page)


def test_a_merged_claim_can_still_be_read_as_of_before_the_merger(client: Client, editor) -> None:
    ending, lasting = factories.published_claim(), factories.published_claim()
    path, before = path_of(ending), said_at(ending, len(document(ending)["history"]))
    workflow.merge_claims(ending, into=lasting, reason="The same thing.", by=editor)
    assert "Confirmed Since" in words(html(client, f"{path}?as_of={before}"))
    now = timezone.now().isoformat().replace("+", "%2B")
    first = client.get(f"{path}?as_of={now}")
    assert first["Location"] == f"/claims/{lasting.public_id}/?as_of={now}"
    assert client.get(first["Location"])["Location"] == f"{path_of(lasting)}?as_of={now}"


def test_an_unpublished_claim_has_no_past(client: Client, claim: Claim) -> None:
    hidden = client.get(f"/claims/{claim.public_id}/{claim.slug}/?as_of=2026-01-01")
    unknown = client.get("/claims/0000000000/x/?as_of=2026-01-01")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


@pytest.mark.parametrize("rows", [1, 20])
def test_an_earlier_page_costs_seven_queries(
    client, editor, django_assert_num_queries, rows
) -> None:
    claim = factories.ClaimFactory(by=editor)
    for _ in range(rows):
        factories.EvidenceFactory(claim=claim, by=editor)
    factories.give_verdict(claim)
    path = f"{path_of(claim)}?as_of={said_at(claim, len(document(claim)['history']))}"
    # 1 the claim with its document; then its replay: 2 entries, 3 wordings, 4 appearances,
    # 5 evidence, 6 verdicts, 7 what they rest on
    with django_assert_num_queries(7):
        html(client, path)
