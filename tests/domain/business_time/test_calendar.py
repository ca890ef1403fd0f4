"""What a calendar may be, and what is told of one that can't be (behaviour 3.1)."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from casedesk.domain.business_time import Calendar, Holiday, Interval, InvalidCalendar, Weekly, elapsed, parse_hours

HOUR = 3600
CHRISTMAS = date(2026, 12, 25)


def week(**days: list[tuple[int, int]]) -> Weekly:
    """The hours of a week in whole hours: `week(mon=[(9, 17)])`."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return tuple(tuple(Interval(start * HOUR, end * HOUR) for start, end in days.get(name, ())) for name in names)


def sentences(weekly: Weekly, zone: str = "UTC", holidays: dict[date, Holiday] | None = None) -> list[str]:
    with pytest.raises(InvalidCalendar) as caught:
        Calendar(zone, weekly, holidays or {})
    return [problem.sentence for problem in caught.value.problems]


def test_a_calendar_needs_working_time() -> None:
    assert sentences(week()) == ["A calendar needs working hours on one day at least."]


def test_a_week_has_seven_days() -> None:
    assert sentences(week(mon=[(9, 17)])[:5]) == ["A week has seven days, not 5."]


def test_an_unknown_zone_is_told_with_the_nearest() -> None:
    assert sentences(week(mon=[(9, 17)]), "Europe/Berln")[0].startswith(
        "There is no time zone “Europe/Berln”; did you mean Europe/Berlin"
    )


@pytest.mark.parametrize("zone", ["", "../etc/passwd", "/etc/passwd", "Europe", "Mars/Base", "\0"])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    assert sentences(week(mon=[(9, 17)]), zone)[0].startswith(f"There is no time zone “{zone}”")


@pytest.mark.parametrize("interval", [(24, 26), (-1, 5), (9, 25), (24, 24)])
def test_a_time_of_day_lies_within_the_day(interval: tuple[int, int]) -> None:
    (sentence,) = sentences(week(mon=[interval]))
    assert sentence.endswith("a time of day lies from 00:00 to 24:00 and begins before 24:00.")


@pytest.mark.parametrize(
    ("weekly", "expected"),
    [
        (week(mon=[(9, 12), (11, 17)]), "mon 11:00-17:00 overlaps mon 09:00-12:00."),
        (week(mon=[(9, 17), (9, 17)]), "mon 09:00-17:00 overlaps mon 09:00-17:00."),
        (week(mon=[(8, 18), (9, 10)]), "mon 09:00-10:00 overlaps mon 08:00-18:00."),
        (week(mon=[(22, 6)], tue=[(5, 9)]), "tue 05:00-09:00 overlaps mon 22:00-06:00."),
        (week(mon=[(9, 9)], tue=[(8, 10)]), "tue 08:00-10:00 overlaps mon 09:00-09:00."),
        (week(sun=[(22, 6)], mon=[(5, 9)]), "mon 05:00-09:00 overlaps sun 22:00-06:00."),
    ],
)
def test_overlaps_are_refused_also_into_the_next_day_and_week(weekly: Weekly, expected: str) -> None:
    assert sentences(weekly) == [expected]


@pytest.mark.parametrize(
    "weekly",
    [
        week(mon=[(9, 12), (12, 17)]),
        week(mon=[(22, 6)], tue=[(6, 9)]),
        week(sun=[(22, 6)], mon=[(6, 22)]),
        week(sun=[(0, 24)], mon=[(0, 0)]),
        week(mon=[(9, 9)], tue=[(9, 9)]),
    ],
)
def test_hours_that_touch_do_not_overlap(weekly: Weekly) -> None:
    assert Calendar("UTC", weekly).weekly == weekly


def test_all_mistakes_are_told_at_once_with_their_place() -> None:
    holidays = {CHRISTMAS: Holiday(open=(Interval(22 * HOUR, 6 * HOUR),))}
    with pytest.raises(InvalidCalendar) as caught:
        Calendar("Nowhere", week(mon=[(9, 12), (10, 11)], sat=[(23, 1), (0, 2)]), holidays)
    places = [(problem.field, problem.at, problem.interval) for problem in caught.value.problems]
    assert places == [
        ("zone", "", ""),
        ("hours", "mon", "10:00-11:00"),
        ("holidays", "2026-12-25", "22:00-06:00"),
    ]
    assert caught.value.sentence.count("overlaps") == 1


def test_the_hours_of_a_date_may_not_overlap() -> None:
    hours = (Interval(9 * HOUR, 12 * HOUR), Interval(11 * HOUR, 13 * HOUR))
    assert sentences(week(mon=[(9, 17)]), holidays={CHRISTMAS: Holiday(open=hours)}) == [
        "2026-12-25 11:00-13:00: it overlaps 09:00-12:00."
    ]


def test_a_calendar_never_changes() -> None:
    holidays = {CHRISTMAS: Holiday()}
    calendar = Calendar("UTC", week(mon=[(9, 17)]), holidays)
    holidays.clear()
    assert set(calendar.holidays) == {CHRISTMAS}
    with pytest.raises(FrozenInstanceError):
        calendar.zone = "Europe/Berlin"  # type: ignore[misc]  # that it can't be assigned is the point


def test_calendars_with_the_same_content_are_equal() -> None:
    first, second = (Calendar("UTC", parse_hours("mon 09:00-17:00"), {CHRISTMAS: Holiday()}) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != Calendar("UTC", parse_hours("mon 09:00-17:00"))


def test_own_dates_go_before_public_holidays() -> None:
    def public(year: int) -> dict[date, str]:
        return {date(year, 12, 25): "Christmas Day", date(year, 12, 28): "Boxing Day (observed)"}

    first, last = 1_798_156_800, 1_798_761_600  # from 25 December 2026 for a week, which is Friday to Thursday
    usual = parse_hours("mon-fri 09:00-17:00")
    assert elapsed(Calendar("UTC", usual, public_holidays=public), first, last) == 3 * 8 * HOUR
    own = {CHRISTMAS: Holiday(closed=())}
    assert elapsed(Calendar("UTC", usual, own, public), first, last) == 4 * 8 * HOUR
