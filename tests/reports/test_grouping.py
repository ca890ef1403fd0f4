"""What a report is grouped by: what is offered works, and nothing else is offered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.reports import Reports, Request
from casedesk.reports.frame import GROUPINGS
from casedesk.reports.grouping import groupings_of
from casedesk.reports.period import STEPS, Period
from casedesk.reports.running import REPORTS
from tests.conftest import Clock
from tests.reports.comparing import every_figure, rows_of
from tests.reports.random_life import Life


def test_tickets_go_by_time_and_cases_by_a_field() -> None:
    assert set(groupings_of("tickets")) == {"day", "week", "month"}
    assert "owner" in groupings_of("cases")
    assert "day" not in groupings_of("cases")
    assert {"day", "owner"} <= set(groupings_of("feedback"))


def test_every_report_takes_every_grouping_that_is_offered_and_lists_its_rows(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    Life(desk, clock, tmp_path, 5).go_on(80)
    today = desk.now().date()
    period = Period(today - timedelta(90), today, desk.zone)
    for name in REPORTS:
        for by in groupings_of(name):
            report = Reports(desk).run(Request(name, period, by))
            for figure in every_figure(report):
                if figure.rows is not None:
                    assert rows_of(desk, figure) == figure.listed, f"{name} by {by}: {figure.id} by {figure.rows.query}"


@pytest.mark.parametrize("name", ["feedback", "people"])
def test_what_a_report_refuses_isnt_offered(desk: Desk, name: str) -> None:
    today = desk.now().date()
    refused = set(GROUPINGS) - set(groupings_of(name))
    assert refused
    for by in refused:
        with pytest.raises(InvalidInput):
            Reports(desk).run(Request(name, Period(today, today, desk.zone), by))


def test_the_rows_of_a_group_are_its_own_though_one_persons_name_is_anothers_login(desk: Desk, clock: Clock) -> None:
    desk.team.add_user("rosa", name="ben")
    for owner in ("ben", "rosa", "rosa"):
        clock.tick(60)
        number = desk.tickets.new("Parcel", "low").done[0]
        desk.tickets.assign([number], owner)
        desk.as_user(owner).tickets.close([number], "Resolved")
    today = desk.now().date()
    for name, by in (("cases", "owner"), ("cases", "closer"), ("people", "owner"), ("people", "closer")):
        report = Reports(desk).run(Request(name, Period(today, today, desk.zone), by))
        counts = {line.label: line.value("closed") for line in report.lines}
        assert (counts["ben"], counts["rosa"]) == (1, 2)
        for figure in every_figure(report):
            assert figure.rows is None or rows_of(desk, figure) == figure.listed, f"{name} by {by}: {figure.id}"


def test_the_rows_of_a_policy_are_those_whose_resolution_it_times(desk: Desk, clock: Clock) -> None:
    desk.policies.change("Standard", targets=[("first response", None, 3600), ("resolution", None, 7200)])
    desk.policies.add("Urgent", "priority:urgent", targets=[("resolution", None, 3600)])
    desk.policies.switch(True)
    desk.service_levels.recompute()
    number = desk.tickets.new("Parcel", "low").done[0]
    clock.tick(60)
    desk.tickets.log_message(number, "We are on it.", direction="out")
    desk.tickets.set_priority(number, "urgent")  # the first response was judged by Standard, and stays so
    today = desk.now().date()
    report = Reports(desk).run(Request("cases", Period(today, today, desk.zone), "policy"))
    assert {line.label for line in report.lines} == {"Urgent"}
    assert desk.tickets.numbers("policy:Standard") == desk.tickets.numbers("policy.resolution:Urgent") == [number]
    assert desk.tickets.numbers("policy.resolution:Standard") == []


@pytest.mark.parametrize("by", STEPS)
def test_parts_of_time_are_no_field(by: str) -> None:
    assert by not in GROUPINGS
