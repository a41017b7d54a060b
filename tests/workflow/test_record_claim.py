"""record_claim: a claim is born with its first entry, unpublished."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from claims import documents
from claims.models import Appearance, Claim, User, Wording
from claims.vocabulary import Act, ClaimKind, CueClass, Position, Precision
from claims.workflow import AppearanceDraft, ClaimDraft, add_appearance, record_claim
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns

WORDING = "The Old Bridge is safe."


def test_the_first_entry_holds_the_wording(contributor: User) -> None:
    claimant = factories.ClaimantFactory(name="Ada Berg", role="Mayor")
    claim = record_claim(
        ClaimDraft(
            wording=f"  {WORDING} ",
            kind=ClaimKind.FIGURE,
            claimant=claimant,
            said_on=date(2024, 5, 1),
            said_on_precision=Precision.MONTH,
        ),
        by=contributor,
    )
    wording, entry = Wording.objects.get(), last_entry(claim)
    assert (entry.number, entry.act, entry.by) == (1, Act.CLAIM_RECORDED, contributor)
    assert bytes(entry.prev_hash) == bytes(32)
    assert wording.entry == entry
    assert (wording.version, wording.text) == (1, WORDING)
    assert (wording.claimant_name, wording.claimant_role) == ("Ada Berg", "Mayor")
    assert (wording.said_on, wording.said_on_precision) == (date(2024, 5, 1), Precision.MONTH)


def test_the_claim_is_cached_fresh_and_unpublished(contributor: User) -> None:
    claim = record_claim(ClaimDraft(wording=WORDING), by=contributor)
    assert stale_columns(claim) == []
    assert (claim.wording, claim.status, claim.published_at) == (WORDING, None, None)
    assert documents.current(claim) is None


def test_a_claim_may_be_recorded_with_the_place_it_was_found(contributor: User) -> None:
    article = factories.ArticleFactory(text="The mayor said: “The Old Bridge is safe.”")
    speaker = factories.ClaimantFactory()
    draft = AppearanceDraft(
        article=article,
        exact="The Old Bridge is safe.",
        position=Position.ASSERTS,
        cue="said",
        cue_class=CueClass.NEUTRAL,
        speaker=speaker,
        direct=True,
    )
    claim = record_claim(ClaimDraft(wording=WORDING), by=contributor, appearance=draft)
    found = Appearance.objects.get()
    assert claim.head_number == 1
    assert found.entry == last_entry(claim)
    assert article.text[found.start : found.end] == found.exact == "The Old Bridge is safe."
    assert (found.prefix, found.suffix) == ("The mayor said: “", "”")
    assert (found.speaker, found.speaker_name) == (speaker, speaker.name)
    assert found.article_sha256 == article.sha256


def test_nobody_known_to_have_said_it_stays_nobody(contributor: User) -> None:
    record_claim(ClaimDraft(wording=WORDING), by=contributor)
    wording = Wording.objects.get()
    assert (wording.claimant, wording.claimant_name, wording.claimant_role) == (None, None, None)


NEXT_WEEK = datetime.now(UTC).date() + timedelta(days=7)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"wording": " \n "}, "wording", "may not be empty"),
        ({"wording": "\u200b\u2060\ufeff"}, "wording", "may not be empty"),
        ({"wording": "x" * 1001}, "wording", "1,001 characters; at most 1,000"),
        ({"wording": "nul\0"}, "wording", "U+0000"),
        ({"wording": "lone \ud800"}, "wording", "U+D800"),
        ({"wording": "no character \uffff"}, "wording", "U+FFFF"),
        ({"wording": None}, "wording", "must be text"),
        ({"kind": "rumour"}, "kind", "is none of"),
        ({"said_on": NEXT_WEEK}, "said_on", "in the future"),
        ({"said_on_precision": "hour"}, "said_on", "is none of"),
        ({"language": ""}, "language", "may not be empty"),
        ({"language": "English"}, "language", "not a language tag"),
        ({"language": "en_US"}, "language", "not a language tag"),
        ({"language": "x" * 21}, "language", "at most 20"),
    ],
)
def test_bad_input_is_refused(contributor: User, fields: Any, field: str, match: str) -> None:
    with refused(match, field=field):
        record_claim(ClaimDraft(**{"wording": WORDING, **fields}), by=contributor)


def test_a_quote_that_is_not_in_the_article_brings_no_claim(contributor: User) -> None:
    article = factories.ArticleFactory()
    with refused("are not in the article", field="exact"):
        record_claim(
            ClaimDraft(wording=WORDING),
            by=contributor,
            appearance=AppearanceDraft(article=article, exact="Nobody said this."),
        )


def test_the_same_words_from_the_same_quote_are_one_claim(contributor: User) -> None:
    article = factories.ArticleFactory(text="It is safe, he said. It is safe, she said.")
    words = "The old bridge:\nit is safe."

    def record(wording: str, start: int) -> Claim:
        found = AppearanceDraft(article=article, exact="It is safe", start=start, end=start + 10)
        return record_claim(ClaimDraft(wording=wording), appearance=found, by=contributor)

    first = record(words, 0)
    for again in (words, words.replace("\n", "\r\n"), f" {words} "):
        with refused(f"already, as claim {first.public_id}", field="wording"):
            record(again, 0)
    assert record(words, 21) != first  # the same words stand there a second time
    assert record("It is said to be safe.", 0) != first


def test_a_claim_without_a_quote_may_be_recorded_in_the_words_of_another(contributor: User) -> None:
    for _ in range(2):
        record_claim(ClaimDraft(wording=WORDING), by=contributor)
    assert Claim.objects.count() == 2


def test_article_and_place_of_two_appearances_are_not_taken_for_one(contributor: User) -> None:
    article = factories.ArticleFactory(text="It is safe. It is old.")
    other = factories.ArticleFactory(text="It is late. It is old.")
    safe, old, elsewhere = (
        factories.appearance_draft(where, words)
        for where, words in ((article, "safe"), (article, "old"), (other, "old"))
    )
    first = record_claim(ClaimDraft(wording=WORDING), appearance=safe, by=contributor)
    add_appearance(first, elsewhere, by=contributor)
    assert record_claim(ClaimDraft(wording=WORDING), appearance=old, by=contributor) != first


def test_a_wording_is_kept_in_composed_form(contributor: User) -> None:
    claim = record_claim(ClaimDraft(wording="Cafe\u0301 at the bridge."), by=contributor)
    assert Claim.objects.get(pk=claim.pk).wording == "Café at the bridge."
