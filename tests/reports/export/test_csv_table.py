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


def test_the_columns_are_what_it_is_grouped_by_and_the_figures_ids_and_times_have_their_n() -> None:
    times = [f"{kind}_open_seconds{part}" for kind in ("average", "median") for part in ("", "_n")]
    assert rows(made(by="week"))[0] == ["week", "new", "closed", *times]


def test_the_totals_stand_last() -> None:
    header, *_, last = rows(made(2, valued=lambda definition, at: 3 if at < 0 else 1))
    assert last[0] == "total"
    assert {name: last[at] for at, name in enumerate(header) if not name.endswith("_n")} == {
        "day": "total", "new": "3", "closed": "3", "average_open_seconds": "3", "median_open_seconds": "3",
    }  # fmt: skip


def test_an_interval_and_n_stand_behind_their_figure() -> None:
    table = rows(nps_report(1))
    assert table[0] == ["day", "nps", "nps_low", "nps_high", "nps_n"]
    assert table[1] == ["2025-11-03", "-90", "-98", "-82", "12"]


def test_what_can_not_be_computed_is_empty_and_the_columns_are_the_same() -> None:
    nothing, something = made(1, valued=lambda definition, at: None), made(1)
    assert rows(nothing)[0] == rows(something)[0]
    values = dict(zip(*rows(nothing)[:2], strict=True))
    assert {value for name, value in values.items() if not name.endswith(("day", "_n"))} == {""}


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
