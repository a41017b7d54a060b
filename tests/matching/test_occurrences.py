"""What occurs in a text: exact places whatever its signs, published claims alone, three queries for any length."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.matching import occurrences
from claims.matching.given import typed_text
from claims.matching.occurrences import occurring_in, told_in
from claims.models import User
from claims.workflow import discard_claim, merge_claims
from tests import factories

Counted = Callable[[int], AbstractContextManager[object]]
CLAIM = "The old harbour bridge carries ninety lorries a day."
SAID = "Ninety lorries a day cross the old harbour bridge, she said."
HOSTILE = {
    "astral": f"😀😀 Fine weather for everyone today. {SAID}",
    "carriage returns": f"A first line of this text\r\n\r\nA second line of it\r{SAID}\r\n",
    "blanks": f"A\u00a0first\u2003sentence with odd blanks. {SAID.replace(' ', chr(160))}",
    "right to left": f"הגשר הישן סגור לתנועה מאז אתמול בבוקר. {SAID} \u202eabc\u202c",
    "combining": f"Cafe\u0301 Ze\u0301ro was open until late at night. {SAID}",
    "controls": f"A bell\x07 rang in the old town at noon.\x0b{SAID}",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_a_place_is_exact_in_the_text_as_it_was_made(name: str) -> None:
    factories.published_claim(wording=CLAIM)
    text = typed_text(HOSTILE[name]).text
    (one,) = occurring_in(text).occurrences
    assert text[one.sentence.start : one.sentence.end] == one.sentence.text
    assert one.sentence.text.replace("\u00a0", " ").startswith("Ninety lorries a day cross")
    assert one.sentence.start == text.index("Ninety")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_sentences_stand_where_they_are_said_to_in_order(text: str) -> None:
    told = told_in(text)
    assert all(text[one.start : one.end] == one.text for one in told)
    assert [one.number for one in told] == list(range(len(told)))
    assert all(one.end <= two.start for one, two in itertools.pairwise(told))


@pytest.mark.django_db
def test_the_very_words_score_1_and_are_the_place_however_much_is_said_around_them() -> None:
    factories.published_claim(wording=CLAIM)
    around = "as everybody between the sea, the hills, the market and the railway station has known for years"
    (one,) = occurring_in(
        f"He said “the old harbour bridge carries ninety lorries a day”, {around}."
    ).occurrences
    (near,) = one.near
    assert near.score == 1
    assert near.place is not None
    assert one.sentence.text[slice(*near.place)] == CLAIM[0].lower() + CLAIM[1:-1]


@pytest.mark.django_db
def test_what_is_said_twice_is_found_twice() -> None:
    factories.published_claim(wording=CLAIM)
    read = occurring_in(f"{SAID} Nothing else was told that day. {SAID}")
    assert [one.sentence.number for one in read.occurrences] == [0, 2]
    assert read.looked_at == 2


@pytest.mark.django_db
def test_the_best_stand_first_and_no_more_than_asked_for() -> None:
    for town in ("Aberdeen", "Bergen", "Calais", "Dover"):
        factories.published_claim(wording=f"The old harbour bridge of {town} is closed.")
    (one,) = occurring_in(
        "The old harbour bridge of Dover is closed, they say.", most=2
    ).occurrences
    assert "Dover" in one.near[0].wording
    assert len(one.near) == 2
    assert one.near[0].score > one.near[1].score
    assert not occurring_in("Some bridge stands in another land.", least=0.9).occurrences


@pytest.mark.django_db
def test_claims_in_another_language_can_be_left_out() -> None:
    factories.published_claim(wording=CLAIM)
    assert occurring_in(SAID, language="en").occurrences
    assert not occurring_in(SAID, language="de").occurrences


@pytest.mark.django_db
def test_what_readers_may_not_see_is_not_found(editor: User) -> None:
    factories.ClaimFactory(wording=CLAIM, by=editor)
    mistaken = factories.ClaimFactory(wording=CLAIM, by=editor)
    discard_claim(mistaken, reason="A mistake.", by=editor)
    merged = factories.published_claim(wording=CLAIM)
    lasting = factories.published_claim(wording="Penguins swim.")
    assert occurring_in(SAID).occurrences
    merge_claims(merged, into=lasting, reason="The same.", by=editor)
    assert not occurring_in(SAID).occurrences


@pytest.mark.django_db
def test_unpublished_claims_move_neither_a_score_nor_a_claim_out(
    monkeypatch: pytest.MonkeyPatch, editor: User
) -> None:
    factories.published_claim(wording=CLAIM)
    monkeypatch.setattr("claims.search.public.COMPARED", 3)
    before = occurring_in(SAID).occurrences[0].near
    for number in range(6):
        factories.ClaimFactory(wording=f"Ninety lorries: old harbour bridge {number}.", by=editor)
    assert occurring_in(SAID).occurrences[0].near == before


@pytest.mark.django_db
@pytest.mark.parametrize("sentences", [1, 20])
def test_three_queries_for_any_text(django_assert_num_queries: Counted, sentences: int) -> None:
    for number in range(sentences):
        factories.published_claim(wording=f"The old harbour bridge number {number} is closed.")
    text = " ".join(f"The old harbour bridge number {n} is closed today." for n in range(sentences))
    with django_assert_num_queries(3):
        assert len(occurring_in(text).occurrences) == sentences


@pytest.mark.django_db
def test_no_more_sentences_are_looked_up_than_there_is_time_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(occurrences, "MOST_SENTENCES", 2)
    factories.published_claim(wording=CLAIM)
    read = occurring_in(f"The first sentence is here. The second sentence is here. {SAID}")
    assert (read.occurrences, read.looked_at, read.left_out) == ([], 2, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "…", "Too short.", "\n\n", "。" * 50])
def test_nothing_occurs_in_nothing(text: str) -> None:
    assert occurring_in(text).occurrences == []
