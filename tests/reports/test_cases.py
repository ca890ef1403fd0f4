"""New, closed, open and how long it took: the reports Tickets and Cases (A5, M14, behaviour 8.1, 8.2)."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted
from casedesk.domain.query import QueryError
from casedesk.reports import Report, Reports, Request
from casedesk.reports.period import Period
from tests.conftest import Clock

HOUR, DAY = 3600, 86_400
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = Period(date(2026, 1, 31), date(2026, 2, 6), BERLIN)


@pytest.fixture
def worked(desk: Desk, clock: Clock) -> Desk:
    """Three tickets of Saturday, 13:01. The first is closed after an hour, reopened on Monday and closed a day later;
    the second is merged into the third, which stays open. It is Friday, the sixth."""
    for _ in range(3):
        desk.tickets.new("Parcel", "low")
    desk.tickets.assign(1, "ben")
    clock.tick(HOUR)
    desk.tickets.close(1, "Resolved")
    desk.tickets.merge(2, 3)
    clock.tick(2 * DAY)
    desk.tickets.reopen(1)
    clock.tick(DAY)
    desk.tickets.close(1, "Explained")
    clock.tick(3 * DAY)
    return desk


def run(desk: Desk, by: str = "day", query: str = "", period: Period = WEEK) -> Report:
    report = "tickets" if by in ("day", "week", "month") else "cases"
    return Reports(desk).run(Request(report, period, by, query))


def listed(desk: Desk, report: Report, figure_id: str) -> list[int]:
    rows = report.total(figure_id).rows
    assert rows is not None
    return sorted(desk.tickets.numbers(rows.query))


def test_closings_and_closed_tickets_are_both_counted_and_a_merge_is_neither(worked: Desk) -> None:
    report = run(worked)
    assert (report.total("closings").value, report.total("closed").value) == (2, 1)
    assert listed(worked, report, "closed") == listed(worked, report, "closings") == [1]
    assert report.total("closings").n == 1


def test_open_time_leaves_out_what_it_was_closed_and_is_of_the_last_closing_in_the_period(worked: Desk) -> None:
    assert run(worked).total("average_open_seconds").value == HOUR + DAY
    first = run(worked, period=Period(date(2026, 1, 31), date(2026, 2, 1), BERLIN))
    assert first.total("average_open_seconds").value == HOUR


def test_every_day_has_its_line_and_those_without_data_are_zero(worked: Desk) -> None:
    report = run(worked)
    assert [line.label for line in report.lines] == ["2026-01-31", *(f"2026-02-0{day}" for day in range(1, 7))]
    assert [line.value("new") for line in report.lines] == [3, 0, 0, 0, 0, 0, 0]
    assert [line.value("closings") for line in report.lines] == [1, 0, 0, 1, 0, 0, 0]
    assert [line.value("reopened") for line in report.lines] == [0, 0, 1, 0, 0, 0, 0]
    assert [line.value("open") for line in report.lines] == [1, 1, 2, 1, 1, 1, 1]


def test_nothing_to_compute_from_is_no_number(desk: Desk) -> None:
    figure = run(desk).total("average_open_seconds")
    assert (figure.value, figure.n) == (None, 0)


def test_open_ones_have_an_age_apart(worked: Desk, clock: Clock) -> None:
    figure = run(worked).total("average_age_seconds")
    assert (figure.value, figure.n) == (HOUR + 6 * DAY, 1)
    assert listed(worked, run(worked), "average_age_seconds") == [3]


def test_what_was_open_then_is_listed_though_it_is_closed_now(worked: Desk) -> None:
    monday = Period(date(2026, 2, 2), date(2026, 2, 2), BERLIN)
    assert listed(worked, run(worked, period=monday), "open") == [1, 3]
    assert listed(worked, run(worked), "open") == [3]


def test_the_period_before_stands_beside(worked: Desk) -> None:
    later = Period(date(2026, 2, 3), date(2026, 2, 5), BERLIN)
    report = run(worked, period=later)
    assert [report.total(name).before for name in ("new", "closed", "reopened")] == [3, 1, 1]


def test_groups_are_those_of_the_field_now(worked: Desk) -> None:
    report = run(worked, "owner")
    assert {line.label: line.value("closed") for line in report.lines} == {"ben": 1, "none": 0}


def test_a_query_with_alternatives_narrows_the_whole(worked: Desk) -> None:
    report = run(worked, query="owner:carla OR owner:ben")
    assert [report.total(name).value for name in ("new", "closed", "reopened", "open")] == [1, 1, 1, 0]
    assert listed(worked, report, "new") == [1]


def test_days_of_another_zone_are_asked_for_to_the_second(worked: Desk) -> None:
    sydney = Period(date(2026, 2, 1), date(2026, 2, 1), ZoneInfo("Australia/Sydney"))  # Saturday 14:00 to 23:00 Berlin
    report = run(worked, period=sydney)
    assert (report.total("new").value, report.total("closed").value) == (0, 1)
    assert listed(worked, report, "closed") == [1]


def test_a_report_is_of_one_moment_whatever_others_do_while_it_is_made(desk: Desk, clock: Clock) -> None:
    others: list[str] = []

    def act_when_asked_for_the_time() -> float:
        while others:
            desk.tickets.new(others.pop(), "low")
        return clock()

    with Desk.open(desk.path, user="carla", clock=act_when_asked_for_the_time) as beside:
        reports = Reports(beside)
        request = Request("tickets", WEEK, "day")
        others.append("Opened while the report is made")
        assert reports.run(request).total("new").value == 0
        assert not others
        assert reports.run(request).total("new").value == 1


def test_the_kept_report_is_made_anew_after_an_act(desk: Desk) -> None:
    reports, request = Reports(desk), Request("tickets", WEEK)
    before = reports.run(request)
    assert reports.run(request) is before
    desk.tickets.new("Parcel", "low")
    assert reports.run(request).total("new").value == 1


def test_what_cannot_be_asked_is_refused(desk: Desk, ben: Desk) -> None:
    with pytest.raises(InvalidInput, match="There is no report"):
        Reports(desk).run(Request("weather", WEEK))
    with pytest.raises(InvalidInput, match="can't be grouped by"):
        run(desk, "weather")
    with pytest.raises(QueryError):
        run(desk, query="colour:blue")
    with pytest.raises(NotPermitted):
        run(ben)
