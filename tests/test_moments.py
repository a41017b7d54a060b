"""Moments and days: what RFC 3339 allows is read exactly, anything else is refused and never a failure."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.moments import parse_day, parse_moment

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
PAST = st.datetimes(datetime(1, 1, 3), datetime(2026, 11, 20), timezones=OFFSETS)


@given(PAST)
def test_every_moment_of_the_past_is_read_exactly(moment: datetime) -> None:
    assert parse_moment(moment.isoformat(), now=NOW) == moment


@given(PAST)
def test_a_plus_sign_that_became_a_space_is_understood(moment: datetime) -> None:
    assert parse_moment(moment.isoformat().replace("+", " "), now=NOW) == moment


@given(st.dates(max_value=NOW.date() - timedelta(days=1)))
def test_a_day_of_the_past_means_its_last_instant(day: date) -> None:
    assert parse_moment(day.isoformat(), now=NOW) == datetime.combine(day, time.max, UTC)


def test_today_means_now() -> None:
    assert parse_moment("2026-11-22", now=NOW) == NOW


@given(st.datetimes(datetime(2026, 11, 24), datetime(9999, 12, 30), timezones=OFFSETS))
def test_the_future_is_refused(moment: datetime) -> None:
    for text in (moment.isoformat(), moment.date().isoformat()):
        with pytest.raises(ValueError, match="future"):
            parse_moment(text, now=NOW)


def test_fractions_beyond_the_microsecond_are_cut() -> None:
    read = parse_moment("2024-11-04T12:00:00.123456789z", now=NOW)
    assert read == datetime(2024, 11, 4, 12, 0, 0, 123456, UTC)


@given(st.text(max_size=40) | st.text("0123456789-:TZ+. ", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_moment(text, now=NOW) <= NOW
    with suppress(ValueError):
        assert parse_day(text, now=NOW).isoformat() == text


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-04T12:00:00",
        "2024-11-04T12:00Z",
        "2024-11-04T12:00:60Z",
        "2024-11-04T24:00:00Z",
        "2024-11-04T12:00:00+24:00",
        "2024-11-04T12:00:00+01:60",
        "2024-11-04T12:00:00.Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2023-02-29",
        "2024-13-01",
        "２０２４-11-04",
        "2024-11-04\x00",
        "2024-11-04\n",
        "20241104",
        "1730721600",
        "now",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|day"):
        parse_moment(text, now=NOW)
