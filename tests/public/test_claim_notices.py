"""What the claim page says of a verdict before anybody trusts it: evidence beneath it that was withdrawn."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Claim, User
from claims.vocabulary import VerificationStatus
from claims.workflow import VerdictDraft, override_verdict, withdraw_evidence
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db
HEAD = "Evidence for this verdict was withdrawn"


def test_no_notice_while_all_the_evidence_stands(client: Client, published: Claim) -> None:
    assert HEAD not in html(client, path_of(published))


def test_evidence_the_verdict_does_not_rest_on_can_go_without_a_notice(
    client: Client, published: Claim, editor: User
) -> None:
    later = factories.EvidenceFactory(claim=published)
    withdraw_evidence(later, reason="Retracted.", by=editor)
    assert HEAD not in html(client, path_of(published))


def test_the_notice_counts_what_was_withdrawn_and_leads_to_it(
    client: Client, published: Claim, editor: User
) -> None:
    one, other = published.evidence.order_by("pk")
    withdraw_evidence(one, reason="Retracted.", by=editor)
    page = html(client, path_of(published))
    told = "Withdrawn since this verdict was given: 1 of the 2 pieces of evidence that it rests on."
    assert HEAD in page
    assert told in words(page)
    assert f'<a href="#entry-{one.entry.number}">no. {one.entry.number}</a>' in page
    withdraw_evidence(other, reason="Retracted.", by=editor)
    told = "Withdrawn since this verdict was given: 2 of the 2 pieces of evidence that it rests on."
    assert told in words(html(client, path_of(published)))


def test_a_new_verdict_on_what_stands_ends_the_notice(
    client: Client, published: Claim, editor: User
) -> None:
    withdraw_evidence(published.evidence.all()[0], reason="Retracted.", by=editor)
    factories.give_verdict(published)
    assert HEAD not in html(client, path_of(published))


def test_a_verdict_on_one_piece_is_told_in_the_singular(client: Client, editor: User) -> None:
    claim = factories.published_claim(VerificationStatus.DISPUTED)
    withdraw_evidence(claim.evidence.get(), reason="Retracted.", by=editor)
    told = "The one piece of evidence that this verdict rests on has been withdrawn since it was given."
    assert told in words(html(client, path_of(claim)))


def test_a_verdict_by_one_person_says_who_and_why_until_two_have_given_one(
    client: Client, claim: Claim, editor: User
) -> None:
    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="Nobody knows.", would_settle="A record."
    )
    override_verdict(claim, draft, reason="It spreads & spreads.", by=editor)
    page = html(client, path_of(claim))
    told = words(page)
    assert "One person published this verdict" in told
    assert f"{editor.public_name} published this one alone on" in told
    assert "The reason: It spreads &amp; spreads." in told
    assert "A verdict was published by one person" in told
    assert "published by one person" in words(html(client, "/claims/"))
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    assert "One person published this verdict" not in words(html(client, path_of(claim)))
    assert ", published by one person" not in words(html(client, "/claims/"))
