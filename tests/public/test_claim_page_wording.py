"""How the claim page words and marks up what it says: languages, kinds of claim, long wordings, erased names."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim
from claims.vocabulary import ClaimKind, CueClass, RedactionReason
from tests import factories
from tests.public.pages import Elements, html, path_of, words

pytestmark = pytest.mark.django_db


def page_of(client: Client, claim: Claim) -> str:
    return html(client, path_of(claim))


@pytest.fixture
def foreign(db) -> Claim:
    """A claim worded in English, found in an article in French."""
    article = factories.ArticleFactory(
        title="Le pont", text="Le maire a dit que le pont tient.", language="fr"
    )
    draft = factories.appearance_draft(
        article, "le pont tient", cue="a dit", cue_class=CueClass.NEUTRAL
    )
    return factories.published_claim(wording="The bridge holds.", appearance=draft)


def test_words_in_another_language_are_marked_as_such(client: Client, foreign: Claim) -> None:
    page = page_of(client, foreign)
    french = [tag for tag, attributes in Elements.of(page) if attributes.get("lang") == "fr"]
    assert french == ["a", "blockquote", "q", "a", "a"]
    assert re.search(r'<bdi lang="en">“The bridge holds.”</bdi>', page)


def test_a_kind_of_claim_cannot_be_taken_for_a_verdict(client: Client) -> None:
    labels = {
        kind: words(re.findall(r'<p class="label">(.*?)</p>', page_of(client, claim))[0])
        for kind in (ClaimKind.FACT, ClaimKind.FIGURE, ClaimKind.QUOTATION)
        for claim in [factories.published_claim(kind=kind)]
    }
    assert labels == {
        ClaimKind.FACT: "Claim of fact",
        ClaimKind.FIGURE: "Claim about a figure",
        ClaimKind.QUOTATION: "Claim about what was said",
    }


@pytest.mark.parametrize(("length", "smaller"), [(160, False), (161, True)])
def test_a_long_wording_is_set_smaller(client: Client, length: int, smaller: bool) -> None:  # noqa: FBT001
    claim = factories.published_claim(wording="x" * length)
    assert ("claim__wording--long" in page_of(client, claim)) is smaller


def test_a_claimant_whose_name_was_erased_is_not_called_unknown(
    client: Client, editor, second_editor
) -> None:
    speaker = factories.ClaimantFactory(name="Ada Speaker")
    claim = factories.published_claim(claimant=speaker)
    request = workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.claimant_name"],
        reason=RedactionReason.DATA_PROTECTION,
        by=editor,
    )
    workflow.redact_text(request, by=second_editor)
    page = words(page_of(client, claim))
    assert "Ada" not in page
    assert "[name of the claimant removed on" in page
    assert "Claimant not known" not in page


def test_a_description_stays_short_whatever_the_claimant_is_called(client: Client) -> None:
    speaker = factories.ClaimantFactory(name="N" * 300, role="R" * 300)
    page = page_of(client, factories.published_claim(claimant=speaker))
    description = re.findall(r'name="description" content="(.*?)"', page)[0]
    assert len(description) < 250
