"""export_claim: a published claim whole, to a file or to standard output, and never what was erased."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from claims import documents, verify
from claims.models import Claim
from tests import factories
from tests.management.eventful import OLD_RATIONALE, SECRET, eventful_claim, exported


def test_an_unknown_claim_cannot_be_exported(db: None) -> None:
    with pytest.raises(CommandError, match="There is no published claim nosuchid"):
        call_command("export_claim", "nosuchid", stdout=StringIO())


def test_an_unpublished_claim_is_as_unknown_as_one_that_is_not_there(claim: Claim) -> None:
    with pytest.raises(CommandError, match=f"There is no published claim {claim.public_id}"):
        call_command("export_claim", claim.public_id, stdout=StringIO())


def test_standard_output_is_one_bundle_that_verifies(published: Claim) -> None:
    text = exported(published)
    assert json.loads(text)["claim"] == published.public_id
    assert verify.verify(text)


def test_a_file_holds_the_same_bundle_and_standard_output_stays_empty(
    published: Claim, tmp_path: Path
) -> None:
    target, out, err = tmp_path / "bundle.json", StringIO(), StringIO()
    call_command("export_claim", published.public_id, output=target, stdout=out, stderr=err)
    written, printed = json.loads(target.read_text("utf-8")), json.loads(exported(published))
    assert written.pop("exported_at") < printed.pop("exported_at")
    assert written == printed
    assert out.getvalue() == ""
    assert err.getvalue() == f"{target}: {len(written['entries'])} entries\n"


def test_a_file_that_cannot_be_written_is_said_in_plain_words(
    published: Claim, tmp_path: Path
) -> None:
    target = tmp_path / "nowhere" / "bundle.json"
    with pytest.raises(CommandError, match=r"Cannot write .*: No such file or directory"):
        call_command("export_claim", published.public_id, output=target, stderr=StringIO())


def test_the_document_is_the_public_one_with_whole_addresses(published: Claim) -> None:
    document = documents.current(published)
    assert document is not None
    base = settings.FACTCHECK_BASE_URL
    shown = json.loads(exported(published))["document"]
    assert shown == documents.absolute(document, base)
    assert shown["url"].startswith(f"{base}/api/v1/claims/{published.public_id}/")


def test_redacted_values_are_in_no_byte_of_the_bundle(db: None) -> None:
    claim = eventful_claim()
    text = exported(claim)
    disclosed = [
        verify.unbase64url(one).decode()
        for entry in json.loads(text)["entries"]
        for one in entry["disclosures"]
    ]
    for secret in (SECRET, OLD_RATIONALE):
        assert secret not in text
        assert not any(secret in one for one in disclosed)
    assert any("Nobody had measured it." in one for one in disclosed)


def test_nothing_internal_is_exported(published: Claim) -> None:
    text = exported(published)
    for account in ("rashid", "sofia", "carla"):
        assert account not in text


def test_a_bundle_survives_names_in_any_script(db: None) -> None:
    claim = factories.published_claim(wording="Мост безопасен — 橋は安全だ \U0001f309.")
    assert "橋は安全だ" in exported(claim)
    assert verify.verify(exported(claim))
