"""Wire copy: our own retelling, and the real report where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.reading.attribution import Statement, suggest
from claims.vocabulary import CueClass, Position

REPORT = Path(__file__).parents[3] / "shared" / "article" / "tass-kursk-2024-11-04.txt"
needs_the_report = pytest.mark.skipif(not REPORT.exists(), reason="the report is not at hand")

RETOLD = """\
OSLO, March 3. /NTB/. The Harbour Ministry said that four ships are waiting off the coast.

"We count four ships, and a fifth may come," Leo Park, a ministry spokesman told a briefing.

He was commenting on foreign speculation that the strait is mined. The spokesman said he was aware \
of news reports that a ship had sunk, but was unable to confirm them.

"As we have said, the strait is safe," he said. "If it were not, we would close it."

Prime Minister Ida Lund commented on the pictures released by Quito, which allegedly show the wreck, \
by calling them "a riddle." However, said divers had long been at work there.

Navy Spokeswoman Ann Smith said on March 1 that nothing unusual was seen. She stated that those who \
sail with care have nothing to fear.

The strait was opened in 1931. According to the Coast Guard, the storm damaged 29 boats and two piers.
"""  # fmt: skip


def said(statements: list[Statement]) -> list[tuple[str | None, str | None, str]]:
    """Who, by which cue, and the first words of what."""
    return [(s.source, s.cue, " ".join(s.content.split()[:3])) for s in statements]


def test_the_retold_report_gives_every_statement_with_its_speaker() -> None:
    assert said(suggest(RETOLD)) == [
        ("The Harbour Ministry", "said", "four ships are"),
        ("Leo Park", "told", "We count four"),
        ("Leo Park", "was commenting on", "foreign speculation that"),
        (None, "speculation", "the strait is"),
        ("The spokesman", "said", "he was aware"),
        ("The spokesman", "was unable to confirm", "them"),
        ("Leo Park", "said", "As we have"),
        ("Prime Minister Ida Lund", "commented on", "the pictures released"),
        ("the pictures released by Quito", "allegedly show", "the wreck"),
        ("Prime Minister Ida Lund", "calling", 'them "a riddle."'),
        (None, "said", "divers had long"),
        ("Navy Spokeswoman Ann Smith", "said", "nothing unusual was"),
        ("Navy Spokeswoman Ann Smith", "stated", "those who sail"),
        ("the Coast Guard", "According to", "the storm damaged"),
    ]


def test_narrative_of_the_retold_report_is_left_alone() -> None:
    assert not any("1931" in statement.content for statement in suggest(RETOLD))


# Each attributed statement of the report: whom the copy names (None: nobody), the cue, words of the content.
EXPECTED = [
    ("Matthew Miller", "said", "could enter combat in the coming days"),
    ("The US State Department", "said", "servicemen are deployed"),
    ("Matthew Miller", "told", "We now assess that as many as 10,000"),
    ("Matthew Miller", "was commenting on", "Western speculation that"),
    ("Western", "speculation", "there are North Korean soldiers in Russia"),
    ("The spokesman", "said", "aware of news reports that"),
    ("The spokesman", "was unable to confirm", "them"),
    ("Matthew Miller", "said", "legitimate military targets"),
    ("Russian President Vladimir Putin", "recently commented on", "the satellite images"),
    ("the satellite images published by Seoul", "allegedly indicate", "North Korean military personnel"),
    ("Russian President Vladimir Putin", "calling", "a serious matter"),
    (None, "said", "NATO troops have long been"),
    ("Putin", "pointed out", "a clause on joint defense"),
    ("Russian Foreign Ministry Spokeswoman Maria Zakharova", "said", "nothing special or unusual"),
    ("Russian Foreign Ministry Spokeswoman Maria Zakharova", "stated", "have nothing to worry about"),
    ("the Russian Defense Ministry", "According to", "29,600 servicemen and 184 tanks"),
]  # fmt: skip


@pytest.fixture
def report() -> list[Statement]:
    return suggest(REPORT.read_text(encoding="utf-8"))


@needs_the_report
@pytest.mark.parametrize(("source", "cue", "words"), EXPECTED)
def test_the_report_gives_the_statement(
    report: list[Statement], source: str | None, cue: str, words: str
) -> None:
    assert any(s.source == source and s.cue == cue and words in s.content for s in report)


@needs_the_report
def test_both_hedges_of_the_report_are_recognised(report: list[Statement]) -> None:
    hedges = [statement.cue for statement in report if statement.cue_class is CueClass.HEDGE]
    assert hedges == ["speculation", "allegedly indicate"]


@needs_the_report
def test_what_the_report_could_not_confirm_is_marked_with_its_nested_source(
    report: list[Statement],
) -> None:
    (unable,) = [s for s in report if s.position is Position.CANNOT_CONFIRM]
    assert unable.cue_class is CueClass.NON_CONFIRMATION
    assert unable.nested_source == "news reports"


@needs_the_report
def test_the_page_chrome_of_the_report_is_nobodys_statement(report: list[Statement]) -> None:
    assert not any("All news" in statement.content for statement in report)
    assert not any("All news" in (statement.source or "") for statement in report)
