"""Where content begins and ends, and the sentences that look like statements and are none."""

from __future__ import annotations

import pytest

from claims.reading.attribution import suggest

FOUND = [
    # the content's beginning
    ("The mayor said of the plan, “It will never work.”", [("The mayor", "It will never work.")]),
    ("The mayor said because of rain the game was off.", [("The mayor", "because of rain the game was off")]),
    ("The mayor said at least two boats sank.", [("The mayor", "at least two boats sank")]),
    ("The mayor said, on the second day of talks, that boats sank.", [("The mayor", "boats sank")]),
    ("The mayor said in a long speech on Monday he would stay.", [("The mayor", "he would stay")]),
    ("The mayor said in a statement: boats sank.", [("The mayor", "boats sank")]),
    ("The mayor told “Morning Radio” that boats sank.", [("The mayor", "boats sank")]),
    ("The mayor told the crowd, “Boats sank.”", [("The mayor", "Boats sank.")]),
    ("The envoy told The Oslo News and Radio Bergen that boats sank.", [("The envoy", "boats sank")]),
    ("The survey found the harbour is dirty.", [("The survey", "the harbour is dirty")]),
    ("The study reports “it rained” in Oslo.", [("The study", "“it rained” in Oslo")]),
    ("She called Wednesday for a new vote.", [("She", "a new vote")]),
    # the content's end
    ("The party described the plan as “weak” and he left the room.", [("The party", "the plan as “weak”")]),
    ("The party praised Ann Smith after she left.", [("The party", "Ann Smith")]),
    ("The party criticized the plan, which was new.", [("The party", "the plan")]),
    ("The party criticized roads, ports and a bridge (the old one, by the river).",
     [("The party", "roads, ports and a bridge (the old one, by the river)")]),
    ("While the donor said the vote was fair, others left.", [("the donor", "the vote was fair")]),
    ("While Ann Smith said it was fair, Leo Park said it was not.",
     [("Ann Smith", "it was fair"), ("Leo Park", "it was not")]),
    ("Ann Smith said the vote was fair — others left early.", [("Ann Smith", "the vote was fair")]),
    ("Ann Smith said Leo Park would win, a view shared by few.", [("Ann Smith", "Leo Park would win")]),
    ("Ann Smith said: “It rained,” a line she often used.", [("Ann Smith", "It rained")]),
    ("It rained; Ann Smith said it was odd; Leo Park said it was not.",
     [("Ann Smith", "it was odd"), ("Leo Park", "it was not")]),
    ("Ann Smith, who said it rained, said boats sank.", [("who", "it rained"), ("Ann Smith", "boats sank")]),
    ("“It rained,” he said, adding that boats sank.", [("he", "It rained"), ("he", "boats sank")]),
    # the content on both sides of the cue
    ("The mine, the agency said, would close within a year.",
     [("the agency", "The mine would close within a year")]),
    ("However, the agency said, the mine would close.", [("the agency", "the mine would close")]),
    ("The ship, according to the port, had been sinking.", [("the port", "The ship had been sinking")]),
    ("But according to him, the ship was empty.", [("him", "the ship was empty")]),
    ("According to a report on Monday, the ship was empty.", [("a report", "the ship was empty")]),
    ("The dam had cracked — the mayor said on Monday.", [("the mayor", "The dam had cracked")]),
    # quotations and words around them
    ("“It rained” said Ann Smith.", [("Ann Smith", "It rained")]),
    ("It was “dull,” said Ann Smith.", [("Ann Smith", "It was “dull,”")]),
    ("And it was “dull,” Ann Smith said.", [("Ann Smith", "it was “dull,”")]),
    ("“So it goes,” Leo Park, wearing an “Oslo” cap, said.", [("Leo Park", "So it goes")]),
    ("“It rained,” Ann Smith was quoted as saying.", [("Ann Smith", "It rained")]),
    ("Ann Smith was quoted as saying it rained.", [("Ann Smith", "it rained")]),
    ("He asked “Why now?” The mayor left.", [("He", "Why now?")]),
    ("As Ann Smith put it, “It rained.”", [("Ann Smith", "It rained.")]),
    ("Trump: “We will win this thing again.”", [("Trump", "We will win this thing again.")]),
    ("The mayor opposed the plan: “It will never ever work out.”", [("The mayor", "It will never ever work out.")]),
    ("The mayor criticized the plan: “It will never ever work out.”", [("The mayor", "It will never ever work out.")]),
    # the speaker
    ("Last week the port said it was late.", [("the port", "it was late")]),
    ("Under the bridge Ann Smith said it rained.", [("Ann Smith", "it rained")]),
    ("The group that was there said it rained.", [("The group that was there", "it rained")]),
    ("It rained all day and the mayor said it would stop.", [("the mayor", "it would stop")]),
    ("Prof. Lund met Mr. Park. Inc. magazine said it rained.", [("Inc. magazine", "it rained")]),
    ("Before leaving, Ann Smith took a parting shot, saying it rained.", [("Ann Smith", "it rained")]),
    ("The old Oslo harbour master left, saying it rained.", [("The old Oslo harbour master", "it rained")]),
    ("Joan Rivers' doctor said it rained.", [("Joan Rivers' doctor", "it rained")]),
    ("Reports that it rained were common.", [(None, "it rained were common")]),
    ("Boats sank, allegedly to hide the gold.", [(None, "Boats sank, allegedly to hide the gold")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_what_is_said_is_cut_out_exactly(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(s.source_surface, s.content) for s in suggest(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "According to the ship.",
        "The charts maintain close ties with the port.",
        "The film is sometimes called a classic.",
        "The harbour is said to be full.",
        "They have been told that it rained.",
        "The man said to have called left.",
        "A person say it rained.",
        "12 said it rained.",
        "Let's say it rained.",
        "“Go!” The crowd cheered.",
        "2019: “We will win this thing again.”",
        "Kritik an Bonn: “Zu langsam und viel zu unklar.”",
        "The mayor told him that.",
        "She said.",
        "He agreed to.",
    ],
)
def test_what_only_looks_like_a_statement_is_left_alone(text: str) -> None:
    assert suggest(text) == []
