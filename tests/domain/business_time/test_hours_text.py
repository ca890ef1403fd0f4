"""Hours and holidays as text, both ways (behaviour 3.1)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.business_time import (
    Holiday,
    Interval,
    InvalidCalendar,
    Weekly,
    holiday_hours_text,
    holidays_text,
    hours_text,
    parse_holiday_hours,
    parse_holidays,
    parse_hours,
)
from tests.domain.business_time.minutes import WallInterval
from tests.domain.business_time.strategies import calendar_of, weeks

HOUR = 3600
EVE = date(2026, 12, 24)
MORNING = (Interval(9 * HOUR, 12 * HOUR),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mon 09:00-17:00;tue 09:00-12:00,13:00-17:00", "mon 09:00-17:00;tue 09:00-12:00,13:00-17:00"),
        ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00"),
        ("Monday 9:00 – 17:00\nTuesday: 9:00-17:00", "mon-tue 09:00-17:00"),
        ("sat,sun 10:00-14:00", "sat-sun 10:00-14:00"),
        ("fri-mon 22:00-06:00", "mon 22:00-06:00;fri-sun 22:00-06:00"),
        ("mon,wed 09:00-10:00", "mon 09:00-10:00;wed 09:00-10:00"),
        ("mon 13:00-17:00;mon 09:00-12:00", "mon 09:00-12:00,13:00-17:00"),
        ("daily 08:00-20:00", "daily 08:00-20:00"),
        ("mon-sun 00:00-24:00", "24x7"),
        ("24X7", "24x7"),
        ("24/7;", "24x7"),
        ("tue 23:59:30-24:00", "tue 23:59:30-24:00"),
    ],
)
def test_hours_are_read_and_shown_shortest(text: str, shown: str) -> None:
    assert hours_text(parse_hours(text)) == shown


def week_of(weekly: list[WallInterval]) -> Weekly:
    return calendar_of("UTC", weekly, {}).weekly


@given(weekly=weeks())
def test_any_hours_come_back_from_their_text(weekly: list[WallInterval]) -> None:
    assert parse_hours(hours_text(week_of(weekly))) == week_of(weekly)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["A calendar needs working hours on one day at least."]),
        ("mun 09:00-10:00", ["There is no weekday “mun”; did you mean sun?"]),
        ("mon", ["“mon” has no times; write mon 09:00-17:00."]),
        ("09:00-10:00", ["“09:00-10:00” doesn't begin with weekdays; write mon-fri 09:00-17:00."]),
        ("mon 9-17", ["mon “9-17” isn't an interval such as 09:00-17:00."]),
        ("mon 09:00-10:00,", ["mon has an empty interval."]),
        ("mon-tue-wed 09:00-10:00", ["“mon-tue-wed” isn't a range of weekdays; write mon-fri."]),
        ("mon 09:60-10:00", ["mon 09:60-10:00: a time of day lies from 00:00 to 24:00 and begins before 24:00."]),
        ("24x7;tue 09:00-10:00", ["tue 09:00-10:00 overlaps tue 00:00-24:00."]),
        (
            "mun 25:00-26:00;fri 24:00-01:00",
            [
                "There is no weekday “mun”; did you mean sun?",
                "mun 25:00-26:00: a time of day lies from 00:00 to 24:00 and begins before 24:00.",
                "fri 24:00-01:00: a time of day lies from 00:00 to 24:00 and begins before 24:00.",
            ],
        ),
    ],
)
def test_every_mistake_in_hours_is_told(text: str, sentences: list[str]) -> None:
    with pytest.raises(InvalidCalendar) as caught:
        parse_hours(text)
    assert [problem.sentence for problem in caught.value.problems] == sentences


@given(text=st.text(alphabet="monfri 0123456789:-,;–\n", max_size=40) | st.text(max_size=40))
def test_any_text_is_hours_or_a_mistake(text: str) -> None:
    with suppress(InvalidCalendar):
        weekly = parse_hours(text)
        assert parse_hours(hours_text(weekly)) == weekly


@pytest.mark.parametrize(
    ("text", "holiday"),
    [
        ("2026-12-24", Holiday()),
        ("2026-12-24 Christmas Eve, all of it", Holiday("Christmas Eve, all of it")),
        ("2026-12-24 off", Holiday()),
        ("2026-12-24 09:00-12:00", Holiday(open=MORNING)),
        ("2026-12-24 09:00-12:00 Eve", Holiday("Eve", open=MORNING)),
        ("2026-12-24 off 09:00-12:00 Eve", Holiday("Eve", closed=MORNING)),
        ("2026-12-24 open 09:00-12:00 3 hours", Holiday("3 hours", open=MORNING)),
        ("2026-12-24 09:00 - 12:00 Eve", Holiday("Eve", open=MORNING)),
        ("2026-12-24 off open", Holiday("open")),
        ("2026-12-24 open", Holiday(closed=())),
        ("2026-12-24 opening day", Holiday("opening day")),
        ("2026-12-24 ,9:00-10:00", Holiday(",9:00-10:00")),
    ],
)
def test_a_holiday_has_hours_and_a_name(text: str, holiday: Holiday) -> None:
    assert parse_holidays(text) == {EVE: holiday}
    assert parse_holidays(holidays_text({EVE: holiday})) == {EVE: holiday}


@pytest.mark.parametrize("separator", [",", ", ", ";", "\n", " ;\n"])
def test_holidays_are_parted_by_commas_semicolons_or_lines(separator: str) -> None:
    text = separator.join(("2026-12-25 Christmas", "2026-12-24 09:00-10:00,11:00-12:00", "2027-01-01"))
    hours = (Interval(9 * HOUR, 10 * HOUR), Interval(11 * HOUR, 12 * HOUR))
    assert parse_holidays(text) == {
        date(2026, 12, 25): Holiday("Christmas"), EVE: Holiday(open=hours), date(2027, 1, 1): Holiday(),
    }  # fmt: skip


def test_every_mistake_in_holidays_is_told() -> None:
    with pytest.raises(InvalidCalendar) as caught:
        parse_holidays("Christmas; 2026-02-30; 2026-12-24; 2026-12-24; 2026-12-31 22:00-06:00; 2026-12-30 09:00")
    assert [problem.sentence for problem in caught.value.problems] == [
        "“Christmas” doesn't begin with a date such as 2026-12-25.",
        "“2026-02-30” doesn't begin with a date such as 2026-12-25.",
        "2026-12-24 is there twice.",
        "2026-12-30 “09:00” isn't an interval such as 09:00-17:00.",
        "2026-12-31 22:00-06:00: the hours of a date lie within it, from 00:00 to 24:00.",
    ]


WORDS = st.lists(
    st.sampled_from(("open", "Off", "09:00", "9:00-10:00", "-", ",", "Eve", "3", "2026-12-25", ";")), max_size=6
)


@given(text=st.text(max_size=30) | WORDS.map(lambda words: f"2026-12-24 {' '.join(words)}"))
def test_any_text_is_holidays_or_a_mistake(text: str) -> None:
    with suppress(InvalidCalendar):
        holidays = parse_holidays(text)
        assert parse_holidays(holidays_text(holidays)) == holidays


@pytest.mark.parametrize("text", ["", "open", "09:00-12:00", "off 09:00-12:00", "09:00-12:00,13:00-14:30"])
def test_the_hours_of_one_date_come_back_from_their_text(text: str) -> None:
    holiday = parse_holiday_hours(text, "Eve")
    assert holiday.name == "Eve"
    assert holiday_hours_text(holiday) == text


def test_hours_of_one_date_that_cannot_be_are_refused() -> None:
    with pytest.raises(InvalidCalendar, match="Eve “lunch” isn't an interval such as"):
        parse_holiday_hours("lunch", "Eve")
