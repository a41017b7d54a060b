"""What drawings hold is for programs: a comma is no decimal point in them, in whichever language the page is."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from claims import addresses
from claims.models import Claim
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.lives import long_life
from tests.public.pages import html, path_of

# Words, and names of other elements: what else stands in a drawing is measured.
WORDS = frozenset({"class", "id", "role", "aria-labelledby", "aria-label"})
A_COMMA = re.compile(r"\d,\d")
FRACTION = re.compile(r"\d\.\d")


class _Drawings(HTMLParser):
    """Gathers what the attributes of every drawing and of all within it hold."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "svg"
        if self.depth:
            self.found += [value or "" for name, value in attrs if name not in WORDS]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "svg"


def drawn(page: str) -> list[str]:
    """Return the values of all attributes in a page's drawings that measure."""
    drawings = _Drawings()
    drawings.feed(page)
    assert drawings.depth == 0
    return drawings.found


@pytest.fixture
def paths(db: None) -> dict[str, str]:
    """The pages that draw, each with places between whole numbers."""
    cache.clear()
    mayor = factories.ClaimantFactory(name="Ada Speaker")
    disputed = VerificationStatus.DISPUTED
    for day in (date(2025, 1, 10), date(2025, 2, 10), date(2025, 3, 10)):
        factories.published_claim(claimant=mayor, said_on=day)
    factories.published_claim(disputed, claimant=mayor, said_on=date(2025, 3, 11))
    factories.published_claim(disputed, said_on=date(2025, 3, 11))
    lived: Claim = long_life()
    return {
        "home": "/",
        "statistics": "/statistics/",
        "claim": path_of(lived),
        "claimant": addresses.claimant_page(mayor.public_id, mayor.name),
    }


@pytest.mark.parametrize("page", ["home", "statistics", "claim", "claimant"])
@pytest.mark.parametrize("language", ["", "/de"])
def test_no_measure_has_a_comma(
    client: Client, paths: dict[str, str], page: str, language: str
) -> None:
    found = drawn(html(client, f"{language}{paths[page]}"))
    assert [value for value in found if A_COMMA.search(value)] == []
    assert [value for value in found if FRACTION.search(value)] != []


def test_where_german_writes_the_number_it_is_found() -> None:
    with translation.override("de"):
        page = Template('<svg><rect x="{{ x }}%"/></svg>').render(Context({"x": 12.5}))
    assert [value for value in drawn(page) if A_COMMA.search(value)] == ["12,5%"]
