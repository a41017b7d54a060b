"""A page quotes with the marks of its own language, whatever language the words are in."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from django.utils.safestring import mark_safe

from claims import languages
from claims.models import Claim, MethodVersion
from claims.public.cards.lettering import covers
from claims.public.cards.words import card_of
from tests.admin.scene import everything, statements
from tests.public.crawl import crawl, kinds
from tests.public.pages import document, html, path_of

QUOTING = {
    "public:home",
    "public:claims",
    "public:claim",
    "public:claim_memento",
    "public:compare",
    "public:article",
    "public:claimant",
    "public:corrections",
    "public:changes",
    "public:report",
    "public:follow",
}


def test_every_language_has_its_marks_and_the_style_sheet_has_the_same() -> None:
    assert languages.QUOTATION_MARKS.keys() == languages.READERS.keys()
    style = (settings.BASE_DIR / "claims/static/claims/public.css").read_text()
    found = re.findall(r'(?::root:lang\((\w+)\) )?\bq \{\s+quotes: "(.)" "(.)"', style)
    said = {tag or languages.PUBLIC: (opening, closing) for tag, opening, closing in found}
    assert said == languages.QUOTATION_MARKS


@pytest.mark.parametrize(
    ("language", "told"), [("en-gb", "“A bridge”"), ("de", "„A bridge“"), ("fr", "“A bridge”")]
)
def test_the_language_spoken_chooses_the_marks(language: str, told: str) -> None:
    with translation.override(language):
        assert languages.quoted("A bridge") == told


def test_marks_make_no_text_safe_and_spoil_none_that_is() -> None:
    shown = Template("{% load public_text %}{{ text|quoted }}")
    told = [shown.render(Context({"text": text})) for text in ("<b>", mark_safe("<mark>a</mark>"))]
    assert told == ["“&lt;b&gt;”", "“<mark>a</mark>”"]


@pytest.mark.django_db
def test_every_german_page_quotes_as_german_does(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.admin.statements.suggest", statements)
    everything()
    MethodVersion.objects.update(body="Μέθοδος")
    claim = Claim.objects.listed().newest_first()[0]
    pages = crawl(client, "/de/", further=[f"/de/claims/?q={claim.wording.split()[1]}"])
    found = {address: "".join(re.findall("[„“”]", page)) for address, page in pages.items()}
    assert {address for address, marks in found.items() if marks.replace("„“", "")} == set()
    quoting = {address for address, marks in found.items() if marks}
    assert kinds(quoting) >= QUOTING


@pytest.mark.django_db
def test_titles_cards_and_citations_quote_so_too(client: Client, published: Claim) -> None:
    wording = document(published)["wording"]
    german = html(client, f"/de{path_of(published)}")
    assert f"<title>Bestätigt: „{wording}“ – " in german
    assert f'property="og:title" content="Bestätigt: „{wording}“"' in german
    assert f'<bdi lang="en">„{wording}“</bdi>' in german
    with translation.override("de"):
        card = card_of(document(published))
    assert f"{card.text}{card.closing}" == f"„{wording}“"
    assert covers(card.text)


@pytest.mark.django_db
def test_what_programs_read_at_one_address_stays_as_it_is(client: Client, published: Claim) -> None:
    wording = document(published)["wording"]
    feed = client.get("/feeds/claims.atom", headers={"Accept-Language": "de"}).content.decode()
    assert f"Confirmed: “{wording}”" in feed
    assert "„" not in feed
