"""What closed tickets were about: classifications, with a column for each part or group (M12)."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.reports import Figure, Report, Reports, Request
from casedesk.reports.period import Period
from tests.conftest import Clock

HOUR, DAY = 3600, 86_400
DAYS = Period(date(2026, 1, 31), date(2026, 2, 2), ZoneInfo("Europe/Berlin"))


@pytest.fixture
def classified(desk: Desk, clock: Clock) -> Desk:
    """Four tickets of Saturday. Two are closed for the price after an hour, one of them of people, too, and by ben;
    one without a cause on Sunday; the fourth is open. It is Monday."""
    for _ in range(4):
        desk.tickets.new("Parcel", "low")
    desk.tickets.classify([1, 2], ["Price"])
    desk.tickets.classify(2, ["People"])
    desk.tickets.assign(2, "ben")
    clock.tick(HOUR)
    desk.tickets.close([1, 2], "Resolved")
    clock.tick(DAY)
    desk.tickets.close(3, "Resolved")
    clock.tick(DAY)
    return desk


def run(desk: Desk, by: str = "day", query: str = "") -> Report:
    return Reports(desk).run(Request("causes", DAYS, by, query))


def figures(report: Report, label: str) -> dict[str, Figure]:
    line = next(line for line in report.lines if line.label == label)
    return {figure.id: figure for figure in line.figures}


def test_each_classification_has_its_line_and_what_has_none_too(classified: Desk) -> None:
    report = run(classified)
    closed = {line.label: line.value("closed") for line in report.lines}
    assert closed == {"People": 1, "Process": 0, "Policy": 0, "Price": 2, "Tech": 0, "Unclassified": 1}
    assert report.lines[-1].label == "Unclassified"
    assert report.lines[-1].value("new") == 2


def test_a_share_is_of_all_that_was_closed_and_has_its_interval(classified: Desk) -> None:
    share = figures(run(classified), "Price")["cause_percent"]
    assert (share.value, share.n) == (66.7, 3)
    assert (share.low, share.high) == (20.8, 93.9)
    assert run(classified).total("classified_percent").value == 66.7


def test_open_time_is_of_the_tickets_of_the_cause(classified: Desk) -> None:
    report = run(classified)
    assert figures(report, "Price")["average_open_seconds"].value == HOUR
    assert figures(report, "Unclassified")["median_open_seconds"].value == HOUR + DAY
    assert figures(report, "Tech")["p90_open_seconds"].value is None


def test_parts_of_time_are_columns_and_their_cells_list_their_tickets(classified: Desk) -> None:
    price = figures(run(classified), "Price")
    assert [price[f"closed:{day}"].value for day in ("2026-01-31", "2026-02-01", "2026-02-02")] == [2, 0, 0]
    rows = price["closed:2026-01-31"].rows
    assert rows is not None
    assert sorted(classified.tickets.numbers(rows.query)) == [1, 2]


def test_groups_of_a_field_are_columns(classified: Desk) -> None:
    report = run(classified, "owner")
    assert [column.title for column in report.columns if column.id.startswith("closed:")] == ["ben", "none"]
    assert figures(report, "Price")["closed:ben"].value == 1
    assert report.columns[0].id == "new"


def test_a_query_narrows_causes_down(classified: Desk) -> None:
    report = run(classified, query="owner:ben OR owner:carla")
    assert {line.label: line.value("closed") for line in report.lines if line.value("closed")} == {
        "People": 1, "Price": 1,
    }  # fmt: skip


def test_without_anything_closed_there_are_lines_without_shares(desk: Desk) -> None:
    report = run(desk, "week")
    assert len(report.lines) == 6
    assert figures(report, "Price")["cause_percent"].value is None
    assert figures(report, "Price")["closed"].value == 0


def test_a_retired_classification_has_a_line_as_long_as_it_is_used(classified: Desk) -> None:
    classified.lists.retire("classifications", "Tech")
    classified.lists.retire("classifications", "Price")
    labels = [line.label for line in run(classified).lines]
    assert "Price" in labels
    assert "Tech" not in labels
