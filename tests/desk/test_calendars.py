"""Calendars as the desk keeps them (behaviour 3.1 to 3.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given, strategies as st

from casedesk.desk import Desk
from casedesk.desk.calendar_reading import CalendarReading
from casedesk.desk.values import CalendarEntry, HolidayEntry, OwnDate
from casedesk.domain.business_time import deadline, elapsed
from casedesk.domain.errors import Conflict, InvalidFields, InvalidInput, NotFound, NotPermitted, Unchanged
from tests.conftest import Clock

DEFAULT = "Business hours"
HOUR = 3600


def the(desk: Desk, name: str = DEFAULT) -> CalendarEntry:
    return desk.calendars.entry(name, retired=True)


def names(desk: Desk) -> list[str]:
    return [entry.name for entry in desk.calendars.list(retired=True)]


def mistakes(act: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidFields) as refused:
        act()
    return dict(refused.value.mistakes)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def test_a_new_desk_works_from_monday_to_friday_in_its_own_zone(desk: Desk) -> None:
    entry = the(desk)
    assert (entry.zone, entry.hours, entry.country, entry.dates) == ("Europe/Berlin", "mon-fri 09:00-17:00", "", ())
    assert entry.policies == ("Standard",)


def test_a_calendar_is_made_with_holidays_and_dates_in_one_act(desk: Desk) -> None:
    eve = OwnDate(date(2026, 12, 24), "Eve", "09:00-12:00")
    outcome = desk.calendars.add("  Late  shift ", "mon-fri 14:00-22:00", country="germany", region="by", dates=[eve])
    entry = the(desk, "late SHIFT")
    assert (entry.name, entry.zone, entry.country, entry.region) == ("Late shift", "Europe/Berlin", "DE", "BY")
    assert entry.dates == (eve,)
    desk.acts.undo(outcome.act_id)
    assert names(desk) == [DEFAULT]
    desk.acts.redo()
    assert the(desk, "Late shift") == entry


def test_hours_are_kept_in_their_shortest_text(desk: Desk) -> None:
    desk.calendars.add("Always", "mon 00:00-24:00; tue-sun 00:00-24:00", zone="UTC")
    desk.calendars.add("Office", "Monday 9:00-12:00, 13:00-17:00; tue 13:00-17:00,9:00-12:00")
    assert [the(desk, name).hours for name in ("Always", "Office")] == ["24x7", "mon-tue 09:00-12:00,13:00-17:00"]


def test_every_mistake_is_said_at_its_field_and_nothing_is_made(desk: Desk) -> None:
    found = mistakes(
        lambda: desk.calendars.add(
            " ", "mon 09:00-12:00,11:00-13:00", zone="Europe/Berln", country="Germny",
            dates=[OwnDate(date(2026, 1, 1), hours="22:00-06:00")],
        )
    )  # fmt: skip
    assert set(found) == {"name", "zone", "hours", "country", "dates"}
    assert "1 to 100" in found["name"]
    assert "Europe/Berlin" in found["zone"]
    assert "mon 11:00-13:00 overlaps mon 09:00-12:00" in found["hours"]
    assert "Germany" in found["country"]
    assert "within it" in found["dates"]
    assert names(desk) == [DEFAULT]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("", "working hours on one day"),
        ("mon", "no times"),
        ("tu 09:00-17:00", "did you mean tue"),
        ("mon 09:00-17:00,", "empty interval"),
        ("mon 22:00-06:00;tue 05:00-12:00", "overlaps"),
    ],
)
def test_hours_that_cannot_be_are_refused(desk: Desk, hours: str, words: str) -> None:
    assert words in mistakes(lambda: desk.calendars.add("New", hours))["hours"]
    assert words in mistakes(lambda: desk.calendars.change(DEFAULT, hours=hours))["hours"]
    assert the(desk).hours == "mon-fri 09:00-17:00"


def test_a_region_needs_its_country(desk: Desk) -> None:
    assert mistakes(lambda: desk.calendars.add("New", "24x7", region="BY")) == {"region": "A region needs a country."}
    assert "region of DE" in mistakes(lambda: desk.calendars.add("New", "24x7", country="DE", region="XX"))["region"]
    assert (
        "there twice"
        in mistakes(lambda: desk.calendars.add("New", "24x7", dates=[OwnDate(date(2026, 1, 1))] * 2))["dates"]
    )


def test_a_name_is_taken_in_any_case_also_by_a_retired_calendar(desk: Desk) -> None:
    desk.calendars.add("Night", "24x7")
    assert "already" in mistakes(lambda: desk.calendars.add("NIGHT", "24x7"))["name"]
    desk.calendars.retire("night")
    assert "bring that back" in mistakes(lambda: desk.calendars.change(DEFAULT, new_name="night"))["name"]


def test_a_calendar_is_changed_recorded_and_taken_back(desk: Desk) -> None:
    before = the(desk)
    outcome = desk.calendars.change(
        DEFAULT, new_name="Desk", zone="Asia/Tokyo", hours="mon 9:00-10:00", country="jp", region=""
    )
    assert outcome.summary == (
        "calendar “Business hours”: name → “Desk”; zone → Asia/Tokyo; hours → mon 09:00-10:00; country → JP"
    )
    after = the(desk, "Desk")
    assert (after.id, after.zone, after.hours, after.country) == (before.id, "Asia/Tokyo", "mon 09:00-10:00", "JP")
    desk.acts.undo()
    assert the(desk) == before
    desk.acts.redo()
    assert the(desk, "Desk") == after


def test_another_country_has_no_region_until_one_is_named(desk: Desk) -> None:
    desk.calendars.change(DEFAULT, country="DE", region="BY")
    desk.calendars.change(DEFAULT, country="de", hours="mon 09:00-10:00")
    assert (the(desk).country, the(desk).region) == ("DE", "BY")
    desk.calendars.change(DEFAULT, country="AT")
    assert (the(desk).country, the(desk).region) == ("AT", "")
    desk.calendars.change(DEFAULT, region="9")
    desk.calendars.change(DEFAULT, country="")
    assert (the(desk).country, the(desk).region) == ("", "")


def test_a_change_that_changes_nothing_is_told(desk: Desk) -> None:
    with pytest.raises(Unchanged, match="nothing to change"):
        desk.calendars.change(DEFAULT, hours="mon-fri 9:00-17:00", zone="Europe/Berlin")
    assert desk.acts.journal(1)[0].name != "change calendar"


def test_a_change_made_for_what_has_changed_since_is_a_conflict(desk: Desk) -> None:
    seen = the(desk)
    desk.calendars.change(DEFAULT, hours="24x7")
    with pytest.raises(Conflict, match="has changed since"):
        desk.calendars.change(DEFAULT, zone="UTC", seen=seen)
    desk.calendars.change(DEFAULT, zone="UTC", seen=the(desk))
    assert the(desk).zone == "UTC"


def test_hours_too_few_for_a_target_that_counts_by_them_are_refused(desk: Desk) -> None:
    desk.policies.set_simple(2000)
    assert (
        "too few hours for a target of 2000h"
        in mistakes(lambda: desk.calendars.change(DEFAULT, hours="mon 00:00-00:10"))["hours"]
    )
    desk.calendars.change(DEFAULT, hours="mon 00:00-01:00")
    assert the(desk).hours == "mon 00:00-01:00"


def test_a_date_is_set_changed_and_removed_each_taken_back(desk: Desk) -> None:
    eve = date(2026, 12, 24)
    desk.calendars.set_date(DEFAULT, eve, called=" Christmas  Eve ", hours="9:00-12:00")
    assert the(desk).dates == (OwnDate(eve, "Christmas Eve", "09:00-12:00"),)
    desk.calendars.set_date(DEFAULT, eve, called="Closed")
    assert the(desk).dates == (OwnDate(eve, "Closed", ""),)
    with pytest.raises(Unchanged):
        desk.calendars.set_date(DEFAULT, eve, called="Closed")
    removed = desk.calendars.remove_date(DEFAULT, eve)
    assert (removed.summary, the(desk).dates) == ("calendar “Business hours”: 2026-12-24 removed", ())
    desk.acts.undo()
    assert the(desk).dates == (OwnDate(eve, "Closed", ""),)
    desk.acts.undo()
    assert the(desk).dates == (OwnDate(eve, "Christmas Eve", "09:00-12:00"),)
    desk.acts.undo()
    assert the(desk).dates == ()
    for _ in range(3):
        desk.acts.redo()
    assert the(desk).dates == ()
    with pytest.raises(NotFound, match="2026-12-24"):
        desk.calendars.remove_date(DEFAULT, eve)


@pytest.mark.parametrize("hours", ["22:00-06:00", "noon", "12:00-12:00", "09:00-11:00,10:00-12:00", "; 2026-12-25"])
def test_hours_of_a_date_that_cannot_be_are_refused(desk: Desk, hours: str) -> None:
    assert set(mistakes(lambda: desk.calendars.set_date(DEFAULT, date(2026, 12, 24), hours=hours))) == {"hours"}
    assert the(desk).dates == ()


def test_a_date_far_off_or_with_a_name_that_cannot_be_is_refused(desk: Desk) -> None:
    found = mistakes(lambda: desk.calendars.set_date(DEFAULT, date(1, 1, 1), called="a\x1b[31m"))
    assert set(found) == {"date", "name"}


def test_a_calendar_in_use_is_not_retired(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="used by “Standard”"):
        desk.calendars.retire(DEFAULT)
    desk.calendars.add("Night", "24x7")
    desk.policies.change("Standard", calendar="night")
    desk.calendars.retire(DEFAULT)
    assert the(desk).retired
    assert [entry.name for entry in desk.calendars.list()] == ["Night"]
    with pytest.raises(Unchanged):
        desk.calendars.retire(DEFAULT)


def test_a_retired_calendar_is_not_changed_until_it_is_brought_back(desk: Desk) -> None:
    desk.calendars.add("Night", "24x7")
    desk.calendars.retire("Night")
    with pytest.raises(NotFound, match="retired; bring it back"):
        desk.calendars.change("Night", hours="mon 09:00-10:00")
    desk.acts.undo()
    assert not the(desk, "Night").retired
    desk.acts.redo()
    desk.calendars.restore("night")
    assert not the(desk, "Night").retired
    with pytest.raises(Unchanged, match="isn't retired"):
        desk.calendars.restore("night")


def test_a_copy_has_everything_but_the_policies(desk: Desk) -> None:
    desk.calendars.change(DEFAULT, country="DE", region="BE")
    desk.calendars.set_date(DEFAULT, date(2026, 12, 24), hours="off 12:00-24:00")
    desk.calendars.copy(DEFAULT, "Copy")
    first, copy = the(desk), the(desk, "Copy")
    assert (copy.zone, copy.hours, copy.country, copy.region) == (first.zone, first.hours, "DE", "BE")
    assert (copy.dates, copy.policies) == (first.dates, ())
    desk.acts.undo()
    assert names(desk) == [DEFAULT]


def test_an_unknown_calendar_is_told_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(NotFound, match="did you mean Business hours"):
        desk.calendars.show("Busines hours")


def test_calendars_are_changed_by_the_administrator_alone(ben: Desk) -> None:
    for act in (
        lambda: ben.calendars.add("New", "24x7"),
        lambda: ben.calendars.change(DEFAULT, hours="24x7"),
        lambda: ben.calendars.set_date(DEFAULT, date(2026, 12, 24)),
        lambda: ben.calendars.copy(DEFAULT, "Copy"),
        lambda: ben.calendars.retire(DEFAULT),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert ben.calendars.show(DEFAULT).entry.name == DEFAULT


def test_the_next_twelve_months_of_holidays_say_where_each_is_from(desk: Desk) -> None:
    desk.calendars.change(DEFAULT, country="DE", region="BE")
    desk.calendars.set_date(DEFAULT, date(2026, 12, 24), called="Eve", hours="09:00-12:00")
    desk.calendars.set_date(DEFAULT, date(2026, 12, 25), called="Fair")
    desk.calendars.set_date(DEFAULT, date(2026, 5, 1), hours="open")
    desk.calendars.set_date(DEFAULT, date(2027, 2, 1), called="After a year and a day")
    shown = {each.date: each for each in desk.calendars.show(DEFAULT).holidays}
    assert min(shown) == date(2026, 3, 8)
    assert max(shown) == date(2027, 1, 1)
    assert shown[date(2026, 3, 8)].origin == "public"
    assert shown[date(2026, 12, 24)] == HolidayEntry(date(2026, 12, 24), "Eve", "part-day", "09:00-12:00")
    assert shown[date(2026, 12, 25)] == HolidayEntry(date(2026, 12, 25), "Fair", "own", "")
    assert (shown[date(2026, 5, 1)].origin, shown[date(2026, 5, 1)].name) == ("open", "Labor Day")


def test_the_year_of_holidays_begins_on_the_day_it_is_at_the_calendar(desk: Desk, clock: Clock) -> None:
    clock.seconds = utc("2028-02-28T23:30")
    for day in (date(2028, 2, 28), date(2028, 2, 29), date(2029, 2, 28), date(2029, 3, 1)):
        desk.calendars.set_date(DEFAULT, day)
    assert [each.date for each in desk.calendars.show(DEFAULT).holidays] == [date(2028, 2, 29), date(2029, 2, 28)]


def test_a_night_shift_is_cut_at_midnight_for_the_picture(desk: Desk) -> None:
    week = desk.calendars.week("fri 22:00-06:00;sun 20:00-02:00;mon 09:00-10:00")
    assert week[4] == ((22 * HOUR, 24 * HOUR),)
    assert week[5] == ((0, 6 * HOUR),)
    assert week[0] == ((0, 2 * HOUR), (9 * HOUR, 10 * HOUR))


def test_working_time_follows_the_calendar_with_its_holidays_and_dates(desk: Desk) -> None:
    desk.calendars.change(DEFAULT, country="DE", region="BE", zone="UTC")
    desk.calendars.set_date(DEFAULT, date(2026, 12, 24), hours="09:00-12:00")
    calendar = desk.calendars.calendar(DEFAULT)
    assert elapsed(calendar, utc("2026-12-23T16:00"), utc("2026-12-28T10:00")) == 5 * HOUR
    assert deadline(calendar, utc("2026-12-24T11:00"), 2 * HOUR) == utc("2026-12-28T10:00")


def test_a_calendar_is_compiled_once_until_anybody_changes_it(desk: Desk) -> None:
    number = the(desk).id
    first = desk.calendars.working(number)
    assert desk.calendars.working(number) is first
    with Desk.open(desk.path, user="ana", clock=desk.clock) as other:
        other.calendars.set_date(DEFAULT, date(2026, 12, 24), hours="09:00-12:00")
    second = desk.calendars.working(number)
    assert second is not first
    assert date(2026, 12, 24) in second.holidays
    desk.calendars.change(DEFAULT, new_name="Desk")
    assert desk.calendars.working(number) is second


def test_a_calendar_without_a_country_knows_no_public_holidays(desk: Desk) -> None:
    assert desk.calendars.working(the(desk).id).public_holidays is None
    with pytest.raises(NotFound):
        desk.calendars.working(99)


def test_undoing_a_new_calendar_that_a_policy_uses_is_a_conflict(desk: Desk) -> None:
    made = desk.calendars.add("Night", "24x7")
    desk.policies.change("Standard", calendar="Night")
    with pytest.raises(Conflict):
        desk.acts.undo(made.act_id)
    assert the(desk, "Night").policies == ("Standard",)


@given(
    st.text(max_size=40)
    | st.from_regex(r"(mon|tue|fri-mon|daily|24x7)( [0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2})?[;,]?", fullmatch=True)
)
def test_any_text_is_hours_or_refused_with_a_sentence(text: str) -> None:
    reading = CalendarReading(cast(Desk, SimpleNamespace(require=lambda *_rights: None)))  # it needs no more of a desk
    refusal, week = "", ()
    try:
        week = reading.week(text)
    except InvalidInput as refused:
        refusal = refused.sentence
    assert any(week) != bool(refusal)
    for intervals in week:
        assert all(0 <= start < end <= 24 * HOUR for start, end in intervals)
        assert all(end <= start for (_, end), (start, _) in pairwise(intervals))
