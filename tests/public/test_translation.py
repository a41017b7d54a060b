"""No public page says anything that no translator can reach.

Every catalogue entry comes out marked and every datum is Greek, so that Latin letters outside the marks are words that
somebody wrote into the code.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.translation import trans_real

from claims import workflow
from claims.hosts import host_of
from claims.models import ChecklistItem, Claim, Evidence, MethodVersion, PreviewLink
from claims.moments import Unreadable
from claims.public.arguments import UNREADABLE
from tests.admin.scene import DOMAIN, Scene, everything, statements
from tests.pseudo import LANGUAGE, Pseudo, bare_words
from tests.public.crawl import crawl, kinds
from tests.public.pages import html

DATA = frozenset(
    {"JSON", "Atom", "RSS", "CSV", "BibTeX", "CSL-JSON", "ClaimReview", "AVeriTeC", "PROV-O"}
    | {"English", "SHA-256"}
)
NOT_WALKED: frozenset[str] = frozenset()


@pytest.fixture
def scene(db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Everything, in Greek, and the marked language."""
    monkeypatch.setattr("claims.admin.statements.suggest", statements)
    scene = everything()
    settings.FACTCHECK_REGISTER_NAME = "Μητρώο"
    catalogues: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    monkeypatch.setitem(catalogues, LANGUAGE, Pseudo(LANGUAGE))
    MethodVersion.objects.update(body="Μέθοδος", reason="Λόγος")
    ChecklistItem.objects.update(text="Έλεγχος")
    return scene


@pytest.fixture
def pages(scene: Scene, client: Client) -> dict[str, str]:
    """Every page that links lead to, in the marked language."""
    claim = Claim.objects.listed().newest_first()[0]
    return crawl(client, f"/{LANGUAGE}/", further=[f"/{LANGUAGE}/claims/{claim.public_id}/"])


def test_every_word_can_be_translated(pages: dict[str, str]) -> None:
    assert len(kinds(pages)) > 5
    ids = frozenset(Claim.objects.values_list("public_id", flat=True))
    ids |= {host_of(f"https://{DOMAIN}/")}
    ids |= {host_of(url) for url in Evidence.objects.values_list("url", flat=True) if url}
    found = {address: bare_words(page, DATA | ids) for address, page in pages.items()}
    assert sorted({word for bare in found.values() for word in bare}) == []


REFUSED = {
    "claims/?from=χθες": Unreadable.NO_DAY,
    "claims/?to=2025-02-30": Unreadable.NOT_IN_CALENDAR,
    "claims/?to=2999-01-01": Unreadable.TO_COME,
    "{claim}?as_of=χθες": Unreadable.NO_MOMENT,
    "{claim}?as_of=2025-02-01T25:00:00Z": Unreadable.NOT_ON_CLOCK,
    "{claim}?effective_as_of=χθες": Unreadable.NO_DAY,
    "{claim}compare/?from=2999-01-01": Unreadable.TO_COME,
    "claims/?after=χθες": None,
    "claims/?status=χθες": None,
    "claims/?page=χθες&order=relevance&q=γέφυρα": None,
    "{claim}@20259999000000/": None,
}


def test_every_word_of_a_refusal_can_be_translated(scene: Scene, client: Client) -> None:
    claim = f"claims/{Claim.objects.listed().newest_first()[0].public_id}/"
    for path, reason in REFUSED.items():
        response = client.get(f"/{LANGUAGE}/{path.format(claim=claim)}", follow=True)
        page = response.content.decode()
        assert response.status_code == 400, path
        assert (path, bare_words(page, DATA)) == (path, [])
        assert reason is None or f"it {reason}." in page


def test_every_word_of_a_preview_can_be_translated(scene: Scene, client: Client) -> None:
    review = PreviewLink.objects.get().proposal.review
    token = workflow.create_preview(review, label="Καθηγητής", days=7, by=scene.rita).token
    page = html(client, f"/{LANGUAGE}/preview/{token}/")
    hosts = {host_of(one.url) for one in review.claim.evidence.all() if one.url}
    assert bare_words(page, DATA | hosts) == []
    assert page.count("Not published · for Καθηγητής") > 20


def test_readers_are_told_in_a_sentence_what_clients_are_told_in_a_clause() -> None:
    said = {reason: str(sentence) for reason, sentence in UNREADABLE.items()}
    assert said == {reason: f"it {reason}." for reason in Unreadable}
