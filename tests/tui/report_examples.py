"""Reports made by hand, for tests of what is drawn of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from casedesk.reports.definitions import AVERAGE_OPEN, CLOSED, INSIDE, NEW, NPS, OUTSIDE, SHARE_INSIDE
from casedesk.reports.period import Period
from casedesk.reports.values import Chart, Figure, Line, Report, Request

DEFINITIONS = {each.id: each for each in (NEW, NPS, CLOSED, AVERAGE_OPEN, INSIDE, OUTSIDE, SHARE_INSIDE)}
JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31), ZoneInfo("Europe/Berlin"))


def report_of(
    values: Mapping[str, Sequence[float | None]],
    *,
    by: str = "day",
    kind: str = "line",
    labels: Sequence[str] | None = None,
    totals: Sequence[Figure] = (),
) -> Report:
    """A report with these values of its lines, and one chart of all of them."""
    count = len(next(iter(values.values())))
    labels = labels or [f"2026-01-{day:02}" for day in range(1, count + 1)]
    columns = tuple(DEFINITIONS[name] for name in values)
    lines = tuple(
        Line(label, tuple(Figure(column, values[column.id][place], 3) for column in columns))
        for place, label in enumerate(labels)
    )
    charts = (Chart("The chart", kind, tuple(values)),)
    request = Request("tickets", JANUARY, by)
    return Report("Tickets", request, "Europe/Berlin", tuple(totals), columns, lines, charts)
