"""What changes on a page is shown at once: the marks under which pages are kept name all of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from claims import addresses, workflow
from claims.models import Claim, Claimant, User
from claims.public import paging
from claims.public.answers import SHOWN
from tests import factories
from tests.public import lives
from tests.public.pages import path_of

pytestmark = pytest.mark.django_db
READS = re.compile(r"(?:settings\.|\")(FACTCHECK_\w+)")
ROOMS = ("public", "layout", "templatetags", "interop")
UNSEEN = {  # how long caches keep pages and how often readers may send something
    "FACTCHECK_CDN_SECONDS",
    "FACTCHECK_CHECK_RATE",
    "FACTCHECK_REPORT_RATE",
    "FACTCHECK_STALE_SECONDS",
}


def test_every_setting_that_pages_read_is_among_their_marks() -> None:
    files = [
        file for room in ROOMS for file in Path(configured.BASE_DIR, "claims", room).rglob("*.py")
    ]
    texts = [file.read_text().partition("SHOWN = (")[0] for file in files]
    read = {name for text in texts for name in READS.findall(text)}
    assert read - UNSEEN == set(SHOWN)
    assert read > UNSEEN


def asked(client: Client, path: str, known: str = "") -> tuple[str, str]:
    """Return the words of a page and its mark; a page that was not made anew has no words."""
    response = client.get(path, headers={"If-None-Match": known} if known else {})
    return response.content.decode(), response["ETag"]


def test_new_terms_of_reuse_stand_on_pages_that_were_kept(
    client: Client, published: Claim, settings: Any
) -> None:
    for path in (path_of(published), "/statistics/"):
        settings.FACTCHECK_LICENCE_NAME = "First Terms"
        page, mark = asked(client, path)
        assert "First Terms" in page
        settings.FACTCHECK_LICENCE_NAME = "Second Terms"
        assert "Second Terms" in asked(client, path, mark)[0]


def test_a_topic_renamed_is_renamed_in_the_list_of_its_claims(
    client: Client, published: Claim, editor: User
) -> None:
    topic = workflow.record_topic(name="Energy", by=editor)
    workflow.file_claim(published, topics=[topic], by=editor)
    page, mark = asked(client, "/claims/?topic=energy")
    assert "Claims: Energy" in page
    workflow.change_topic(topic, name="Power", recheck_days=None, by=editor)
    assert "Claims: Power" in asked(client, "/claims/?topic=energy", mark)[0]


def voiced_by(speaker: Claimant) -> Claim:
    article = factories.ArticleFactory(text="Work goes on, she said.")
    draft = factories.appearance_draft(article, "Work goes on", speaker=speaker)
    return factories.published_claim(appearance=draft)


def test_the_way_to_older_claims_goes_with_the_last_of_them(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 1)
    speaker = factories.ClaimantFactory(name="Ada Speaker")
    older, _newer = voiced_by(speaker), voiced_by(speaker)
    path = addresses.claimant_page(speaker.public_id, speaker.name)
    page, mark = asked(client, path)
    assert "Older claims of others" in page
    another = factories.published_claim()
    workflow.merge_claims(older, into=another, reason="The same.", by=editor)
    page = asked(client, path, mark)[0]
    assert "On claims of others" in page
    assert "Older claims of others" not in page


def test_an_earlier_page_leads_to_todays_by_its_new_address(client: Client, editor: User) -> None:
    claim = lives.long_life()
    version = addresses.claim_memento(claim.public_id, lives.CONFIRMED)
    page, mark = asked(client, version)
    assert f'href="{path_of(claim)}"' in page
    with lives.at(lives.LATER):
        workflow.reword_claim(claim, wording="The pier is safe.", reason="Exact.", by=editor)
        claim.refresh_from_db()
        assert "/the-pier-is-safe/" in path_of(claim)
        assert f'href="{path_of(claim)}"' in asked(client, version, mark)[0]
