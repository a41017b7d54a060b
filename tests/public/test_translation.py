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

from claims.hosts import host_of
from claims.models import ChecklistItem, Claim, Evidence, MethodVersion
from tests.admin.scene import DOMAIN, everything, statements
from tests.pseudo import LANGUAGE, Pseudo, bare_words
from tests.public.crawl import crawl, kinds

DATA = frozenset({"JSON", "Atom", "RSS", "CSV", "BibTeX", "CSL-JSON", "English", "SHA-256"})
NOT_WALKED: frozenset[str] = frozenset()


@pytest.fixture
def pages(
    db: None, client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Every page that links lead to, in the marked language."""
    monkeypatch.setattr("claims.admin.statements.suggest", statements)
    everything()
    settings.FACTCHECK_REGISTER_NAME = "Μητρώο"
    catalogues: dict[str, Any] = trans_real._translations  # type: ignore[attr-defined]
    monkeypatch.setitem(catalogues, LANGUAGE, Pseudo(LANGUAGE))
    MethodVersion.objects.update(body="Μέθοδος", reason="Λόγος")
    ChecklistItem.objects.update(text="Έλεγχος")
    claim = Claim.objects.listed().newest_first()[0]
    return crawl(client, f"/{LANGUAGE}/", further=[f"/{LANGUAGE}/claims/{claim.public_id}/"])


def test_every_word_can_be_translated(pages: dict[str, str]) -> None:
    assert len(kinds(pages)) > 5
    ids = frozenset(Claim.objects.values_list("public_id", flat=True))
    ids |= {host_of(f"https://{DOMAIN}/")}
    ids |= {host_of(url) for url in Evidence.objects.values_list("url", flat=True) if url}
    found = {address: bare_words(page, DATA | ids) for address, page in pages.items()}
    assert sorted({word for bare in found.values() for word in bare}) == []
