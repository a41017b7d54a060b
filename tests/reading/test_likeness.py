"""Reprints of one story are told by the runs of words they share."""

from __future__ import annotations

from claims.reading.likeness import near_identical, shared, shingles

STORY = (
    "The ferry to the islands left four hours late on Monday, with ninety people and a horse on board. "
    "Nobody at the port could say why. The company said that a pump had failed, and that no one was hurt. "
    "It was the third delay this month, the mayor told reporters, and he would write to the minister again."
)
REPRINT = (
    "FERRY LATE AGAIN. The ferry to the islands left four hours late on Monday with ninety people and a "
    "horse on board! Nobody at the port could say why. The company said that a pump had failed."
)
OTHER = (
    "Prices rose by two per cent in May, the office of statistics reported. Bread and milk cost more than in "
    "April, while fuel became cheaper. The bank expects the rate to fall again before the end of the year."
)


def test_a_shortened_reprint_is_the_same_story() -> None:
    assert near_identical(shingles(STORY), shingles(REPRINT))


def test_two_stories_are_two() -> None:
    assert shared(shingles(STORY), shingles(OTHER)) == 0
    assert not near_identical(shingles(STORY), shingles(OTHER))


def test_a_shared_quotation_does_not_make_two_stories_one() -> None:
    quoting = f"{OTHER} The company said that a pump had failed, and that no one was hurt."
    assert 0 < shared(shingles(STORY), shingles(quoting)) < 0.5


def test_a_text_too_short_to_tell_is_like_nothing() -> None:
    short = shingles("The ferry to the islands left four hours late on Monday.")
    assert shared(short, shingles(STORY)) == 0
    assert shared(shingles(""), shingles("")) == 0


def test_marks_capitals_and_forms_of_letters_do_not_count() -> None:
    assert shingles("“The  ﬁrst ferry, the last boat”") == shingles(
        "the FIRST ferry – the last boat."
    )


def test_a_script_without_spaces_is_taken_by_the_character() -> None:
    text = "渡轮星期一晚点四小时离港船上载有九十人和一匹马港口无人知道原因"
    assert near_identical(shingles(text), shingles(f"快讯：{text}。"))
