"""The verdict page part by part: what it said before, who says what, what the verdict rests on, each honest state."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, User
from claims.vocabulary import (
    ContactOutcome,
    CueClass,
    Position,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import ContactDraft, VerdictDraft
from tests import factories
from tests.public.pages import document, html, path_of, said_at, words

pytestmark = pytest.mark.django_db
HEADS = (
    "The verdict was withdrawn",
    "This verdict was given on an earlier wording",
    "Evidence for this verdict was withdrawn",
    "One person published this verdict",
    "Corrected on",
    "This claim is being reviewed again",
    "This verdict was imported",
    "A duplicate was merged into this claim",
    "Text was removed from this page",
)


def page_of(client: Client, claim: Claim) -> str:
    return html(client, path_of(claim))


def heads_of(page: str) -> list[str]:
    """Return the headings of the notices, as far as `HEADS` knows them."""
    found = re.findall(r'<h2 class="notice__head">(.*?)</h2>', page, re.DOTALL)
    return [next(head for head in HEADS if words(one).startswith(head)) for one in found]


def test_the_sections_stand_in_the_order_in_which_a_reader_asks(client: Client, db: None) -> None:
    published = factories.published_claim(claimant=factories.ClaimantFactory())
    workflow.record_contact(
        published,
        ContactDraft(asked_on=date(2024, 5, 6), channel="e-mail", outcome=ContactOutcome.ASKED),
        by=factories.person(Role.EDITOR),
    )
    page = page_of(client, published).partition("<main")[2]
    order = ["verdict-heading", "short", "said", "evidence", "reply", "checked", "history"]
    found = re.findall(r'<h2 class="[^"]+" id="([\w-]+)"', page)
    assert [one for one in found if one in (*order, "cite", "verify")] == [*order, "cite", "verify"]


def test_nothing_is_said_of_before_where_there_was_nothing(client: Client, published) -> None:
    page = page_of(client, published)
    assert "Before that" not in page
    assert heads_of(page) == []


def test_what_it_said_before_is_told_and_leads_there(client: Client, published: Claim) -> None:
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    page = page_of(client, published)
    assert "Before that: Confirmed, on" in words(page)
    (link,) = re.findall(r'href="([^"]+)">See the page of then', page)
    then = client.get(link.replace("&amp;", "&"), follow=True)
    assert "Confirmed Since" in words(then.content.decode())


def test_a_verdict_given_anew_does_not_shorten_how_long_its_status_held(client, published) -> None:
    factories.give_verdict(published)
    assert "Before that" not in page_of(client, published)


def test_before_is_told_in_the_time_of_the_world_where_verdicts_took_effect_there(
    client: Client, claim: Claim, importer: User
) -> None:
    for status, day in (
        (VerificationStatus.UNCONFIRMED, date(2024, 11, 5)),
        (VerificationStatus.DISPUTED, date(2025, 4, 29)),
    ):
        draft = VerdictDraft(status=status, rationale="So they said.")
        workflow.import_verdict(
            claim, draft, effective_on=day, origin="The Old Register", by=importer
        )
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    page = page_of(client, claim)
    told = "Before that: Unconfirmed, in effect from 5 November 2024 to 29 April 2025"
    assert told in words(page)
    assert "In effect since 29 April 2025 , in this register since" in words(page)
    assert f'href="{path_of(claim)}?effective_as_of=2024-11-05"' in page
    assert "The claim’s life on both clocks" in page


def test_an_earlier_verdict_of_the_world_names_none_before_it(
    client: Client, claim: Claim, importer: User
) -> None:
    draft = VerdictDraft(status=VerificationStatus.DISPUTED, rationale="So they said.")
    workflow.import_verdict(
        claim, draft, effective_on=date(2024, 11, 5), origin="Elsewhere", by=importer
    )
    factories.give_verdict(claim)
    page = html(client, f"{path_of(claim)}?effective_as_of=2024-11-06")
    assert "Before that" not in page


def test_who_asserts_and_who_denies_is_seen_at_a_glance(client: Client, editor: User) -> None:
    article = factories.ArticleFactory(
        text="The mayor said the bridge is safe. The engineer denied that it is safe."
    )
    said = factories.appearance_draft(
        article, "the bridge is safe", speaker=factories.ClaimantFactory(name="Ada Mayor")
    )
    claim = factories.published_claim(appearance=said)
    assert 'class="chorus"' not in page_of(client, claim)
    denied = factories.appearance_draft(
        article,
        "denied that it is safe",
        speaker=factories.ClaimantFactory(name="Max Engineer"),
        position=Position.DENIES,
        cue="denied",
        cue_class=CueClass.DENIAL,
    )
    row = workflow.add_appearance(claim, denied, by=editor)
    page = page_of(client, claim)
    (chorus,) = re.findall(r'<dl class="chorus">(.*?)</dl>', page, re.DOTALL)
    assert words(chorus) == "Who asserts it Ada Mayor Who denies it Max Engineer"
    assert f'href="#entry-{row.entry.number}"' in chorus
    assert "Max Engineer denies it" in words(page)
    workflow.withdraw_appearance(row, reason="Another bridge.", by=editor)
    (chorus,) = re.findall(r'<dl class="chorus">(.*?)</dl>', page_of(client, claim), re.DOTALL)
    assert words(chorus) == "Who asserts it Ada Mayor"


def test_where_it_was_stated_is_the_first_place_that_stands_and_asserts(
    client: Client, editor: User
) -> None:
    article = factories.ArticleFactory(title="A denial", text="He denied that it is safe.")
    denied = factories.appearance_draft(article, "it is safe", position=Position.DENIES)
    claim = factories.published_claim(appearance=denied, said_on=date(2024, 5, 6))
    head = re.compile(r'<p class="claim__stated">(.*?)</p>', re.DOTALL)
    told = words(head.findall(page_of(client, claim))[0])
    assert told == "Stated on 6 May 2024 , reported in A denial"
    other = factories.ArticleFactory(title="A speech", text="She said it is safe.")
    workflow.add_appearance(claim, factories.appearance_draft(other, "it is safe"), by=editor)
    assert "reported in A speech" in words(head.findall(page_of(client, claim))[0])


def test_the_page_says_how_many_origins_the_verdict_rests_on(client: Client, editor: User) -> None:
    claim = factories.ClaimFactory(by=editor)
    first = factories.EvidenceFactory(claim=claim, by=editor)
    factories.EvidenceFactory(claim=claim, same_origin_as=first, by=editor)
    factories.EvidenceFactory(claim=claim, by=editor)
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    told = words(page_of(client, claim))
    assert "The verdict rests on 3 of these pieces, from 2 origins." in told
    apart = words(page_of(client, factories.published_claim()))
    assert "rests on 2 of these pieces, none of which comes from the same origin" in apart
    alone = factories.published_claim(VerificationStatus.DISPUTED)
    assert "The verdict rests on one of these pieces." in words(page_of(client, alone))


def test_a_side_without_evidence_says_so(client: Client, published: Claim) -> None:
    page = words(page_of(client, published))
    assert "No evidence against the claim has been recorded." in page
    assert "No evidence for the claim" not in page
    factories.EvidenceFactory(claim=published, stance=Stance.REFUTES)
    assert "No evidence against" not in page_of(client, published)


def test_how_we_checked_says_that_two_people_agreed_and_who(client: Client) -> None:
    claim = factories.published_claim()
    verdict = document(claim)["verdict"]
    page = words(page_of(client, claim))
    told = f"{verdict['proposed_by']} proposed it, {verdict['approved_by']} approved it on"
    assert f"Two people agreed on this verdict: {told}" in page
    assert "Why this verdict First verdict" in page
    assert "It rests on no. 2 , no. 3" in page


def test_an_imported_verdict_does_not_say_that_two_people_agreed(
    client: Client, claim: Claim, importer: User
) -> None:
    draft = VerdictDraft(status=VerificationStatus.DISPUTED, rationale="So they said.")
    workflow.import_verdict(
        claim, draft, effective_on=date(2024, 11, 5), origin="Elsewhere", by=importer
    )
    page = page_of(client, claim)
    assert "Two people agreed" not in page
    assert "Nobody here has checked it again." in words(page)
    assert heads_of(page) == ["This verdict was imported"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"outcome": ContactOutcome.ASKED}, "Asked on 6 May 2024 by e-mail : no answer yet."),
        ({"outcome": ContactOutcome.NO_ANSWER}, "Asked on 6 May 2024 by e-mail : no answer came."),
        (
            {"outcome": ContactOutcome.UNREACHABLE},
            "Asked on 6 May 2024 by e-mail : could not be reached.",
        ),
        (
            {
                "outcome": ContactOutcome.ANSWERED,
                "answered_on": date(2024, 5, 7),
                "answer": "It is so & so.",
            },
            "Asked on 6 May 2024 by e-mail : answered on 7 May 2024 . It is so &amp; so.",
        ),
    ],
)
def test_the_claimants_reply_stands_under_its_own_heading(
    client: Client, editor: User, fields: dict[str, Any], told: str
) -> None:
    published = factories.published_claim(claimant=factories.ClaimantFactory())
    assert "The claimant’s reply" not in page_of(client, published)
    workflow.record_contact(
        published, ContactDraft(asked_on=date(2024, 5, 6), channel="e-mail", **fields), by=editor
    )
    page = page_of(client, published)
    assert '<h2 class="section-head" id="reply">' in page
    assert told in words(page)


def test_a_merged_duplicate_removed_text_and_a_review_each_have_their_notice(
    client: Client, published: Claim, editor: User, second_editor: User
) -> None:
    duplicate = factories.published_claim()
    workflow.merge_claims(duplicate, into=published, reason="The same.", by=editor)
    asked = workflow.propose_redaction(
        published.evidence.all()[0].entry,
        fields=["evidence.title"],
        reason=RedactionReason.COPYRIGHT,
        by=editor,
    )
    workflow.redact_text(asked, by=second_editor)
    workflow.open_review(published, reason=ReviewReason.NEW_EVIDENCE, note="Secret.", by=editor)
    page = page_of(client, published)
    assert heads_of(page) == [HEADS[5], HEADS[7], HEADS[8]]
    number = document(published)["head"]["number"]
    assert f'<a href="#history-{number}">Entry {number}</a>' in page
    assert "Secret" not in page
    then = html(client, f"{path_of(published)}?as_of={said_at(published, number)}")
    assert heads_of(then) == [HEADS[7], HEADS[8]]


def test_each_line_since_the_first_verdict_leads_to_the_page_of_then(
    client: Client, published: Claim, editor: User
) -> None:
    factories.EvidenceFactory(claim=published, by=editor)
    history = document(published)["history"]
    first = next(entry["number"] for entry in history if entry["act"] == "verdict_given")
    found = re.findall(r'href="([^"]+)">Page as of entry (\d+)', page_of(client, published))
    assert [int(number) for _, number in found] == [first, first + 1]
    pages = [client.get(link.replace("&amp;", "&"), follow=True) for link, _ in found]
    assert [page.status_code for page in pages] == [200, 200]
    counts = [page.content.decode().count('id="history-') for page in pages]
    assert counts == [first, first + 1]
