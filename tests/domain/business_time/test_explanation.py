"""The spans that an explanation lists (behaviour 3.7)."""

from __future__ import annotations

from datetime import UTC, datetime

from casedesk.domain.business_time import Calendar, parse_holidays, parse_hours, spans


def at(day: int, hour: int, minute: int = 0) -> int:
    """An instant of December 2026, UTC."""
    return int(datetime(2026, 12, day, hour, minute, tzinfo=UTC).timestamp())


CALENDAR = Calendar(
    "UTC", parse_hours("mon-fri 09:00-17:00"), parse_holidays("2026-12-25 Christmas Day, 2026-12-24 09:00-12:00 Eve")
)


def test_counted_hours_and_holidays_and_the_rest_take_turns() -> None:
    found = [(span.start, span.kind.value, span.name) for span in spans(CALENDAR, at(24, 8), at(28, 10))]
    assert found == [
        (at(24, 8), "outside", ""),
        (at(24, 9), "counted", ""),
        (at(24, 12), "holiday", "Eve"),
        (at(24, 17), "outside", ""),
        (at(25, 9), "holiday", "Christmas Day"),
        (at(25, 17), "outside", ""),
        (at(28, 9), "counted", ""),
    ]


def test_a_holiday_on_a_free_day_is_no_span() -> None:
    calendar = Calendar("UTC", parse_hours("mon-fri 09:00-17:00"), parse_holidays("2026-12-26 Boxing Day"))
    assert [span.kind.value for span in spans(calendar, at(26, 0), at(27, 0))] == ["outside"]


def test_a_pause_is_one_span_and_knows_the_working_time_in_it() -> None:
    found = spans(CALENDAR, at(21, 9), at(22, 17), pauses=[(at(21, 16), at(22, 10)), (at(22, 9, 30), at(22, 11))])
    assert [(span.start, span.kind.value, span.working) for span in found] == [
        (at(21, 9), "counted", 7 * 3600),
        (at(21, 16), "paused", 3 * 3600),
        (at(22, 11), "counted", 6 * 3600),
    ]


def test_a_closed_ticket_goes_before_a_pause() -> None:
    found = spans(CALENDAR, at(21, 9), at(21, 17), pauses=[(at(21, 10), at(21, 14))], closed=[(at(21, 12), None)])
    assert [(span.start, span.kind.value) for span in found] == [
        (at(21, 9), "counted"),
        (at(21, 10), "paused"),
        (at(21, 12), "closed"),
    ]


def test_nothing_is_listed_of_no_time() -> None:
    assert spans(CALENDAR, at(21, 9), at(21, 9)) == ()
    assert spans(CALENDAR, at(21, 9), at(20, 9)) == ()


def test_the_explanation_of_years_stays_short_where_it_is_paused() -> None:
    found = spans(CALENDAR, at(1, 0), at(1, 0) + 3000 * 86_400, pauses=[(at(2, 0), None)])
    assert [span.kind.value for span in found] == ["outside", "counted", "outside", "paused"]
