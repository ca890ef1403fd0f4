"""Every report that there is can be drawn, written and put on a page."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from casedesk.desk import Desk
from casedesk.reports import Report, Reports, Request
from casedesk.reports.export.csv_table import csv_table
from casedesk.reports.export.html_page import html_page
from casedesk.reports.export.svg import report_svg
from casedesk.reports.period import last_days
from casedesk.reports.running import REPORTS


@pytest.fixture(params=[(name, by) for name in REPORTS for by in ("day", "owner")], ids="-".join)
def report(request: pytest.FixtureRequest, desk: Desk) -> Report:
    name, by = request.param
    desk.campaigns.add("Autumn")
    desk.policies.set_simple(9)
    desk.tickets.new("Late delivery", "high")
    return Reports(desk).run(Request(name, last_days(31, desk.now(), desk.zone), by))


def test_the_figures_of_a_chart_are_columns_of_one_unit(report: Report) -> None:
    """They share an axis."""
    units = {column.id: column.unit for column in report.columns}
    assert report.charts
    for chart in report.charts:
        assert len({units[id_] for id_ in chart.shown}) == 1


def test_its_charts_page_and_table_can_be_made(report: Report) -> None:
    assert ElementTree.fromstring(report_svg(report)).tag == "{http://www.w3.org/2000/svg}svg"
    assert report.title in html_page("All", [report])
    assert csv_table(report).count("\n") == len(report.lines) + 2
