"""What each person or team has before them and has done (S5, S10)."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.reports import Figure, Report, Reports, Request
from casedesk.reports.period import Period
from tests.conftest import Clock

HOUR, DAY = 3600, 86_400
DAYS = Period(date(2026, 1, 31), date(2026, 2, 4), ZoneInfo("Europe/Berlin"))


@pytest.fixture
def worked(desk: Desk, ben: Desk, clock: Clock) -> Desk:
    """Four tickets of Saturday. Ben has the first two, of which he closes one after an hour, and writes a note and a
    message on carla's; the fourth is nobody's. Nine hours of work are allowed each; it is Wednesday afternoon."""
    desk.policies.set_simple(9)
    desk.service_levels.recompute()
    desk.team.add_team("North", ("ben",))
    for _ in range(4):
        desk.tickets.new("Parcel", "low")
    desk.tickets.set_team(1, "North")
    desk.tickets.assign([1, 2], "ben")
    desk.tickets.assign(3, "carla")
    desk.tickets.set_plan(3, "Resolution for Detractors")
    clock.tick(HOUR)
    ben.tickets.close(1, "Resolved")
    ben.tickets.add_note([3, 3], "Rang twice.")
    ben.tickets.add_note(3, "And again.")
    ben.tickets.add_action(3, "call", status="no response")
    ben.tickets.log_message(3, "We are sorry.", direction="out")
    ben.tickets.log_message(3, "So am I.", direction="in")
    ben.tickets.add_note(2, "A mistake.")
    ben.acts.undo()
    clock.tick(4 * DAY)
    return desk


def run(desk: Desk, by: str = "owner", query: str = "") -> Report:
    return Reports(desk).run(Request("people", DAYS, by, query))


def of(report: Report, label: str) -> dict[str, Figure]:
    line = next(line for line in report.lines if line.label == label)
    return {figure.id: figure for figure in line.figures}


def values(report: Report, label: str, *ids: str) -> list[float | None]:
    return [of(report, label)[figure_id].value for figure_id in ids]


def test_each_owner_has_what_is_theirs(worked: Desk) -> None:
    report = run(worked)
    ids = ("new", "closed", "reopened", "open_now", "overdue", "average_open_seconds")
    assert values(report, "ben", *ids) == [2, 1, 0, 1, 1, HOUR]
    assert values(report, "carla", *ids) == [1, 0, 0, 1, 1, None]
    assert values(report, "none", *ids) == [1, 0, 0, 1, 1, None]
    assert report.lines[-1].label == "none"


def test_what_was_done_counts_for_who_did_it_whosever_the_ticket_is(worked: Desk) -> None:
    report = run(worked)
    assert values(report, "ben", "notes", "actions", "messages") == [2, 1, 1]
    assert values(report, "carla", "notes", "actions", "messages") == [0, 0, 0]
    assert values(report, "none", "notes", "actions", "messages") == [None, None, None]


def test_what_was_done_lists_the_tickets_it_was_done_on(worked: Desk) -> None:
    for kind in ("notes", "actions", "messages"):
        figure = of(run(worked), "ben")[kind]
        assert figure.rows is not None
        assert worked.tickets.numbers(figure.rows.query) == [3]
        assert figure.n == 1


def test_a_team_has_its_tickets_and_what_was_done_on_them(worked: Desk) -> None:
    report = run(worked, "team")
    assert values(report, "North", "new", "closed", "notes") == [1, 1, 0]
    assert values(report, "none", "new", "closed", "notes") == [3, 0, 2]


def test_totals_are_of_all_and_stand_beside_the_period_before(worked: Desk) -> None:
    report = run(worked)
    assert [report.total(name).value for name in ("new", "closed", "open_now", "overdue", "notes")] == [4, 1, 3, 3, 2]
    assert [report.total(name).before for name in ("new", "closed", "notes")] == [0, 0, 0]
    assert report.total("open_now").before is None


def test_without_a_field_it_is_about_owners_and_about_nothing_but_people(worked: Desk) -> None:
    assert run(worked, "day").lines == run(worked).lines
    with pytest.raises(InvalidInput, match="owner, team, closer"):
        run(worked, "campaign")


def test_a_query_narrows_people_down(worked: Desk) -> None:
    report = run(worked, query="owner:carla OR owner:none")
    assert report.total("new").value == 2
    assert values(report, "ben", "new", "notes") == [0, 2]
    assert report.total("messages").value == 1
