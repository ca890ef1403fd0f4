"""The forms in which exports write instants."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.intake.cells import BadCell
from casedesk.intake.dates import date_order, date_reader, looks_like_date, zone_named
from tests.intake.reading import NOW


def in_utc(cell: str, zone: str = "UTC", dates: str = "", date_format: str = "") -> str | None:
    read = date_reader(zone=zone, dates=dates, now=NOW, date_format=date_format)  # type: ignore[arg-type]
    seconds = read(cell)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2016-04-28T11:19:34 -10:00", "2016-04-28 21:19:34"),
        ("2016-04-28T11:19:34Z", "2016-04-28 11:19:34"),
        ("2018-05-24T23:35:30.742+0200", "2018-05-24 21:35:30"),
        ("2016-04-01 19:57:45.306805", "2016-04-01 19:57:45"),
        ("2020-02-29", "2020-02-29 00:00:00"),
        ("2016/08/15 7:16:38 PM GMT+2", "2016-08-15 17:16:38"),
        ("2016/08/15 12:16:38 AM GMT+5:30", "2016-08-14 18:46:38"),
        ("1614192119", "2021-02-24 18:41:59"),
        ("1614192119000", "2021-02-24 18:41:59"),
        ("1486999900.000000", "2017-02-13 15:31:40"),
        ("20200131", "2020-01-31 00:00:00"),
        ("20200131235959", "2020-01-31 23:59:59"),
        ("42059.48", "2015-02-24 11:31:12"),
        ("31-12-2014 9.05", "2014-12-31 09:05:00"),
        ("31.12.2014", "2014-12-31 00:00:00"),
        ("1. 2. 2020", "2020-02-01 00:00:00"),
        ("31/12/14", "2014-12-31 00:00:00"),
        ("Tue Oct 31 22:10:47 +0000 2017", "2017-10-31 22:10:47"),
        ("Tue, 31 Oct 2017 22:10:47 +0100", "2017-10-31 21:10:47"),
        ("31. Oktober 2017, 10:05", "2017-10-31 10:05:00"),
        ("mardi 31 octobre 2017 10h05", "2017-10-31 10:05:00"),
        ("12 sierpnia 2021", "2021-08-12 00:00:00"),
        ("5 de março de 2020 às 10:00", "2020-03-05 10:00:00"),
        ("03/Mar/16 1:40 PM", "2016-03-03 13:40:00"),
        ("2016-12-31 23:59:60", "2016-12-31 23:59:59"),
    ],
)
def test_a_time_is_read_in_the_form_it_was_written(cell: str, expected: str) -> None:
    assert in_utc(cell) == expected


@pytest.mark.parametrize(("dates", "expected"), [("day first", "2019-01-11"), ("month first", "2019-11-01")])
def test_the_mapping_says_which_of_day_and_month_comes_first(dates: str, expected: str) -> None:
    assert in_utc("11/1/2019 8:51:12", dates=dates) == f"{expected} 08:51:12"


def test_a_time_without_an_offset_is_in_the_mappings_zone() -> None:
    assert in_utc("2020-07-17 18:00:00", zone="America/Denver") == "2020-07-18 00:00:00"
    assert in_utc("2020-07-17 18:00:00Z", zone="America/Denver") == "2020-07-17 18:00:00"


def test_a_format_of_ones_own_overrides_every_guess() -> None:
    assert in_utc("17|2020|07", date_format="%d|%Y|%m") == "2020-07-17 00:00:00"


@pytest.mark.parametrize("cell", ["0", "1970-01-01", "1970-01-01 00:00:00", "0000-00-00 00:00:00"])
def test_what_programs_write_for_an_unknown_time_is_no_time(cell: str) -> None:
    assert in_utc(cell) is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2020-02-31", '"2020-02-31" is a date or time that doesn\'t exist'),
        ("31/13/2020", '"31/13/2020" is a date or time that doesn\'t exist'),
        ("0202-01-01", '"0202-01-01" is an impossible date: before 1970'),
        ("2026-02-02", '"2026-02-02" is an impossible date: in the future'),
        ("yesterday", '"yesterday" is not a date'),
        ("12:30", '"12:30" is not a date'),
        ("a\nb", r'"a\nb" is not a date'),
    ],
)
def test_an_impossible_date_is_refused_with_its_reason(cell: str, reason: str) -> None:
    with pytest.raises(BadCell) as refusal:
        in_utc(cell)
    assert refusal.value.reason == reason


def test_a_clock_that_runs_ahead_by_less_than_a_day_is_forgiven() -> None:
    assert in_utc("2026-02-01 11:00:00") == "2026-02-01 11:00:00"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1/2/2020", "13/2/2020"], ("day first", True)),
        (["1/2/2020", "2/13/2020"], ("month first", True)),
        (["13/1/2020", "14/1/2020", "1/14/2020"], ("day first", True)),
        (["1/2/2020", "3/4/2020 10:00"], ("month first", False)),
        (["2020-01-02", "1.2.2020", "text"], ("", True)),
    ],
)
def test_day_or_month_first_is_decided_over_all_dates(cells: list[str], expected: tuple[str, bool]) -> None:
    assert date_order(cells) == expected


def test_numbers_alone_do_not_look_like_dates() -> None:
    assert not looks_like_date("1614192119")
    assert not looks_like_date("20200131")
    assert looks_like_date("31/02/2020")
    assert looks_like_date("Oct 31, 2017")


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match="Mars/Olympus"):
        zone_named("Mars/Olympus")


@given(st.datetimes(datetime(1970, 1, 2), datetime(2026, 1, 31)))
def test_any_time_is_read_back_from_any_of_its_forms(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    expected = moment.strftime("%Y-%m-%d %H:%M:%S")
    forms = ["%Y-%m-%dT%H:%M:%SZ", "%Y/%m/%d %I:%M:%S %p", "%d.%m.%Y %H:%M:%S", "%d %B %Y %H:%M:%S", "%Y%m%d%H%M%S"]
    assert {in_utc(moment.strftime(form)) for form in forms} == {expected}
    assert in_utc(moment.strftime("%m/%d/%Y %H:%M:%S"), dates="month first") == expected


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(cell: str) -> None:
    try:
        result = in_utc(cell)
    except BadCell:
        result = None
    assert result is None or result >= "1970-01-02"
