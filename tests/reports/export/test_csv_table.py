"""The table as CSV has the report's numbers to the digit, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings

from casedesk.reports import Report
from casedesk.reports.export.csv_table import csv_table
from tests.reports.export.made_reports import made, nps_report, random_reports


def rows(report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_table(report), newline="")))


def test_the_columns_are_what_it_is_grouped_by_and_the_figures_ids() -> None:
    assert rows(made(by="week"))[0] == ["week", "new", "closed", "average_open_seconds", "median_open_seconds"]


def test_the_totals_stand_last() -> None:
    last = rows(made(2, valued=lambda definition, at: 3 if at < 0 else 1))[-1]
    assert last == ["total", "3", "3", "3", "3"]


def test_an_interval_stands_beside_its_figure() -> None:
    table = rows(nps_report(1))
    assert table[0] == ["day", "nps", "nps_low", "nps_high"]
    assert table[1] == ["2025-11-03", "-90", "-98", "-82"]


def test_what_can_not_be_computed_is_empty() -> None:
    assert rows(made(1, valued=lambda definition, at: None))[1] == ["2025-11-03", "", "", "", ""]


@settings(deadline=None, max_examples=60)
@given(random_reports())
def test_every_number_is_the_reports_to_the_digit(report: Report) -> None:
    table = rows(report)
    for line, row in zip(report.lines, table[1:-1], strict=True):
        values = dict(zip(table[0], row, strict=True))
        assert [float(values[figure.id]) if values[figure.id] else None for figure in line.figures] == [
            figure.value for figure in line.figures
        ]


@pytest.mark.parametrize("label", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
def test_a_label_that_a_spreadsheet_would_run_gets_an_apostrophe(label: str) -> None:
    assert rows(made(by="campaign", labels=[label]))[1][0] == f"'{label}"
