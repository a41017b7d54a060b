"""The drawings of counts: no register, no database, only where each part of a bar lies."""

from __future__ import annotations

from datetime import date

from claims.layout.charts import HEIGHT, bars_of, by_period, columns_of


def test_the_longest_bar_is_as_wide_as_the_picture_and_its_parts_follow_one_another() -> None:
    long, short = bars_of([("long", {"a": 3, "b": 1}), ("short", {"b": 2})], ["a", "b"])
    assert [(part.series, part.x, part.width) for part in long.segments] == [
        ("a", 0, 75),
        ("b", 75, 25),
    ]
    assert [(part.x, part.width) for part in short.segments] == [(0, 50)]
    assert (long.total, short.total) == (4, 2)


def test_columns_stand_on_the_ground_and_reach_up_to_the_top() -> None:
    high, low = columns_of([("one", {"a": 1, "b": 3}), ("two", {"b": 2})], ["a", "b"])
    assert [(part.y, part.height) for part in high.segments] == [(90, 30), (0, 90)]
    assert [(part.y, part.height) for part in low.segments] == [(60, 60)]
    assert high.segments[0].y + high.segments[0].height == HEIGHT
    assert (high.middle, low.middle) == (6.25, 18.75)


def test_months_without_anything_stay_in_the_row() -> None:
    counted = [(date(2025, 11, 1), "a", 1), (date(2026, 2, 1), "b", 2), (date(2026, 2, 1), "a", 1)]
    assert by_period(counted) == [
        ("2025-11", {"a": 1}),
        ("2025-12", {}),
        ("2026-01", {}),
        ("2026-02", {"b": 2, "a": 1}),
    ]


def test_a_long_time_is_told_by_quarter_and_a_very_long_one_by_year() -> None:
    quarters = by_period([(date(2022, 1, 1), "a", 1), (date(2024, 12, 1), "a", 1)])
    assert [label for label, _ in quarters][:2] == ["2022 Q1", "2022 Q2"]
    years = by_period([(date(2001, 1, 1), "a", 1), (date(2031, 12, 1), "a", 1)])
    assert years[0][0] == "2001"
    assert len(years) == 31


def test_nothing_counted_is_nothing_drawn() -> None:
    assert by_period([]) == []
    assert columns_of([], ["a"]) == bars_of([], ["a"]) == []
