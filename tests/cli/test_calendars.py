"""`casedesk calendars …`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from casedesk.cli.calendar_documents import week_picture
from casedesk.desk import Desk
from tests.cli.conftest import Run

DEFAULT = "Business hours"


def show(run: Run, name: str = DEFAULT) -> dict[str, Any]:
    document: dict[str, Any] = run("calendars", "show", name, "--json").document
    return document


def test_a_calendar_is_made_and_shown_with_its_week_and_holidays(desk: Desk, run: Run) -> None:
    made = run(
        "calendars", "add", "Shop", "--hours", "mon-thu 9:00-12:15,13:00-17:00; fri 22:00-06:00", "--country",
        "Germany", "--region", "by", "--date", "2026-12-24 09:00-12:00 Christmas Eve", "--date", "2026-12-31",
    )  # fmt: skip
    assert (made.status, made.out) == (0, "calendar “Shop” made\n")
    document = show(run, "shop")
    assert list(document) == [
        "name", "zone", "hours", "country", "region", "dates", "policies", "retired", "week", "holidays",
    ]  # fmt: skip
    assert (document["zone"], document["country"], document["region"]) == ("Europe/Berlin", "DE", "BY")
    assert document["hours"] == "mon-thu 09:00-12:15,13:00-17:00;fri 22:00-06:00"
    assert document["dates"] == [
        {"date": "2026-12-24", "name": "Christmas Eve", "hours": "09:00-12:00"},
        {"date": "2026-12-31", "name": "", "hours": None},
    ]
    assert document["week"][5] == {"day": "sat", "hours": [{"from": "00:00", "to": "06:00"}]}
    origins = {each["date"]: each["origin"] for each in document["holidays"]}
    assert [origins[f"2026-12-{day}"] for day in (24, 25, 31)] == ["part-day", "public", "own"]
    shown = run("calendars", "show", "Shop").out
    assert "mon  ··················██████▒·████████··············  09:00-12:15, 13:00-17:00\n" in shown
    assert "fri  ············································████  22:00-24:00\n" in shown
    assert "2026-12-24  Thu  Christmas Eve" in shown


def test_calendars_are_listed_with_the_policies_that_use_them(desk: Desk, run: Run) -> None:
    run("calendars", "copy", DEFAULT, "Copy")
    assert run("calendars", "retire", "copy").out == "calendar “Copy” retired\n"
    assert [each["name"] for each in run("calendars", "list", "--json").document] == [DEFAULT]
    both = run("calendars", "list", "--retired", "--json").document
    assert [(each["name"], each["policies"], each["retired"]) for each in both] == [
        (DEFAULT, ["Standard"], False), ("Copy", [], True),
    ]  # fmt: skip
    assert "mon-fri 09:00-17:00" in run("calendars", "list").out
    assert run("calendars", "restore", "copy").out == "calendar “Copy” brought back\n"
    used = run("calendars", "retire", DEFAULT)
    assert (used.status, used.err) == (
        2, "casedesk: The calendar “Business hours” is used by “Standard”; give them another first.\n",
    )  # fmt: skip


def test_a_calendar_is_changed_and_its_country_taken_away(desk: Desk, run: Run) -> None:
    changed = run("calendars", "change", DEFAULT, "--country", "DE", "--region", "BE", "--hours", "24/7", "--json")
    assert changed.document["summary"] == "calendar “Business hours”: hours → 24x7; country → DE; region → BE"
    run("calendars", "change", DEFAULT, "--country", "none", "--name", "Always")
    assert (show(run, "Always")["country"], show(run, "Always")["region"]) == (None, None)
    assert "No holidays in the next twelve months." in run("calendars", "show", "Always").out
    assert run("undo").status == 0
    assert show(run)["region"] == "BE"


def test_a_date_is_set_and_removed(desk: Desk, run: Run) -> None:
    run("calendars", "date", DEFAULT, "2026-12-24", "--hours", "9:00-12:00", "--name", "Eve")
    assert show(run)["dates"] == [{"date": "2026-12-24", "name": "Eve", "hours": "09:00-12:00"}]
    assert run("calendars", "date", DEFAULT, "2026-12-24", "--remove").status == 0
    gone = run("calendars", "date", DEFAULT, "2026-12-24", "--remove")
    assert (gone.status, show(run)["dates"]) == (1, [])


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("show", "Busines hours"), 1, "did you mean Business hours"),
        (("add", "New", "--hours", "mon"), 2, "no times"),
        (("add", "New", "--hours", "24x7", "--zone", "Europe/Berln"), 2, "did you mean Europe/Berlin"),
        (("add", "New", "--hours", "24x7", "--date", "Christmas"), 2, "doesn't begin with a date"),
        (("date", DEFAULT, "24.12.2026"), 2, "isn't a date such as 2026-12-24"),
        (("date", DEFAULT, "2026-12-24", "--remove", "--hours", "open"), 2, "Give --remove, or"),
        (("change", DEFAULT), 2, "nothing to change"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    desk: Desk, run: Run, arguments: tuple[str, ...], status: int, words: str
) -> None:
    told = run("calendars", *arguments)
    assert (told.status, told.out) == (status, "")
    assert told.err.count("\n") == 1
    assert words in told.err


def test_calendars_are_the_administrators(desk: Desk, run: Run) -> None:
    assert run("calendars", "change", DEFAULT, "--hours", "24x7", LOGNAME="ben").status == 3
    assert run("calendars", "show", DEFAULT, LOGNAME="ben").status == 0


def test_a_name_from_outside_reaches_the_terminal_cleaned(desk: Desk, run: Run) -> None:
    assert run("calendars", "date", DEFAULT, "2026-12-24", "--name", "a\x1b[31mb").status == 2
    assert "\x1b" not in run("calendars", "show", DEFAULT).out


@given(st.lists(st.lists(st.integers(0, 86_400), min_size=2, max_size=2, unique=True).map(sorted), max_size=3))
def test_the_picture_of_any_day_is_as_wide_as_the_scale(intervals: list[list[int]]) -> None:
    day = tuple((start, end) for start, end in intervals)
    scale, monday, *rest = week_picture((day, *[()] * 6))
    bar = monday[5:53]
    assert set(bar) <= set("█▒·")
    assert len(scale) == 55
    assert (set(bar) == {"·"}) == (not day)
    assert [line[:3] for line in rest] == ["tue", "wed", "thu", "fri", "sat", "sun"]
