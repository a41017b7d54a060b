"""The desk speaks the newsroom's language, everything else English: stored, hashed, public and read by programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from claims import documents, workflow
from claims.history.replay import replay
from claims.models import Claim, ClaimDocument, User
from claims.vocabulary import RedactionReason, Role, VerificationStatus
from tests import factories
from tests.pseudo import LANGUAGE, OPEN, Pseudo

PUBLIC = ["/", "/claims/", "/method/", "/claims/{id}/", "/claims/{id}/?as_of={moment}"]
API = [
    "",
    "claims/",
    "claims/{id}/",
    "claims/{id}/history/",
    "claims/{id}/?as_of={moment}",
    "statuses/",
    "articles/",
    "claimants/",
    "nowhere/",
    "claims/?status=nonsense",
    "schema/",
]


@pytest.fixture
def marked(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> str:
    """A desk on which every translated sentence is marked; the code that is in it is the language's."""
    catalogues: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    monkeypatch.setitem(catalogues, LANGUAGE, Pseudo(LANGUAGE))
    settings.LANGUAGE_CODE = LANGUAGE
    return LANGUAGE


@pytest.fixture
def rich_claim(editor: User) -> Claim:
    """A public claim with every part a document can have."""
    article = factories.ArticleFactory(text="The mayor said the bridge is safe.")
    claim = factories.ClaimFactory(
        wording="The bridge is safe.",
        claimant=factories.ClaimantFactory(),
        appearance=factories.appearance_draft(article, "the bridge is safe"),
    )
    factories.give_verdict(claim)
    piece = claim.evidence.order_by("pk")[0]
    workflow.withdraw_evidence(piece, reason="Wrong page.", by=editor)
    asked = workflow.propose_redaction(
        piece.entry,
        fields=["evidence.title"],
        reason=RedactionReason.COPYRIGHT,
        by=factories.person(Role.EDITOR),
    )
    workflow.redact_text(asked, by=editor)
    workflow.void_verdict(claim, reason="Mistaken.", by=editor)
    factories.give_verdict(claim, VerificationStatus.UNCONFIRMED)
    return claim


def filled(path: str, claim: Claim) -> str:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return path.format(id=claim.public_id, moment=moment)


def test_a_document_has_the_same_bytes_whatever_the_desk_speaks(
    rich_claim: Claim, marked: str
) -> None:
    state = replay(rich_claim)
    plain = documents.encode(documents.build(state)), documents.encode(documents.summary(state))
    with translation.override(marked):
        assert translation.gettext("Confirmed") == f"{OPEN}Confirmed⟧"
        again = documents.encode(documents.build(state)), documents.encode(documents.summary(state))
        then = documents.as_of(rich_claim, datetime.now(UTC))
    assert again == plain
    assert OPEN not in json.dumps(then, ensure_ascii=False)


def test_a_document_stored_by_an_act_on_the_desk_is_english(rich_claim: Claim, marked: str) -> None:
    with translation.override(marked):
        factories.give_verdict(rich_claim, VerificationStatus.CONFIRMED)
        call_command("rebuild_documents")
    row = ClaimDocument.objects.get(claim=rich_claim)
    assert OPEN not in row.body + row.summary
    assert '"status_label":"Confirmed"' in row.body


def test_nothing_that_is_recorded_is_in_the_language_of_the_desk(marked: str, db: None) -> None:
    with translation.override(marked):
        claim = factories.published_claim()
    for entry in claim.entries.all():
        assert OPEN not in f"{entry.note}{entry.by_name}{bytes(entry.leaf)!r}"


@pytest.mark.parametrize("path", API)
def test_the_api_answers_the_same_whatever_the_desk_speaks(
    rich_claim: Claim, client: Client, settings: LazySettings, marked: str, path: str
) -> None:
    address = f"/api/v1/{filled(path, rich_claim)}"
    with translation.override(marked):
        answer = client.get(address).content
    settings.LANGUAGE_CODE = "en-gb"
    assert answer == client.get(address).content
    assert OPEN not in answer.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_english_whatever_the_desk_speaks(
    rich_claim: Claim, client: Client, marked: str, path: str
) -> None:
    with translation.override(marked):
        page = client.get(filled(path, rich_claim), follow=True)
    assert page.status_code == 200
    assert OPEN not in page.content.decode()
    assert '<html lang="en-GB"' in page.content.decode()


def test_the_desk_says_which_language_it_speaks_and_which_way_that_is_written(
    client: Client, settings: LazySettings, db: None
) -> None:
    for language, opening in (
        ("en-gb", '<html lang="en-gb" dir="ltr">'),
        ("de", '<html lang="de" dir="ltr">'),
        ("ar", '<html lang="ar" dir="rtl">'),
    ):
        settings.LANGUAGE_CODE = language
        assert opening in client.get("/admin/login/").content.decode()


def test_a_request_leaves_no_language_behind(client: Client, marked: str, db: None) -> None:
    with translation.override("fr"):
        client.get("/admin/login/")
        client.get("/")
        assert translation.get_language() == "fr"
