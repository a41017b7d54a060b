"""The picture of verdicts on both clocks."""

from __future__ import annotations

from typing import Any

from claims.layout.timeline import timeline_of


def act(
    number: int, status: str | None, recorded: str, effective: str | None = None, **fields: Any
):
    return {
        "number": number,
        "act": "verdict_given" if status else "verdict_voided",
        "status": status,
        "recorded_at": f"{recorded}T12:00:00.000000Z",
        "effective_on": effective,
        "about": None,
        **fields,
    }


OTHER = {"number": 1, "act": "claim_recorded", "recorded_at": "2026-01-01T00:00:00.000000Z"}


def test_without_a_verdict_or_a_change_there_is_no_picture() -> None:
    assert timeline_of([OTHER]) is None
    assert timeline_of([OTHER, act(2, "confirmed", "2026-01-02")]) is None


def test_one_verdict_that_took_effect_earlier_is_worth_a_picture() -> None:
    timeline = timeline_of([act(2, "confirmed", "2026-01-02", "2024-11-05")])
    assert timeline
    assert timeline.two_clocks
    assert [(s.x, s.width) for s in timeline.world] == [(0.0, 100.0)]
    assert [(s.x, s.width) for s in timeline.register] == [(94.0, 6.0)]


def test_each_bar_runs_in_the_order_of_its_own_clock() -> None:
    timeline = timeline_of(
        [
            act(2, "confirmed", "2026-01-02", "2025-04-29"),
            act(3, "unconfirmed", "2026-01-03", "2024-11-05"),
        ]
    )
    assert timeline
    assert [s.status for s in timeline.world] == ["unconfirmed", "confirmed"]
    assert [s.status for s in timeline.register] == ["confirmed", "unconfirmed"]
    assert len(timeline.joints) == 2


def test_a_verdict_taken_back_held_in_the_register_but_not_in_the_world() -> None:
    timeline = timeline_of([act(2, "confirmed", "2026-01-02"), act(3, None, "2026-01-05", about=2)])
    assert timeline
    assert timeline.world == []
    assert [s.status for s in timeline.register] == ["confirmed", "withdrawn"]
    assert [a.label for a in timeline.acts] == ["Confirmed", "Withdrawn"]


def test_a_verdict_taken_back_leaves_a_gap_and_not_the_one_before_it() -> None:
    acts = [
        act(2, "confirmed", "2026-01-01"),
        act(3, "disputed", "2026-01-03"),
        act(4, None, "2026-01-04", about=3),
        act(5, "unconfirmed", "2026-01-05"),
    ]
    timeline = timeline_of(acts)
    assert timeline
    assert [(s.x, s.width, s.status) for s in timeline.world] == [
        (0.0, 47.0, "confirmed"),
        (94.0, 6.0, "unconfirmed"),
    ]
    assert len(timeline.joints) == 2


def test_acts_of_one_moment_make_no_negative_or_empty_bars() -> None:
    acts = [act(n, status, "2026-01-02") for n, status in enumerate(["confirmed", "disputed"])]
    timeline = timeline_of(acts)
    assert timeline
    assert [(s.x, s.width, s.status) for s in timeline.register] == [(0.0, 100.0, "disputed")]


def test_years_are_marked_where_there_is_room() -> None:
    timeline = timeline_of([act(2, "confirmed", "2026-06-01", "2020-06-01")])
    assert timeline
    assert [tick.year for tick in timeline.ticks] == [2022, 2023, 2024, 2025][: len(timeline.ticks)]
    long = timeline_of([act(2, "confirmed", "2026-06-01", "1900-06-01")])
    assert long
    assert 0 < len(long.ticks) <= 7
