"""Pages of the real press are read as well as we say they are, where they are at hand."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from benchmarks.reading import f1, fundus, score

PAGES = Path(__file__).parents[3] / "shared" / "data" / "news-html" / "fundus"


@pytest.mark.skipif(not PAGES.is_dir(), reason="the pages of the press are not in the project")
def test_real_pages_are_read_well():
    scores = [score(page, versions) for page, versions in list(fundus(PAGES))[::3]]
    assert mean(one.text for one in scores) > 0.95
    assert mean(bool(one.title) for one in scores) > 0.65
    assert all(one.day for one in scores)


def test_the_score_is_one_for_the_same_words_and_none_for_others():
    assert f1("The ferry was late, again.", "the ferry was late again") == 1
    assert f1("The ferry was late again", "Prices rose in May, they said") == 0
    assert 0 < f1("The ferry was late again", "The ferry was late. Nobody knew") < 1
