"""A claim's page: everything the record holds, what is missing, and only the buttons that would work."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import RelationKind
from claims.models import Claim, Review, User
from claims.vocabulary import EvidenceKind, ReviewReason, Stance, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, text_of


def page_of(client: Client, claim: Claim):
    return client.get(f"/admin/claims/claim/{claim.pk}/change/")


def missing(response) -> str:
    """Return what the page says is missing."""
    source = response.content.decode().partition('id="missing-heading"')[2].partition("</section>")
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source[0])).split())
    return re.sub(r" ([.,])", r"\1", words)


def steps(response) -> set[str]:
    """Return the verbs the page offers, as the last part of their addresses."""
    here = [link.strip("/").split("/") for link in links_in(response) if link.count("/") == 6]
    return {parts[-1] for parts in here if parts[-1] not in ("change", "history")}


def test_the_page_shows_status_evidence_and_history(
    sign_in: SignIn, contributor: User, published: Claim
) -> None:
    shown = text_of(page_of(sign_in(contributor), published))
    for words in ("Confirmed", "since", "2 independent origins", "Verdict given", "Claim recorded"):
        assert words in shown
    assert bytes(published.head_hash).hex() in shown


def test_withdrawn_evidence_stays_with_its_reason(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    evidence = factories.EvidenceFactory(claim=claim, by=reviewer)
    workflow.withdraw_evidence(evidence, reason="It was a forgery.", by=reviewer)
    shown = text_of(page_of(sign_in(reviewer), claim))
    assert str(evidence) in shown
    assert "It was a forgery." in shown


def test_the_page_says_what_each_status_still_needs(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    client = sign_in(contributor)
    assert "needs standing evidence that refutes" in text_of(page_of(client, claim))
    factories.EvidenceFactory(claim=claim, stance=Stance.REFUTES, by=contributor)
    shown = text_of(page_of(client, claim))
    assert "needs standing evidence that refutes" not in shown
    assert "The evidence carries it." in shown


def test_the_page_names_the_pieces_that_count_as_one(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    client = sign_in(contributor)
    first = factories.EvidenceFactory(claim=claim, by=contributor)
    assert "one more, of another origin than #2" in missing(page_of(client, claim))
    draft = workflow.EvidenceDraft(
        stance=Stance.SUPPORTS,
        kind=EvidenceKind.DOCUMENT,
        source_text="A reprint",
        same_origin_as=first,
    )
    workflow.add_evidence(claim, draft, by=contributor)
    page = page_of(client, claim)
    assert "#2 and #3 share one origin" in missing(page)
    assert {"#evidence-2", "#evidence-3"} <= set(links_in(page))


def test_a_primary_source_may_do_with_a_reason(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    draft = workflow.EvidenceDraft(
        stance=Stance.SUPPORTS, kind=EvidenceKind.DATA, source_text="Readings", primary=True
    )
    workflow.add_evidence(claim, draft, by=contributor)
    shown = missing(page_of(sign_in(contributor), claim))
    assert "Or the reason why #2, a primary source, is enough" in shown


def test_the_status_in_force_is_marked_and_may_lack_something_now(
    sign_in: SignIn, reviewer: User, published: Claim
) -> None:
    client = sign_in(reviewer)
    assert "Confirmed in force Nothing is missing." in missing(page_of(client, published))
    workflow.withdraw_evidence(published.evidence.earliest("pk"), reason="Wrong.", by=reviewer)
    assert "Confirmed in force “Confirmed” needs" in missing(page_of(client, published))


def test_why_no_verdict_is_possible_is_said_where_else_something_would_be_missing(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    forecast = factories.ClaimFactory(kind="forecast", by=editor)
    assert "not checkable" in missing(page_of(sign_in(editor), forecast))
    workflow.merge_claims(claim, into=forecast, reason="The same.", by=editor)
    assert "merged into another" in missing(page_of(sign_in(editor), claim))


@pytest.mark.parametrize(("days", "marked"), [(30, 0), (0, 1)])
def test_the_top_says_when_the_claim_is_looked_at_again(
    sign_in: SignIn, editor: User, published: Claim, days: int, marked: int
) -> None:
    day = timezone.localdate() + timedelta(days=days)
    workflow.set_recheck(published, due_on=day, note="", by=editor)
    page = page_of(sign_in(editor), published)
    assert f"to be looked at again on {day.day}" in " ".join(text_of(page).split())
    assert page.content.decode().count('class="due"') == marked


def test_evidence_stands_for_and_against_with_context_below(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    page = page_of(sign_in(contributor), claim).content.decode()
    assert page.index("For the claim") < page.index("Against the claim")
    assert "side-context" not in page
    factories.EvidenceFactory(claim=claim, stance=Stance.CONTEXT, by=contributor)
    page = page_of(sign_in(contributor), claim).content.decode()
    assert page.index("Against the claim") < page.index('id="side-context"')


def test_a_reworded_claim_says_that_its_verdict_is_on_the_earlier_wording(
    sign_in: SignIn, reviewer: User, published: Claim
) -> None:
    workflow.reword_claim(published, wording="It is quite safe.", reason="Clearer.", by=reviewer)
    assert "The verdict was given on wording 1" in text_of(page_of(sign_in(reviewer), published))


def test_an_imported_verdict_shows_its_origin_and_both_clocks(
    sign_in: SignIn, importer: User, claim: Claim
) -> None:
    draft = workflow.VerdictDraft(status=VerificationStatus.DISPUTED, rationale="No.")

    workflow.import_verdict(
        claim, draft, effective_on=date(2019, 5, 4), origin="Another register", by=importer
    )
    shown = text_of(page_of(sign_in(importer), claim))
    assert "Imported from Another register" in shown
    assert "4 May 2019" in " ".join(shown.split())


def test_a_merged_claim_leads_on_and_offers_nothing(
    sign_in: SignIn, editor: User, claim: Claim
) -> None:
    survivor = factories.ClaimFactory(by=editor)
    workflow.merge_claims(claim, into=survivor, reason="The same.", by=editor)
    page = page_of(sign_in(editor), claim)
    assert f"/admin/claims/claim/{survivor.pk}/change/" in links_in(page)
    assert steps(page) == set()


def test_a_contributor_is_offered_what_contributors_may(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    offered = steps(page_of(sign_in(contributor), claim))
    assert offered == {"add-evidence", "open-review", "declare-conflict", "discard"}


def test_an_editor_is_offered_what_is_possible_now(
    sign_in: SignIn, editor: User, claim: Claim, published: Claim
) -> None:
    page = page_of(sign_in(editor), published)
    possible = {"add-evidence", "open-review", "reword", "merge", "void", "declare-conflict"}
    assert steps(page) == possible | {"override", "recheck", "file", "relate"}


def test_the_proposer_is_not_offered_to_approve(
    sign_in: SignIn, reviewer: User, second_reviewer: User, review: Review
) -> None:
    mine = steps(page_of(sign_in(reviewer), review.claim))
    theirs = steps(page_of(sign_in(second_reviewer), review.claim))
    assert "approve" not in mine
    assert {"approve", "return", "close"} <= theirs


def test_a_review_in_progress_stops_a_second_one_from_being_offered(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    offered = steps(page_of(sign_in(reviewer), claim))
    assert "open-review" not in offered
    assert {"propose", "assign", "close"} <= offered


def test_a_forecast_is_said_to_be_not_checkable(sign_in: SignIn, reviewer: User) -> None:
    claim = factories.ClaimFactory(kind="forecast", by=reviewer)
    page = page_of(sign_in(reviewer), claim)
    assert "not checkable" in text_of(page)
    assert "open-review" not in steps(page)


def test_a_voided_claim_says_so(sign_in: SignIn, editor: User, published: Claim) -> None:
    workflow.void_verdict(published, reason="A mistake.", by=editor)
    page = page_of(sign_in(editor), published)
    assert "Withdrawn" in text_of(page)
    assert "void" not in steps(page)


def test_earlier_verdicts_stay_readable(
    sign_in: SignIn, editor: User, contributor: User, published: Claim
) -> None:
    rationale = published.verdicts.get().rationale
    workflow.void_verdict(published, reason="A mistake.", by=editor)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    shown = " ".join(text_of(page_of(sign_in(contributor), published)).split())
    earlier = shown.partition("Earlier verdicts 1")[2]
    assert "Voided on" in earlier
    assert str(rationale) in earlier
    assert "A mistake." in earlier


def test_people_go_by_the_name_their_acts_bear(
    sign_in: SignIn, reviewer: User, second_reviewer: User, claim: Claim
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    workflow.assign_review(review, to=second_reviewer, by=reviewer)
    client = sign_in(reviewer)
    for url in ("/admin/claims/review/", f"/admin/claims/claim/{claim.pk}/change/"):
        shown = text_of(client.get(url))
        assert second_reviewer.public_name in shown
        assert reviewer.username not in shown.replace(reviewer.public_name, "")


@pytest.mark.parametrize("pk", ["999999", "99999999999999999999999", "abc", "%00"])
def test_a_claim_that_is_not_there_leads_back_to_the_desk(
    sign_in: SignIn, contributor: User, pk: str
) -> None:
    page = sign_in(contributor).get(f"/admin/claims/claim/{pk}/change/", follow=True)
    assert page.redirect_chain[-1][0] == "/admin/"


def test_nobody_without_the_permission_looks_at_a_claim(sign_in: SignIn, claim: Claim) -> None:
    stranger = factories.UserFactory(is_staff=True)
    assert page_of(sign_in(stranger), claim).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_twenty_two_queries(
    sign_in: SignIn, editor: User, claim: Claim, rows: int, django_assert_num_queries
) -> None:
    article = factories.ArticleFactory(text="x" * 40, by=editor)
    for number in range(rows):
        evidence = factories.EvidenceFactory(claim=claim, by=editor, publisher_name="P")
        workflow.withdraw_evidence(evidence, reason="Wrong.", by=editor)
        draft = factories.appearance_draft(article, "x", start=number, end=number + 1)
        workflow.add_appearance(claim, draft, by=editor)
        factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
        other = factories.ClaimFactory(by=editor)
        workflow.relate_claims(claim, other, kind=RelationKind.REPEATS, reason="r", by=editor)
    factories.proposed_review(claim, VerificationStatus.UNCONFIRMED, proposer=editor)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; claim; the replay's six (entries,
    # wordings, appearances, evidence, verdicts, what they rest on); reviews, proposals, notes,
    # erasures, conflicts of interest, links for experts, answers to the checklist, its items, topics (for the
    # page, and for its panel), related claims
    with django_assert_num_queries(22):
        page_of(client, claim)
