"""A report as text: its totals with n, interval and the period before, its table, and what the figures mean."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from casedesk.cli.output import write, write_table
from casedesk.domain.text_safety import visible_line
from casedesk.reports.wording import change_text, interval_text, value_text

if TYPE_CHECKING:
    from casedesk.reports import Figure, Report
    from casedesk.reports.definitions import Definition

_WIDTH = 76


def write_report(report: Report, *, define: bool) -> None:
    """Write a report. What is wholly empty in the table, and what the report has no data for at all, is left out."""
    _write_head(report)
    write()
    _write_totals(report)
    if report.lines:
        write()
        _write_lines(report)
    write()
    for note in report.notes:
        write(visible_line(note))
    if define:
        _write_definitions([figure.definition for figure in _shown(report)])
    else:
        write("--define says what each figure means.")


def _write_head(report: Report) -> None:
    request = report.request
    pieces = [report.title, str(request.period), report.zone]
    if request.compare:
        pieces.append(f"compared with {request.period.before()}")
    write(" · ".join(pieces))
    if request.query.strip():
        write(f"only {visible_line(request.query.strip())}")


def _shown(report: Report) -> list[Figure]:
    columns = set(report.columns)
    return [
        figure
        for figure in report.totals
        if figure.definition in columns or figure.value is not None or figure.before is not None
    ]


def _write_totals(report: Report) -> None:
    compared = report.request.compare
    rows = [
        (
            figure.definition.title,
            value_text(figure.definition.unit, figure.value),
            interval_text(figure),
            f"{figure.n:,}",
            *((change_text(figure),) if compared else ()),
        )
        for figure in _shown(report)
    ]
    header = ("", "value", "95 % interval", "n", *(("change",) if compared else ()))
    write_table(header, rows, flexible=4 if compared else None, to_right=(1, 3))


def _write_lines(report: Report) -> None:
    filled = [
        (at, column)
        for at, column in enumerate(report.columns)
        if any(line.figures[at].value is not None for line in report.lines)
    ]
    rows = [
        (line.label, *(value_text(column.unit, line.figures[at].value) for at, column in filled))
        for line in report.lines
    ]
    header = (report.heading.lower(), *(column.title for _, column in filled))
    write_table(header, rows, flexible=0, to_right=range(1, len(header)))


def _write_definitions(definitions: Sequence[Definition]) -> None:
    for definition in definitions:
        write()
        write(f"{definition.title} ({definition.source})")
        for line in wrap(definition.text, _WIDTH):
            write(f"  {line}")
