"""Limits of the arithmetic, and what a calendar remembers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from casedesk.domain.business_time import (
    Calendar,
    Holiday,
    NoDeadline,
    deadline,
    duration_seconds,
    elapsed,
    parse_hours,
    spans,
)
from casedesk.domain.business_time.timeline import PARTS_KEPT
from casedesk.domain.errors import InvalidInput

HOUR, DAY = 3600, 86_400


def instant(year: int, month: int = 1, day: int = 1) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


START = instant(2026, 6, 1)


def always() -> Calendar:
    return Calendar("UTC", parse_hours("24x7"))


def all_holidays(year: int) -> dict[date, str]:
    return {date(year, 1, 1) + timedelta(day): "rest" for day in range(366) if day < 365 or year % 4 == 0}


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(InvalidInput, match="negative"):
        deadline(always(), START, -1)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidInput, match="pause"):
        elapsed(always(), START, START + 10, [(START + 5, START + 4)])


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_calendar_of_holidays_alone_has_no_deadline(seconds: int) -> None:
    calendar = Calendar("Europe/Berlin", parse_hours("mon-fri 09:00-17:00"), public_holidays=all_holidays)
    with pytest.raises(NoDeadline, match="200 years"):
        deadline(calendar, START, seconds)
    assert elapsed(calendar, START, START + 4000 * DAY) == 0


def test_ten_years_round_the_clock_are_ten_years() -> None:
    assert deadline(always(), START, 3652 * DAY) == START + 3652 * DAY


def test_ten_years_of_one_hour_a_week_lie_too_far_ahead() -> None:
    with pytest.raises(NoDeadline, match="200 years"):
        deadline(Calendar("UTC", parse_hours("mon 09:00-10:00")), START, 3652 * DAY)


def test_a_pause_that_lasts_has_no_deadline_beyond_it() -> None:
    with pytest.raises(NoDeadline, match="paused"):
        deadline(always(), START, 2 * HOUR, [(START + HOUR, None)])


@pytest.mark.parametrize("far", [instant(1) - 10, instant(1), instant(9999), 10**12, -(10**12)])
def test_instants_outside_of_the_calendar_are_refused(far: int) -> None:
    for question in (
        lambda: elapsed(always(), far, far + HOUR),
        lambda: deadline(always(), far, HOUR),
        lambda: deadline(always(), far, 0),
        lambda: spans(always(), far, far + HOUR),
    ):
        with pytest.raises(InvalidInput, match="2 to 9998"):
            question()


@pytest.mark.parametrize("question", [elapsed, spans])
def test_working_time_is_counted_over_200_years_at_most(question: Callable[[Calendar, int, int], object]) -> None:
    with pytest.raises(InvalidInput, match="200 years"):
        question(always(), instant(1900), instant(2300))


def test_a_calendar_remembers_a_bounded_stretch_of_time() -> None:
    calendar = Calendar("Europe/Berlin", parse_hours("mon-fri 09:00-17:00"))
    worked = elapsed(calendar, instant(1950), instant(2100))
    assert len(calendar.timeline._parts) <= PARTS_KEPT
    assert elapsed(calendar, instant(1950), instant(2100)) == worked


def test_questions_across_the_parts_of_a_timeline_agree_with_those_inside_them() -> None:
    calendar = Calendar("America/New_York", parse_hours("mon-fri 09:00-17:00;sat 22:00-06:00"))
    for day in range(0, 3000, 7):
        start = instant(2020) + day * DAY
        steps = sum(elapsed(calendar, at, at + DAY) for at in range(start, start + 28 * DAY, DAY))
        assert elapsed(calendar, start, start + 28 * DAY) == steps
        assert elapsed(calendar, start, deadline(calendar, start, 1000 * HOUR)) == 1000 * HOUR


def test_many_threads_get_the_same_answers() -> None:
    questions = [(START + day * DAY, day * HOUR) for day in range(0, 40_000, 97)]
    alone = Calendar("Europe/Berlin", parse_hours("mon-fri 09:00-17:00"))
    shared = Calendar("Europe/Berlin", parse_hours("mon-fri 09:00-17:00"))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: deadline(shared, *question), questions * 4))
    assert found == [deadline(alone, *question) for question in questions] * 4


def test_public_holidays_are_asked_for_by_year_and_not_at_every_question() -> None:
    asked: list[int] = []

    def public(year: int) -> dict[date, str]:
        asked.append(year)
        return {}

    calendar = Calendar("UTC", parse_hours("24x7"), public_holidays=public)
    for _ in range(100):
        elapsed(calendar, START, START + DAY)
    assert len(asked) <= 3
    assert set(asked) <= {2025, 2026, 2027}


def test_a_year_of_the_calendar_is_one_span_where_nothing_changes() -> None:
    (span,) = spans(always(), START, START + 3000 * DAY)
    assert span.seconds == 3000 * DAY


def test_a_holiday_of_a_skipped_date_takes_nothing() -> None:
    skipped = {date(2011, 12, 30): Holiday()}
    hours = parse_hours("sat 09:00-17:00")
    start, end = instant(2011, 12, 28), instant(2012, 1, 3)
    assert elapsed(Calendar("Pacific/Apia", hours, skipped), start, end) == duration_seconds("8h")
