"""A report's table as CSV: one row a line, the totals last, values unrounded."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

from casedesk.domain.written import csv_cell, number
from casedesk.reports.values import Figure, Report

TOTAL = "total"


def csv_header(report: Report) -> list[str]:
    """What the report is grouped by, and the figures' ids as in JSON; behind shares, means and scores `_low`, `_high`
    and `_n`, behind times `_n`. They are there with data or without."""
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
    """The columns' figures in order, then those that are totals alone; a figure's interval and n stand behind it."""
    definitions = [*report.columns, *(figure.definition for figure in report.totals)]
    defined = {definition.id: definition for definition in definitions}
    return [f"{id_}{part}" for id_, definition in defined.items() for part in ("", *_PARTS.get(definition.unit, ()))]


_PARTS: Final = {
    "points": ("_low", "_high", "_n"),
    "percent": ("_low", "_high", "_n"),
    "mean": ("_low", "_high", "_n"),
    "seconds": ("_n",),
}
"""What stands behind a figure of a unit. A count is its own n, or its definition says what n counts."""


def _values(figures: tuple[Figure, ...]) -> Mapping[str, float | None]:
    values: dict[str, float | None] = {}
    for figure in figures:
        values |= {
            figure.id: figure.value,
            f"{figure.id}_low": figure.low,
            f"{figure.id}_high": figure.high,
            f"{figure.id}_n": figure.n,
        }
    return values
