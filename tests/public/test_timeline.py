"""The picture of verdicts on both clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from claims.layout.timeline import timeline_of
from claims.layout.timescale import dates_of, places_of


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


def entry(number: int, name: str, **fields: Any) -> dict[str, Any]:
    moment = f"2026-01-0{number}T00:00:00.000000Z"
    return {"number": number, "act": name, "recorded_at": moment, "about": None, **fields}


OTHER = {"number": 1, "act": "claim_recorded", "recorded_at": "2026-01-01T00:00:00.000000Z"}


def test_without_a_verdict_there_is_no_picture() -> None:
    assert timeline_of([OTHER]) is None


def test_one_verdict_that_took_effect_earlier_is_worth_a_picture() -> None:
    timeline = timeline_of([act(2, "confirmed", "2026-01-02", "2024-11-05")])
    assert timeline
    assert timeline.two_clocks
    assert [(s.x, s.width) for s in timeline.world] == [(0.0, 100.0)]
    assert [(s.x, s.width) for s in timeline.register] == [(84.0, 16.0)]


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
        (0.0, 40.0, "confirmed"),
        (84.0, 16.0, "unconfirmed"),
    ]
    assert len(timeline.joints) == 2


def test_acts_of_one_moment_make_no_negative_or_empty_bars() -> None:
    acts = [act(n, status, "2026-01-02") for n, status in enumerate(["confirmed", "disputed"])]
    timeline = timeline_of(acts)
    assert timeline
    assert [(s.x, s.width, s.status) for s in timeline.register] == [(0.0, 100.0, "disputed")]


def test_what_happened_close_together_is_drawn_apart_and_in_order() -> None:
    moments = [datetime(2026, 1, 1, 12, 0, second, tzinfo=UTC) for second in range(10)]
    places = places_of([datetime(2016, 1, 1, tzinfo=UTC), *moments])
    xs = list(places.values())
    assert xs == sorted(xs)
    assert (xs[0], xs[-1]) == (0.0, 84.0)
    assert min(later - earlier for earlier, later in pairwise(xs)) >= 4
    assert xs[1] > 40


def test_a_picture_of_very_many_moments_still_keeps_them_apart_and_inside() -> None:
    places = places_of(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(500))
    xs = list(places.values())
    assert len(set(xs)) == 500
    assert xs[-1] == 84.0


def test_days_are_written_where_there_is_room_and_never_twice() -> None:
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13)]
    again = datetime(2026, 12, 1, 5, tzinfo=UTC)
    places = places_of([*moments, again])
    dates = dates_of(places, [*moments, again])
    assert next(date.moment for date in dates) == moments[0]
    assert [date.moment for date in dates][-1] == again
    assert all(later.x - earlier.x >= 30 for earlier, later in pairwise(dates))
    assert [date.anchor for date in dates] == ["start", "middle", "middle"]
    assert dates_of(places_of([again]), [again])[0].anchor == "start"


def test_evidence_rewordings_and_corrections_have_marks_of_their_own() -> None:
    history = [
        {**OTHER},
        entry(2, "evidence_added"),
        entry(3, "evidence_added"),
        act(4, "confirmed", "2026-01-04", cause="first_verdict"),
        entry(5, "evidence_withdrawn", about=2),
        entry(6, "claim_reworded"),
        entry(7, "claim_absorbed"),
        act(8, "disputed", "2026-01-08", cause="correction"),
    ]
    timeline = timeline_of(history, stances={2: "supports", 3: "refutes"})
    assert timeline
    kinds = ["recorded", "supports", "refutes", "out", "wording", "other", "correction"]
    assert [mark.kind for mark in timeline.marks] == timeline.kinds == kinds
    xs = [mark.x for mark in timeline.marks]
    assert xs == sorted(xs)
    assert [stretch.status for stretch in timeline.register] == ["confirmed", "disputed"]


def test_the_day_the_claim_was_made_opens_the_picture() -> None:
    timeline = timeline_of([OTHER, act(2, "confirmed", "2026-01-02")], said_on="2025-06-01")
    assert timeline
    assert (timeline.marks[0].kind, timeline.marks[0].x) == ("said", 0)
    assert timeline.first == datetime(2025, 6, 1, tzinfo=UTC)
    assert timeline.register[0].x == 84


def test_a_status_is_written_over_its_bar_where_it_fits() -> None:
    acts = [act(2, "confirmed", "2026-01-01"), act(3, "disputed", "2026-06-02")]
    timeline = timeline_of([*acts, act(4, "unconfirmed", "2026-06-03")])
    assert timeline
    assert [stretch.label for stretch in timeline.register] == ["Confirmed", "", ""]
