"""The seed stories themselves: each claim ends as it says, and the texts are ours or marked as quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from claims import documents
from claims.management.people import ensure_cast
from claims.management.seeding import load_story, loaded_claim
from claims.management.stories import read_stories
from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    ClaimRelation,
    HistoryEntry,
    ImportRecord,
    Proposal,
    Publisher,
    Review,
    Topic,
    User,
    Verdict,
)
from claims.vocabulary import (
    CHECKABLE_KINDS,
    Act,
    Cause,
    ClaimKind,
    CueClass,
    Licence,
    ReviewState,
    VerificationStatus,
)

SEEDS = Path(settings.BASE_DIR) / "seeds"
STORIES = read_stories(SEEDS)
LONGEST_QUOTE = 12


@pytest.fixture(scope="module")
def stories_loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Both stories, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = ensure_cast()
        for story in STORIES:
            load_story(story, people)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def loaded(stories_loaded: None, db: None) -> None:
    """The stories, for a test whose own writes are rolled back at its end."""


# Nobody was asked, nothing had to be taken back or published by one person alone: to say so would be made up.
NOT_IN_TRUE_STORIES = {
    *(Act.APPEARANCE_WITHDRAWN, Act.CLAIM_DISCARDED, Act.CLAIMANT_CONTACTED),
    *(Act.TEXT_REDACTED, Act.VERDICT_OVERRIDE, Act.VERDICT_VOIDED),
}


def seeded(story: str, key: str) -> Claim:
    claim = loaded_claim(story, key)
    assert claim is not None
    return claim


def row_counts() -> dict[str, int]:
    models = (
        HistoryEntry,
        Claim,
        Article,
        Publisher,
        Claimant,
        Review,
        Proposal,
        ImportRecord,
        User,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_every_claim_ends_as_its_story_says(loaded: None) -> None:
    for story in STORIES:
        for seed in story.claims.values():
            assert seeded(story.name, seed.key).status == seed.expect["status"], seed.key


def test_a_second_load_adds_nothing(loaded: None) -> None:
    before = row_counts()
    people = ensure_cast()
    results = [load_story(story, people) for story in STORIES]
    assert row_counts() == before
    assert [len(each.added) for each in results] == [0, 0]
    assert [len(each.kept) for each in results] == [len(story.claims) for story in STORIES]


def test_every_quote_stands_where_its_appearance_says(loaded: None) -> None:
    appearances = Appearance.objects.select_related("article")
    assert appearances.count() >= 20
    for appearance in appearances:
        span = appearance.article.text[appearance.start : appearance.end]
        assert span == appearance.exact


def test_all_statuses_and_every_turn_of_a_claims_life_are_there(loaded: None) -> None:
    statuses = set(Claim.objects.listed().values_list("status", flat=True))
    assert statuses == set(VerificationStatus.values)
    acts = set(HistoryEntry.objects.values_list("act", flat=True))
    assert acts == set(Act.values) - NOT_IN_TRUE_STORIES
    causes = set(Verdict.objects.values_list("cause", flat=True))
    assert causes >= {
        Cause.FIRST_VERDICT,
        Cause.NEW_EVIDENCE,
        Cause.CORRECTION,
        Cause.RECONFIRMATION,
    }
    assert Proposal.objects.exclude(returned_because="").count() == 1
    hedged = set(Appearance.objects.values_list("cue_class", flat=True))
    assert hedged >= {CueClass.HEDGE, CueClass.NON_CONFIRMATION, CueClass.DENIAL}


def test_the_deployment_verdict_changed_in_the_worlds_time(loaded: None) -> None:
    document = documents.current(seeded("kursk-2024", "deployment"))
    assert document is not None
    verdicts = [
        (entry["effective_on"], entry["status"])
        for entry in document["history"]
        if entry["act"] == Act.VERDICT_IMPORTED
    ]
    assert verdicts == [
        ("2024-11-05", "unconfirmed"),
        ("2025-01-13", "unconfirmed"),
        ("2025-04-29", "confirmed"),
    ]
    assert document["history"][-1]["act"] == Act.VERDICT_GIVEN
    assert document["verdict"]["proposed_by"] != document["verdict"]["approved_by"]


def test_the_reworded_claim_waits_for_a_new_verdict(loaded: None) -> None:
    claim = seeded("kursk-2024", "nato-involved")
    document = documents.current(claim)
    assert document is not None
    assert document["verdict_on_earlier_wording"] is True
    assert claim.reviews.get().state == ReviewState.ASSIGNED


def test_the_speaker_missing_in_the_copy_is_missing_here(loaded: None) -> None:
    assert seeded("kursk-2024", "nato-involved").appearances.get().speaker is None


def test_forecasts_and_opinions_have_no_verdict_and_are_not_public(loaded: None) -> None:
    uncheckable = Claim.objects.exclude(kind__in=CHECKABLE_KINDS)
    assert {claim.kind for claim in uncheckable} == {ClaimKind.FORECAST, ClaimKind.OPINION}
    assert not uncheckable.published().exists()


def test_the_duplicate_leads_to_the_claim_that_stays(loaded: None) -> None:
    duplicate = seeded("kursk-2024", "headline-number")
    assert duplicate.merged_into == seeded("kursk-2024", "ten-thousand")


def test_a_story_shows_how_its_claims_stand_to_one_another(loaded: None) -> None:
    stated = ClaimRelation.objects.readable_with(seeded("kursk-2024", "deployment"))
    assert sorted(one.kind for one in stated) == ["contradicts", "narrower", "narrower"]
    narrower = ClaimRelation.objects.readable_with(seeded("kilogram-2019", "planck-value"))
    assert [one.other for one in narrower] == [seeded("kilogram-2019", "planck-definition")]


def test_every_published_claim_is_filed(loaded: None) -> None:
    filed = Claim.objects.listed().filter(filings__isnull=True)
    assert list(filed) == []
    assert Topic.objects.in_public().count() == Topic.objects.count() == 3


def test_texts_that_are_not_ours_are_marked_quotes_only_and_say_that_they_are_summaries() -> None:
    articles = [article for story in STORIES for article in story.articles.values()]
    borrowed = [article for article in articles if "publisher" in article]
    assert len(borrowed) == 3
    for article in borrowed:
        assert article["licence"] == Licence.QUOTES_ONLY
        assert "(summary by the register)" in article["title"]
        assert "the register's own summary" in article["text"]


def words(text: str) -> list[str]:
    return re.findall(r"[\w,]*\w", text.lower().replace("\u2019", "'"))


def shared_runs(text: str, source: str, length: int) -> list[str]:
    runs = {tuple(words(source)[at : at + length]) for at in range(len(words(source)))}
    found = words(text)
    spans = (tuple(found[at : at + length]) for at in range(len(found) - length + 1))
    return [" ".join(span) for span in spans if span in runs]


def test_a_run_of_shared_words_is_found() -> None:
    source = "It rained “all day”, the mayor\u2019s office said on Friday."
    assert shared_runs("She wrote: the mayor's office said nothing.", source, 5) == [
        "the mayor s office said"
    ]


def test_no_seed_repeats_a_long_passage_of_the_real_article() -> None:
    sources = sorted((Path(settings.BASE_DIR).parent / "shared" / "article").glob("*.txt"))
    if not sources:
        pytest.skip("The real article is not beside this checkout.")
    for source in sources:
        for file in SEEDS.glob("*.yaml"):
            text, original = file.read_text("utf-8"), source.read_text("utf-8")
            assert shared_runs(text, original, LONGEST_QUOTE + 1) == []
