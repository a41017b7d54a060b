"""What the page of a claimant tells beside its lists: roles over time, and claims by when they were said."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claimant, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import html, words
from tests.public.test_claimant_page import erase, page_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker(db: None) -> Claimant:
    return factories.ClaimantFactory(name="Ada Speaker", role="mayor")


def test_roles_stand_there_with_their_dates(client, speaker: Claimant, editor: User) -> None:
    factories.published_claim(claimant=speaker)
    workflow.add_affiliation(
        speaker,
        role="Spokesperson",
        body="Ministry of Health",
        since=date(2019, 3, 1),
        until=date(2022, 5, 31),
        by=editor,
    )
    page = words(html(client, page_path(speaker)))
    assert "Spokesperson, Ministry of Health 1 March 2019 – 31 May 2022" in page
    assert editor.public_name not in page


def test_a_role_that_was_withdrawn_is_not_told(client, speaker: Claimant, editor: User) -> None:
    factories.published_claim(claimant=speaker)
    role = workflow.add_affiliation(speaker, role="Spokesperson", by=editor)
    assert "Spokesperson" in html(client, page_path(speaker))
    workflow.withdraw_affiliation(role, reason="SECRET", by=editor)
    page = html(client, page_path(speaker))
    assert "Spokesperson" not in page
    assert "SECRET" not in page


def test_once_a_role_had_to_be_removed_none_is_told(client, speaker: Claimant, editor) -> None:
    claim = factories.published_claim(claimant=speaker)
    workflow.add_affiliation(speaker, role="Mayor of a small town", by=editor)
    erase(claim, ["wording.claimant_role"])
    assert "small town" not in html(client, page_path(speaker))


def test_claims_are_drawn_by_when_they_were_said_with_the_same_as_a_table(client, speaker) -> None:
    factories.published_claim(claimant=speaker, said_on=date(2025, 1, 10))
    disputed = VerificationStatus.DISPUTED
    factories.published_claim(disputed, claimant=speaker, said_on=date(2025, 3, 10))
    factories.published_claim(claimant=speaker)
    factories.ClaimFactory(claimant=speaker, said_on=date(2024, 1, 1))
    page = html(client, page_path(speaker))
    rows = re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page)
    numbers = [(label, re.findall(r"<td>(\d+)</td>", cells)) for label, cells in rows]
    assert numbers == [
        ("2025-01", ["1", "0", "0", "0"]),
        ("2025-02", ["0", "0", "0", "0"]),
        ("2025-03", ["0", "0", "1", "0"]),
    ]
    assert "1 claim without a known date is not in it." in words(page)
    assert "no measure of honesty" in page


def test_one_stretch_of_time_is_not_drawn(client: Client, speaker: Claimant) -> None:
    factories.published_claim(claimant=speaker, said_on=date(2025, 1, 10))
    assert "By when they were said" not in html(client, page_path(speaker))
