"""The report on service levels: what was closed inside and outside of its target, what runs, what was missed (A6)."""

from __future__ import annotations

from datetime import date

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.reports import Figure, Report, Reports, Request
from casedesk.reports.period import Period, last_days
from casedesk.reports.running import PENDING
from tests.conftest import Clock
from tests.timed_desk import BERLIN, CALM, OVERDUE, PAUSED, SOON, go_to, lay_timed, set_levels

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28), BERLIN)


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    """Monday to Friday, nine to five; four hours to answer, 40 to resolve, two for what is urgent. It is Friday, the
    sixth, 16:00; one ticket is overdue, one paused, one due at 16:20, one calm."""
    return lay_timed(desk, clock)


def run(desk: Desk, by: str = "day", query: str = "", period: Period = FEBRUARY) -> Report:
    return Reports(desk).run(Request("sla", period, by, query))


def values(report: Report, *ids: str) -> tuple[float | None, ...]:
    return tuple(report.total(id_).value for id_ in ids)


def every_figure(report: Report) -> list[Figure]:
    return [*report.totals, *(figure for line in report.lines for figure in line.figures)]


def test_there_is_one_only_while_service_levels_are_on(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="Service levels are off"):
        run(desk)
    desk.policies.switch(True)
    assert values(run(desk), "inside", "outside", "running", "overdue") == (0, 0, 0, 0)


def test_nothing_closed_is_no_share(timed: Desk) -> None:
    figure = run(timed).total("inside_percent")
    assert (figure.value, figure.n, figure.low, figure.high) == (None, 0, None, None)


def test_what_is_closed_at_its_due_instant_is_inside_and_a_second_later_outside(timed: Desk, clock: Clock) -> None:
    go_to(clock, 6, "16:20")
    timed.tickets.close(SOON, resolution="Explained")
    assert values(run(timed), "inside", "outside", "inside_percent") == (1, 0, 100)
    timed.tickets.reopen(SOON)
    clock.tick(1)
    timed.tickets.close(SOON, resolution="Explained")
    assert values(run(timed), "inside", "outside", "inside_percent") == (0, 1, 0)


def test_the_share_has_its_n_and_the_interval_of_wilson(timed: Desk) -> None:
    for number in (SOON, CALM, PAUSED):
        timed.tickets.close(number, resolution="Explained")
    figure = run(timed).total("inside_percent")
    assert (figure.value, figure.n, figure.low, figure.high) == (100, 3, 43.9, 100)


def test_what_stands_still_runs_and_what_is_past_due_is_overdue(timed: Desk, clock: Clock) -> None:
    assert values(run(timed), "running", "overdue") == (4, 0)
    go_to(clock, 6, "16:20")
    assert values(run(timed), "running", "overdue") == (4, 0)
    clock.tick(1)
    assert values(run(timed), "running", "overdue") == (3, 1)


def test_running_and_overdue_are_of_now_and_no_part_of_a_table_of_days(timed: Desk) -> None:
    long_ago = Period(date(2025, 1, 1), date(2025, 1, 31), BERLIN)
    assert values(run(timed, period=long_ago), "running") == (4,)
    assert "running" not in {column.id for column in run(timed).columns}
    assert {line.label: line.value("running") for line in run(timed, "priority").lines} == {
        "high": 1, "low": 1, "normal": 1, "urgent": 1,
    }  # fmt: skip


def test_a_merged_ticket_is_neither_inside_nor_outside(timed: Desk) -> None:
    timed.tickets.merge(SOON, CALM)
    assert values(run(timed), "inside", "outside", "running") == (0, 0, 3)


def test_a_first_response_and_a_next_reply_are_judged_apart(timed: Desk, clock: Clock) -> None:
    timed.policies.change("Standard", targets=[("first response", None, 4 * 3600), ("next reply", None, 3600)])
    timed.service_levels.recompute()
    timed.tickets.log_message(CALM, "We are looking into it.", direction="out")
    timed.tickets.log_message(OVERDUE, "Sorry for the wait.", direction="out")
    clock.tick(60)
    timed.tickets.log_message(CALM, "Please hurry.", direction="in")
    go_to(clock, 9, "10:00")
    timed.tickets.log_message(CALM, "It is on its way.", direction="out")
    report = run(timed)
    assert (report.total("first_response_percent").value, report.total("first_response_percent").n) == (50, 2)
    assert (report.total("next_reply_percent").value, report.total("next_reply_percent").n) == (0, 1)
    assert values(report, "breaches", "first_response_breaches", "next_reply_breaches") == (2, 1, 1)


def test_breaches_count_on_the_day_they_were_due_and_stay_after_a_reopening(timed: Desk, clock: Clock) -> None:
    go_to(clock, 9, "09:00")
    timed.service_levels.sweep()
    timed.tickets.close(SOON, resolution="Explained")
    timed.tickets.reopen(SOON)
    report = run(timed)
    assert values(report, "resolution_breaches", "outside") == (1, 0)
    assert [line.label for line in report.lines if line.value("resolution_breaches")] == ["2026-02-06"]


def test_the_period_before_stands_beside_it(timed: Desk) -> None:
    timed.tickets.close(SOON, resolution="Explained")
    today = Period(date(2026, 2, 6), date(2026, 2, 6), BERLIN)
    assert run(timed, period=today).total("inside").before == 0
    assert run(timed, period=today.after()).total("inside").before == 1


def test_it_is_grouped_by_policy(timed: Desk) -> None:
    timed.tickets.close(SOON, resolution="Explained")
    timed.tickets.close(CALM, resolution="Explained")
    lines = {line.label: (line.value("inside"), line.value("running")) for line in run(timed, "policy").lines}
    assert lines == {"Urgent": (1, 0), "Standard": (1, 2)}


@pytest.mark.parametrize("by", ["week", "policy", "owner", "team", "priority", "campaign", "tag"])
@pytest.mark.parametrize("query", ["", "priority:urgent OR priority:low"])
def test_the_rows_of_what_was_closed_and_what_runs_are_those_that_were_counted(
    timed: Desk, clock: Clock, by: str, query: str
) -> None:
    timed.tickets.close(CALM, resolution="Explained")
    go_to(clock, 6, "16:21")
    timed.tickets.close(SOON, resolution="Explained")
    timed.tickets.tag(PAUSED, add=["parts", "slow"])
    for figure in every_figure(run(timed, by, query)):
        assert figure.rows is not None
        assert len(timed.tickets.numbers(figure.rows.query)) == figure.listed, figure.id


def test_a_desk_without_targets_has_nothing_to_judge(desk: Desk, clock: Clock) -> None:
    go_to(clock, 2, "09:30")
    set_levels(desk)
    for policy in ("Standard", "Urgent"):
        desk.policies.change(policy, targets=[("first response", None, 3600)])
    desk.service_levels.recompute()
    desk.tickets.new("Late delivery", "high")
    desk.tickets.close(1, resolution="Explained")
    assert values(run(desk), "inside", "outside", "running", "overdue") == (0, 0, 0, 0)


def test_figures_that_are_still_worked_out_say_so_and_nothing_is_written(desk: Desk) -> None:
    desk.policies.set_simple(8)
    reports, request = Reports(desk), Request("sla", last_days(7, desk.now(), desk.zone))
    assert PENDING in reports.run(request).notes
    assert desk.service_levels.pending
    desk.service_levels.recompute()
    assert PENDING not in reports.run(request).notes
