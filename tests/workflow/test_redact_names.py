"""redact_text on a name: the claim leads to nobody any more, and a name nobody uses is forgotten."""

from __future__ import annotations

import pytest

from claims import documents
from claims.models import Article, Claim, Claimant, User
from claims.vocabulary import VerificationStatus
from claims.workflow.checking import check_claim
from tests import factories

NAME = "Somebody Forgettable"


@pytest.fixture
def claimant(db: None) -> Claimant:
    return factories.ClaimantFactory(name=NAME, role="clerk")


def said_by(claimant: Claimant) -> Claim:
    """Return a published claim that names `claimant` as its maker and as the speaker in an article."""
    article: Article = factories.ArticleFactory()
    appearance = factories.appearance_draft(article, article.text[:20], speaker=claimant)
    return factories.published_claim(
        VerificationStatus.CONFIRMED, claimant=claimant, appearance=appearance
    )


def erase_names(claim: Claim, *, editor: User, second_editor: User) -> None:
    names = ("wording.claimant_name", "appearance.speaker_name")
    factories.erase(claim.entries.get(number=1), *names, by=editor, and_by=second_editor)


def test_the_document_names_nobody_and_leads_to_nobody(
    claimant: Claimant, editor: User, second_editor: User
) -> None:
    claim = said_by(claimant)
    erase_names(claim, editor=editor, second_editor=second_editor)
    claim = Claim.objects.get(pk=claim.pk)
    document = documents.current(claim)
    assert document is not None
    assert document["claimant"] is None
    assert document["appearances"][0]["speaker"] is None
    assert claimant.public_id not in documents.encode(document)
    assert claim.claimant is None
    assert not list(check_claim(claim))


def test_a_name_that_no_value_holds_any_more_is_forgotten(
    claimant: Claimant, editor: User, second_editor: User
) -> None:
    erase_names(said_by(claimant), editor=editor, second_editor=second_editor)
    claimant.refresh_from_db()
    assert NAME not in claimant.name
    assert claimant.role == ""


def test_a_name_that_stands_elsewhere_stays_there(
    claimant: Claimant, editor: User, second_editor: User
) -> None:
    claim, other = said_by(claimant), said_by(claimant)
    erase_names(claim, editor=editor, second_editor=second_editor)
    claimant.refresh_from_db()
    assert claimant.name == NAME
    kept = documents.current(other)
    assert kept is not None
    assert kept["claimant"]["name"] == NAME
    assert list(Claim.objects.by_claimant(claimant)) == [other]
    assert list(Claim.objects.voiced_by(claimant)) == [other]
