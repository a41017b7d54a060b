"""The page of one claim as it stands."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from claims import addresses, workflow
from claims.models import Claim
from claims.vocabulary import (
    CueClass,
    EvidenceKind,
    Position,
    Precision,
    RedactionReason,
    Stance,
    VerificationStatus,
)
from claims.workflow import EvidenceDraft, VerdictDraft
from tests import factories
from tests.public import lives
from tests.public.pages import Elements, document, html, path_of, words

pytestmark = pytest.mark.django_db


def page_of(client: Client, claim: Claim) -> str:
    return html(client, path_of(claim))


def test_the_heading_is_the_claim_in_quotation_marks_with_its_claimant(client: Client) -> None:
    speaker = factories.ClaimantFactory(name="Ada Speaker", role="mayor")
    claim = factories.published_claim(
        wording="The bridge is safe.",
        claimant=speaker,
        said_on=date(2024, 11, 1),
        said_on_precision=Precision.MONTH,
    )
    page = page_of(client, claim)
    heading = re.search(r"<h1.*?</h1>", page, re.DOTALL)
    assert heading
    assert words(heading[0]) == "“The bridge is safe.” Ada Speaker , mayor"
    assert "</h1> Stated in November 2024 </p>" in " ".join(
        re.sub(r"<p[^>]*>|</?time[^>]*>", "", page).split()
    )
    assert page.count("<h1") == 1


def test_a_claim_without_a_claimant_says_so(client: Client, published: Claim) -> None:
    assert "Claimant not known" in page_of(client, published)


@pytest.mark.parametrize("status", list(VerificationStatus))
def test_the_status_stands_in_words_with_its_meaning(
    client: Client, status: VerificationStatus
) -> None:
    page = page_of(client, factories.published_claim(status))
    assert f'href="/statuses/#{status}"' in page
    page = words(page)
    assert f"{status.label} Since" in page
    meaning = {
        "confirmed": "Independent evidence supports",
        "unconfirmed": "Nobody has shown",
        "disputed": "There is evidence against",
    }
    assert meaning[status] in page


def test_the_short_version_tells_what_is_known_not_known_and_would_settle_it(client) -> None:
    claim = factories.ClaimFactory()
    factories.give_verdict(
        claim,
        VerificationStatus.UNCONFIRMED,
        rationale="It *may* be.",
        known="The plan.",
        not_known="The date.",
        would_settle="The file.",
    )
    page = page_of(client, claim)
    assert "<p>It <em>may</em> be.</p>" in page
    for title, text in (
        ("What is known", "The plan."),
        ("What is not known", "The date."),
        ("What would settle it", "The file."),
    ):
        assert f"{title} {text}" in words(page)


def test_who_said_it_is_told_with_position_cue_and_quote(client: Client) -> None:
    article = factories.ArticleFactory(
        text="The agency wrote that he was unable to confirm them on Monday, it said.",
        url="https://news.example/a-b#top",
    )
    draft = factories.appearance_draft(
        article,
        "unable to confirm them",
        position=Position.CANNOT_CONFIRM,
        cue="was unable to confirm",
        cue_class=CueClass.NON_CONFIRMATION,
        speaker=factories.ClaimantFactory(name="Max Speaker"),
        inferred=True,
    )
    page = page_of(client, factories.published_claim(appearance=draft))
    assert "Max Speaker cannot confirm it Speaker inferred by us" in words(page)
    cue = "was unable to confirm – neither a confirmation nor a denial"
    assert f"How the article puts it: {cue}" in words(page)
    assert '<strong class="quote__exact">unable to confirm them</strong>' in page
    assert f'href="/articles/{article.public_id}/' in page
    links = [attributes.get("href") or "" for tag, attributes in Elements.of(page) if tag == "a"]
    at_source = [link for link in links if link.startswith("https://news.example/")]
    assert at_source == [
        "https://news.example/a-b#:~:text="
        "The%20agency%20wrote%20that%20he%20was-,unable%20to%20confirm%20them,-on%20Monday%2C%20it%20said."
    ]


def test_a_speaker_the_article_leaves_out_stays_out(client: Client) -> None:
    article = factories.ArticleFactory()
    draft = factories.appearance_draft(article, "Work goes on")
    page = page_of(client, factories.published_claim(appearance=draft))
    assert "Somebody whom the article does not name asserts it" in words(page)


def test_evidence_is_grouped_by_stance_and_numbered_by_its_entry(client: Client, editor) -> None:
    claim = factories.ClaimFactory(by=editor)
    for stance in (Stance.CONTEXT, Stance.REFUTES, Stance.SUPPORTS):
        factories.EvidenceFactory(claim=claim, stance=stance, title=f"It {stance}", by=editor)
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    page = page_of(client, claim)
    groups = re.findall(r'group-head" id="evidence-(\w+)"', page)
    assert groups == ["supports", "refutes", "context"]
    for number, title in ((2, "It context"), (3, "It refutes"), (4, "It supports")):
        piece = page.index(f'id="entry-{number}"')
        assert piece < page.index(title, piece) < piece + 600


def test_evidence_names_kind_primacy_publisher_date_and_excerpt(client: Client, editor) -> None:
    claim = factories.ClaimFactory(by=editor)
    draft = EvidenceDraft(
        stance=Stance.SUPPORTS,
        kind=EvidenceKind.DATA,
        url="https://www.source.example/a?b=1&c=2",
        title="The table",
        publisher_name="The Office",
        published_on=date(2024, 5, 6),
        excerpt="Row seven.",
        note="See **row** seven.",
        primary=True,
    )
    first = workflow.add_evidence(claim, draft, by=editor)
    factories.EvidenceFactory(claim=claim, same_origin_as=first, by=editor)
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    page = page_of(client, claim)
    assert "Data · primary source · The Office · 6 May 2024 · source.example" in words(page)
    assert "<blockquote" in page
    assert "Row seven." in page
    assert "See <strong>row</strong> seven." in page
    assert "shares its origin with no. 3 · no. 2, recorded" in words(page)
    assert "shares its origin with no. 2 · no. 3, recorded" in words(page)
    assert 'origin with <a href="#entry-2">no. 2</a>' in " ".join(page.split())
    link = '<a href="https://www.source.example/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
    assert link in page


def test_evidence_says_whether_the_verdict_rests_on_it(client: Client, published, editor) -> None:
    factories.EvidenceFactory(claim=published, by=editor)
    page = words(page_of(client, published))
    assert page.count("The verdict rests on this") == 2
    assert page.count("Came after the verdict") == 1


def test_withdrawn_evidence_stays_struck_out_with_the_reason(client, published, editor) -> None:
    piece = published.evidence.first()
    workflow.withdraw_evidence(piece, reason="It was a hoax.", by=editor)
    page = page_of(client, published)
    assert "It was a hoax." in page
    assert f'<s><a href="{piece.url}"' in page


def test_a_verdict_on_an_earlier_wording_says_so(client: Client, published, editor) -> None:
    before = published.wording
    workflow.reword_claim(published, wording="It is quite safe.", reason="Clearer.", by=editor)
    page = words(page_of(client, published))
    assert "This verdict was given on an earlier wording" in page
    assert f"It was given on: {before}" in page


def test_an_imported_verdict_names_its_origin_and_day(client: Client, claim, importer) -> None:
    workflow.import_verdict(
        claim,
        VerdictDraft(status=VerificationStatus.DISPUTED, rationale="They said so."),
        effective_on=date(2024, 11, 5),
        origin="The Old Register",
        by=importer,
    )
    page = words(page_of(client, claim))
    assert "This verdict was imported" in page
    assert "The Old Register" in page
    assert "There it took effect on 5 November 2024" in page
    assert "In effect since 5 November 2024 , in this register since" in page


def test_a_withdrawn_verdict_says_so_and_why(client: Client, published, editor) -> None:
    workflow.void_verdict(published, reason="We misread the table.", by=editor)
    page = words(page_of(client, published))
    assert "The verdict was withdrawn" in page
    assert "We misread the table." in page
    assert "Withdrawn Since" in page
    assert "No verdict is in force" in page


def test_a_correction_says_what_it_changed(client: Client, published, editor) -> None:
    workflow.void_verdict(published, reason="We misread the table.", by=editor)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    page = words(page_of(client, published))
    assert "The status was changed from Withdrawn to Unconfirmed" in page


def test_the_history_lists_every_act_with_both_clocks(client: Client, claim, importer) -> None:
    workflow.import_verdict(
        claim,
        VerdictDraft(status=VerificationStatus.DISPUTED, rationale="They said so."),
        effective_on=date(2024, 11, 5),
        origin="The Old Register",
        by=importer,
    )
    page = page_of(client, claim)
    entries = document(claim)["history"]
    assert re.findall(r'id="history-(\d+)"', page) == [str(e["number"]) for e in entries]
    assert 'Took effect <time datetime="2024-11-05">5 November 2024</time>' in page
    assert page.count("Recorded <time") >= len(entries)


def test_each_verdict_act_links_to_the_page_as_it_stood_then(client: Client) -> None:
    claim = lives.long_life()
    link = addresses.claim_memento(claim.public_id, lives.CONFIRMED)
    assert f'href="{link}"' in page_of(client, claim)
    assert f'href="/de{link}"' in html(client, f"/de{path_of(claim)}")
    assert "Confirmed Since" in words(html(client, link))


def test_the_timeline_is_drawn_and_told(client, published, editor) -> None:
    page = page_of(client, published)
    assert 'role="img" aria-labelledby="timeline-title timeline-text"' in page
    assert "The claim’s life in this register" in page
    assert "(taken back)" not in page
    workflow.void_verdict(published, reason="We misread the table.", by=editor)
    assert "Confirmed (taken back)" in words(page_of(client, published))


def test_a_redacted_value_leaves_a_note_of_when_and_why(
    client, published, editor, second_editor
) -> None:
    piece = published.evidence.select_related("entry").first()
    request = workflow.propose_redaction(
        piece.entry, fields=["evidence.title"], reason=RedactionReason.COURT_ORDER, by=editor
    )
    title = piece.title
    workflow.redact_text(request, by=second_editor)
    page = page_of(client, published)
    assert title not in page
    assert "[title removed on" in words(page)
    assert ": Court order]" in words(page)
    assert "Text was removed" in page


def test_another_desks_rating_stands_in_quotation_marks(client, published, editor) -> None:
    factories.EvidenceFactory(claim=published, rating="Mostly so & so", by=editor)
    assert 'Their rating: <q dir="auto">Mostly so &amp; so</q>' in page_of(client, published)


def test_a_place_that_was_withdrawn_stays_with_the_reason(client, published, editor) -> None:
    article = factories.ArticleFactory(text="She said the bridge is safe.")
    found = factories.appearance_draft(article, "the bridge is safe")
    row = workflow.add_appearance(published, found, by=editor)
    workflow.withdraw_appearance(row, reason="Another bridge.", by=editor)
    page = page_of(client, published)
    number = row.entry.number
    assert f'<div class="saying saying--withdrawn" id="entry-{number}">' in page
    assert re.search(r"Withdrawn on [^:]+: Another bridge\.", words(page))
    told = page.partition(f'id="history-{number + 1}"')[2].partition("</li>")[0]
    assert "A place where it was said was withdrawn" in words(told)
    assert f'href="#entry-{number}"' in told


@pytest.mark.parametrize("rows", [1, 20])
def test_the_claim_page_costs_two_queries(client, editor, django_assert_num_queries, rows) -> None:
    claim = factories.ClaimFactory(by=editor)
    for _ in range(rows):
        factories.EvidenceFactory(claim=claim, by=editor)
    factories.give_verdict(claim)
    path = path_of(claim)
    # the claim with its stored document and, had it been merged, the survivor; the related claims
    with django_assert_num_queries(2):
        html(client, path)
