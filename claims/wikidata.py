"""How an item of Wikidata is named: a Q-number, and the page that says what it is."""

from __future__ import annotations

import re

ITEM = "Q[1-9][0-9]*"
LONGEST = 20
_PAGE = r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:EntityPage/)?"
_GIVEN = re.compile(rf"({ITEM})|{_PAGE}({ITEM})/?(?:[?#]\S*)?", re.IGNORECASE)


def item_in(given: str) -> str:
    """Return the id that somebody typed, or that of the page whose address they pasted; "" where it is neither."""
    found = _GIVEN.fullmatch(given.strip())
    item = (found[1] or found[2]).upper() if found else ""
    return item if len(item) <= LONGEST else ""


def address_of(item: str) -> str:
    """Return the address of an item's page."""
    return f"https://www.wikidata.org/wiki/{item}"
