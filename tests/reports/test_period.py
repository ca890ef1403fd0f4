"""Periods of whole days: cut without gaps or overlaps, in any zone, across changes of its clocks (behaviour 8.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.reports.period import STEPS, Period, between, last_days, months, named

HOUR = 3600
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
"""Already the first of February in Berlin."""

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia",
         "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana")  # fmt: skip
"""With clocks that change at midnight or by half an hour, and one that has skipped a whole day."""

DATES = st.dates(date(2005, 1, 1), date(2030, 12, 31))
PERIODS = st.builds(
    lambda first, days, zone: Period(first, first + timedelta(days), ZoneInfo(zone)),
    DATES,
    st.integers(0, 400),
    st.sampled_from(ZONES),
)


@given(PERIODS, st.sampled_from(STEPS))
@settings(max_examples=300, deadline=None)
def test_its_parts_cover_it_without_gap_or_overlap(period: Period, step: str) -> None:
    parts = [part for _, part in period.cut(step)]

    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert (parts[0].first, parts[-1].last) == (period.first, period.last)
    for part, following in pairwise(parts):
        assert part.end == following.start
        assert following.first - part.last == timedelta(1)
    assert sum(part.days for part in parts) == period.days


@given(PERIODS, st.sampled_from(STEPS))
@settings(max_examples=200, deadline=None)
def test_each_part_has_its_own_label_and_is_whole_but_for_the_ends(period: Period, step: str) -> None:
    cut = list(period.cut(step))

    assert len({label for label, _ in cut}) == len(cut)
    for _, part in cut[1:-1]:
        if step == "day":
            assert part.days == 1
        elif step == "week":
            assert (part.first.weekday(), part.days) == (0, 7)
        else:
            assert months(part.first, 0, 1, part.zone) == part


@given(PERIODS)
@settings(max_examples=200, deadline=None)
def test_the_period_before_ends_where_it_begins_and_the_one_after_begins_where_it_ends(period: Period) -> None:
    assert period.before().end == period.start
    assert period.after().start == period.end


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),  # its midnight never came
        (date(2011, 12, 30), "Pacific/Apia", 0),  # nor did this day
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, zone: str, hours: float) -> None:
    period = Period(day, day, ZoneInfo(zone))
    assert period.end - period.start == hours * HOUR


def test_a_whole_month_is_set_beside_the_month_before_and_a_year_beside_the_year() -> None:
    assert str(months(date(2026, 3, 9), 0, 1, BERLIN).before()) == "2026-02"
    assert str(months(date(2026, 1, 9), 0, 1, BERLIN).after()) == "2026-02"
    year = Period(date(2026, 1, 1), date(2026, 12, 31), BERLIN)
    assert (year.before().first, year.before().last) == (date(2025, 1, 1), date(2025, 12, 31))


def test_weeks_are_those_of_iso_8601() -> None:
    period = Period(date(2025, 12, 28), date(2026, 1, 6), BERLIN)
    assert [label for label, _ in period.cut("week")] == ["2025-W52", "2026-W01", "2026-W02"]


def test_names_mean_days_of_the_reports_zone() -> None:
    assert str(named("today", NOW, BERLIN)) == "2026-02-01"
    assert str(named("today", NOW, ZoneInfo("UTC"))) == "2026-01-31"
    assert str(named("last-month", NOW, BERLIN)) == "2026-01"
    assert last_days(30, NOW, BERLIN) == Period(date(2026, 1, 3), date(2026, 2, 1), BERLIN)


def test_one_end_is_enough() -> None:
    assert between(None, None, NOW, BERLIN) == last_days(30, NOW, BERLIN)
    assert between("2026-01-15", None, NOW, BERLIN).last == date(2026, 2, 1)
    assert between(None, "2026-01", NOW, BERLIN) == Period(date(2026, 1, 2), date(2026, 1, 31), BERLIN)


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(InvalidInput, match="before it begins"):
        Period(date(2026, 2, 2), date(2026, 2, 1), BERLIN)
    with pytest.raises(InvalidInput, match="hundred years"):
        Period(date(1900, 1, 1), date(2026, 2, 1), BERLIN)
    with pytest.raises(InvalidInput, match="is no date"):
        named("someday", NOW, BERLIN)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("text", ["0001", "0001-01", "0001-01-01", "0002-w01", "0999-12-31", "9999", "9999-12-31"])
def test_the_ends_of_time_are_refused_with_a_sentence(text: str, zone: str) -> None:
    with pytest.raises(InvalidInput):
        named(text, NOW, ZoneInfo(zone))


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("turn", [Period.before, Period.after])
def test_periods_are_shifted_up_to_the_ends_of_time_and_no_further(turn: Callable[[Period], Period], zone: str) -> None:
    period = Period(date(5000, 1, 1), date(5098, 6, 30), ZoneInfo(zone))
    for _ in range(60):
        at, period = period, turn(period)
        assert period.start < period.end
    assert period == at
