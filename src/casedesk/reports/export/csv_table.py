"""A report's table as CSV: one row a line, the totals last, values unrounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from casedesk.domain.written import csv_cell, number
from casedesk.reports.values import Figure, Report

TOTAL = "total"


def csv_header(report: Report) -> list[str]:
    """What the report is grouped by, and the figures' ids as in JSON, with `_low` and `_high` where they have those."""
    return [report.heading.lower(), *_names(report)]


def csv_rows(report: Report) -> list[list[Any]]:
    """The lines and, last, the totals. Times are seconds; a figure that a line doesn't have is None."""
    names = _names(report)
    rows = [(line.label, line.figures) for line in report.lines]
    return [
        [label, *(number(values.get(name)) for name in names)]
        for label, figures in [*rows, (TOTAL, report.totals)]
        for values in [_values(figures)]
    ]


def csv_table(report: Report) -> str:
    """The table as CSV (RFC 4180), safe for a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in [csv_header(report), *csv_rows(report)]:
        writer.writerow([csv_cell(cell) for cell in row])
    return text.getvalue()


def _names(report: Report) -> list[str]:
    """The columns' figures in order, then those that are totals alone; a figure's interval stands right behind it."""
    figures = [*report.totals, *(figure for line in report.lines for figure in line.figures)]
    ids = dict.fromkeys([*(column.id for column in report.columns), *(figure.id for figure in figures)])
    ranged = {figure.id for figure in figures if figure.low is not None or figure.high is not None}
    return [name for id_ in ids for name in (id_, f"{id_}_low", f"{id_}_high") if name == id_ or id_ in ranged]


def _values(figures: tuple[Figure, ...]) -> Mapping[str, float | None]:
    values: dict[str, float | None] = {}
    for figure in figures:
        values |= {figure.id: figure.value, f"{figure.id}_low": figure.low, f"{figure.id}_high": figure.high}
    return values
