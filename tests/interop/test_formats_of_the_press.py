"""Real answers, pages and lists of the press are read to their last row, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.desk_vocabulary import ImportFormat
from claims.interop.formats import READERS, Options, Source
from claims.interop.statements import Fault

DATA = Path(__file__).parents[3] / "shared" / "data"
SETS = {
    ImportFormat.POLITIFACT: "politifact-api-2016/*-*.json",
    ImportFormat.DXY: "dxy-rumors/*.csv",
    ImportFormat.GOOGLE: "claimreview-api/google_claims_search_arabic.json",
    ImportFormat.DATAFEED: "claimreview-api/newtral_*_index_raw.json",
}


@pytest.mark.skipif(not DATA.is_dir(), reason="the data of the press is not in the project")
@pytest.mark.parametrize("form", SETS)
def test_no_row_is_lost(form: ImportFormat) -> None:
    files = sorted(DATA.glob(SETS[form]))
    sources = [Source(path.name, lambda path=path: path.open("rb")) for path in files]  # type: ignore[misc]
    rows = list(READERS[form](sources, Options()))
    assert len(rows) > 10
    assert [row for row in rows if isinstance(row, Fault)] == []
