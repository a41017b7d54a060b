"""Eight writers at once, each on a connection of its own: no errors, no gaps, no forks, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import TypeVar

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection

from claims import workflow
from claims.history import triggers
from claims.models import NO_HASH, Article, Claim, Claimant, Publisher, User, Verdict
from claims.vocabulary import (
    ClaimantKind,
    EvidenceKind,
    PublisherKind,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import ArticleDraft, EvidenceDraft, RuleBroken, VerdictDraft
from claims.workflow.checking import check_register
from tests import factories

pytestmark = pytest.mark.usefixtures("committing_database")
WRITERS, ACTS = 8, 50
Result = TypeVar("Result")


def at_once(work: Callable[[int], Result]) -> list[Result]:
    """Run `work` in eight threads that start together, each on a connection of its own."""
    start = Barrier(WRITERS)

    def one(writer: int) -> Result:
        start.wait()
        try:
            return work(writer)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def add(claim: Claim, number: int, by: User) -> None:
    """Add one piece of evidence."""
    draft = EvidenceDraft(
        stance=Stance.CONTEXT, kind=EvidenceKind.OTHER, url=f"https://s{number}.example/"
    )
    workflow.add_evidence(Claim.objects.get(pk=claim.pk), draft, by=by)


def assert_unbroken(claim: Claim, length: int) -> None:
    """Check that the history of `claim` has `length` entries in one chain, each later than the last."""
    entries = list(claim.entries.in_order())
    assert [entry.number for entry in entries] == list(range(1, length + 1))
    assert bytes(entries[0].prev_hash) == NO_HASH
    for before, after in pairwise(entries):
        assert bytes(after.prev_hash) == bytes(before.leaf_hash)
        assert after.recorded_at > before.recorded_at
    claim.refresh_from_db()
    assert claim.head_number == length
    assert list(check_register()) == []


def test_fifty_acts_on_one_claim_are_one_chain() -> None:
    claim, by = factories.published_claim(), factories.person(Role.REVIEWER)
    claim.refresh_from_db()
    before = claim.head_number

    def work(writer: int) -> None:
        for number in range(writer, ACTS, WRITERS):
            add(claim, number, by)

    at_once(work)
    assert_unbroken(claim, before + ACTS)


def test_acts_on_different_claims_do_not_mix() -> None:
    claims, by = [factories.ClaimFactory() for _ in range(WRITERS)], factories.person(Role.REVIEWER)

    def work(writer: int) -> None:
        for number in range(6):
            add(claims[writer], number, by)

    at_once(work)
    for claim in claims:
        assert_unbroken(claim, 7)


def test_new_claims_are_recorded_side_by_side() -> None:
    by = factories.person(Role.CONTRIBUTOR)

    def work(writer: int) -> Claim:
        draft = workflow.ClaimDraft(wording=f"Bridge {writer} is safe.")
        return workflow.record_claim(draft, by=by)

    assert len({claim.pk for claim in at_once(work)}) == WRITERS
    assert list(check_register()) == []


def outcome(act: Callable[[], object]) -> str:
    """Return "done", or the name of the refusal."""
    try:
        act()
    except (RuleBroken, PermissionDenied) as refusal:
        return type(refusal).__name__
    return "done"


def test_of_eight_approvals_one_publishes() -> None:
    claim = factories.ClaimFactory()
    proposer = factories.person(Role.REVIEWER)
    review = factories.proposed_review(claim, VerificationStatus.DISPUTED, proposer=proposer)
    approvers = [factories.person(Role.REVIEWER) for _ in range(WRITERS)]

    def work(writer: int) -> str:
        mine = type(review).objects.get(pk=review.pk)
        return outcome(lambda: workflow.approve_verdict(mine, by=approvers[writer]))

    assert sorted(at_once(work)) == ["RuleBroken"] * (WRITERS - 1) + ["done"]
    assert Verdict.objects.count() == 1
    assert list(check_register()) == []


def test_of_eight_reviews_one_is_opened() -> None:
    claim, by = factories.ClaimFactory(), factories.person(Role.REVIEWER)

    def work(writer: int) -> str:
        mine = Claim.objects.get(pk=claim.pk)
        return outcome(lambda: workflow.open_review(mine, reason=ReviewReason.NEW_CLAIM, by=by))

    assert sorted(at_once(work)) == ["RuleBroken"] * (WRITERS - 1) + ["done"]


def test_of_eight_withdrawals_one_is_recorded() -> None:
    evidence, by = factories.EvidenceFactory(), factories.person(Role.REVIEWER)

    def work(writer: int) -> str:
        mine = type(evidence).objects.get(pk=evidence.pk)
        return outcome(lambda: workflow.withdraw_evidence(mine, reason="r", by=by))

    assert sorted(at_once(work)) == ["RuleBroken"] * (WRITERS - 1) + ["done"]
    assert_unbroken(evidence.claim, 3)


def test_claims_merged_into_each_other_do_not_wait_for_each_other_for_ever() -> None:
    one, two = factories.ClaimFactory(), factories.ClaimFactory()
    editor = factories.person(Role.EDITOR)

    def work(writer: int) -> str:
        first, second = (one, two) if writer % 2 else (two, one)
        ending, lasting = (Claim.objects.get(pk=claim.pk) for claim in (first, second))
        return outcome(lambda: workflow.merge_claims(ending, into=lasting, reason="r", by=editor))

    assert sorted(at_once(work)) == ["RuleBroken"] * (WRITERS - 1) + ["done"]
    assert list(check_register()) == []


def test_the_same_text_is_frozen_once() -> None:
    by = factories.person(Role.CONTRIBUTOR)
    draft = ArticleDraft(title="T", text="The same text.", original=b"The same text.")

    def work(writer: int) -> tuple[int, bool]:
        recorded = workflow.record_article(draft, by=by)
        return recorded.article.pk, recorded.created

    results = at_once(work)
    assert Article.objects.count() == 1
    assert {pk for pk, _ in results} == {Article.objects.get().pk}
    assert sum(created for _, created in results) == 1


def test_texts_of_one_address_are_all_kept() -> None:
    by = factories.person(Role.CONTRIBUTOR)

    def work(writer: int) -> Article:
        text = f"Version {writer}."
        url = "https://gazette.example/bridge"
        draft = ArticleDraft(title="T", text=text, original=text.encode(), url=url)
        return workflow.record_article(draft, by=by).article

    assert len({article.pk for article in at_once(work)}) == WRITERS
    assert_one_after_the_other()


def assert_one_after_the_other() -> None:
    """Check that of the eight texts all but the first replace another, each a different one."""
    replaced = [article.replaces_id for article in Article.objects.order_by("pk")]
    assert len(replaced) == WRITERS
    assert replaced[0] is None
    assert None not in replaced[1:]
    assert len(set(replaced)) == WRITERS


def test_texts_that_share_one_of_two_addresses_wait_for_each_other() -> None:
    by, page = factories.person(Role.CONTRIBUTOR), "https://gazette.example/bridge"

    def work(writer: int) -> Article:
        text = f"Version {writer}."
        url, canonical = (page, "") if writer % 2 else (f"{page}?from={writer}", page)
        draft = ArticleDraft(
            title="T", text=text, original=text.encode(), url=url, canonical_url=canonical
        )
        return workflow.record_article(draft, by=by).article

    at_once(work)
    assert_one_after_the_other()


def test_a_name_erased_from_eight_claims_at_once_is_gone_from_the_claimant_too() -> None:
    who = factories.ClaimantFactory(name="Ada Berg", role="Mayor")
    editor, other = factories.person(Role.EDITOR), factories.person(Role.EDITOR)
    requests = [
        workflow.propose_redaction(
            factories.ClaimFactory(claimant=who).entries.get(),
            fields=["wording.claimant_name"],
            reason=RedactionReason.DATA_PROTECTION,
            by=editor,
        )
        for _ in range(WRITERS)
    ]
    at_once(lambda writer: workflow.redact_text(requests[writer], by=other))
    who.refresh_from_db()
    assert (who.name, who.role) == (f"[redacted] {who.public_id}", "")
    assert list(check_register()) == []


def test_the_same_parties_are_recorded_once() -> None:
    by = factories.person(Role.CONTRIBUTOR)

    def work(writer: int) -> tuple[int, int]:
        claimant = workflow.record_claimant(name="Ada Berg", kind=ClaimantKind.PERSON, by=by)
        publisher = workflow.record_publisher(
            name="Gazette", domain="gazette.example", kind=PublisherKind.NEWSPAPER, by=by
        )
        return claimant.pk, publisher.pk

    assert len(set(at_once(work))) == 1
    assert Claimant.objects.count() == Publisher.objects.count() == 1


def test_a_publisher_without_a_domain_is_recorded_once() -> None:
    by, names = factories.person(Role.CONTRIBUTOR), ["Ministry of Works", "MINISTRY OF WORKS"]

    def work(writer: int) -> int:
        return workflow.record_publisher(name=names[writer % 2], by=by).pk

    assert len(set(at_once(work))) == Publisher.objects.count() == 1


def test_of_eight_claims_in_the_same_words_from_one_quote_one_is_recorded() -> None:
    article, by = factories.ArticleFactory(), factories.person(Role.CONTRIBUTOR)
    draft = workflow.ClaimDraft(wording="The bridge is safe.")
    found = factories.appearance_draft(article, article.text[:20])

    def work(writer: int) -> str:
        return outcome(lambda: workflow.record_claim(draft, appearance=found, by=by))

    assert sorted(at_once(work)) == ["RuleBroken"] * (WRITERS - 1) + ["done"]
    assert Claim.objects.count() == 1


def test_a_refused_act_leaves_the_lock_to_the_next() -> None:
    claim, by = factories.ClaimFactory(), factories.person(Role.REVIEWER)
    unfounded = VerdictDraft(status=VerificationStatus.CONFIRMED, rationale="r")
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=by)

    def work(writer: int) -> str:
        if writer % 2:
            return outcome(lambda: add(claim, writer, by))
        mine = type(review).objects.get(pk=review.pk)
        return outcome(lambda: workflow.propose_verdict(mine, unfounded, by=by))

    assert sorted(at_once(work)) == ["RuleBroken"] * 4 + ["done"] * 4
    assert_unbroken(claim, 5)


def test_the_next_test_finds_guards_roles_and_an_empty_register() -> None:
    assert triggers.missing(connection) == []
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
    assert Group.objects.get(name=Role.EDITOR).permissions.filter(codename="redact_text").exists()
    assert not Claim.objects.exists()
