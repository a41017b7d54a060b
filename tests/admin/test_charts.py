"""The charts: bars in proportion from nought, and a table that says the same."""

from __future__ import annotations

from claims.admin.charts import WIDTH, columns, lines

SERIES = {"a": "First", "b": "Second"}


def test_a_column_is_as_tall_as_its_number() -> None:
    chart = columns("k", "Title", [("one", {"a": 1}), ("two", {"a": 2, "b": 2})], SERIES)
    heights = {bar.told: bar.height for bar in chart.bars}
    assert heights["two, First: 2"] == heights["two, Second: 2"]
    assert abs(heights["two, First: 2"] - 2 * heights["one, First: 1"]) <= 0.1
    assert all(bar.y >= 0 and bar.x + bar.width <= WIDTH for bar in chart.bars)


def test_stacked_bars_touch_and_do_not_overlap() -> None:
    chart = lines("k", "Title", [("one", {"a": 3, "b": 1})], SERIES)
    first, second = chart.bars
    assert abs(first.x + first.width - second.x) <= 0.1
    assert abs(first.width - 3 * second.width) <= 0.3


def test_the_table_says_what_the_bars_say() -> None:
    chart = columns("k", "Title", [("one", {"a": 1}), ("two", {"b": 2})], SERIES)
    assert (chart.head, chart.rows) == (["First", "Second"], [("one", [1, 0]), ("two", [0, 2])])
    assert chart.legend == [("a", "First"), ("b", "Second")]


def test_nothing_is_drawn_of_nothing() -> None:
    assert columns("k", "Title", [], SERIES).is_empty
    assert lines("k", "Title", [("one", {})], SERIES).is_empty


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_the_table() -> None:
    name = "International Bureau of Weights and Measures"
    chart = lines("k", "Title", [(name, {"a": 1})], {"a": "Pieces"})
    assert chart.labels[0].text == "International Bureau …"
    assert chart.rows[0][0] == name
    assert chart.legend == []
