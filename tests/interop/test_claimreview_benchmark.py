"""Fact-checks of the real press are read as well as we say they are, where their pages are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.interop.claimreview import reviews_on_page
from claims.reading.parse import decoded

DATA = Path(__file__).parents[3] / "shared" / "data" / "claimreview-pages"


@pytest.mark.skipif(not DATA.is_dir(), reason="the pages of the press are not in the project")
def test_every_real_page_that_states_a_fact_check_is_read() -> None:
    stating = {script.name.rsplit(".", 2)[0] for script in (DATA / "jsonld").glob("*.txt")}
    for page in (DATA / "html").glob("*.html"):
        _, _, source = decoded(page.read_bytes(), media_type="text/html")
        found = reviews_on_page(source)
        assert bool(found) == (page.stem in stating), page.name
        assert all(one.rating and one.reviewer and one.claim_text for one in found)
