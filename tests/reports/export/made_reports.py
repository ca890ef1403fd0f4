"""Reports made by hand and at random, without a desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from casedesk.reports import Chart, Figure, Line, Report, Request, Rows, definitions as defined
from casedesk.reports.definitions import Definition
from casedesk.reports.period import STEPS, Period

ZONE = ZoneInfo("Europe/Berlin")
NPS = Definition("nps", "NPS", "points", "Percent promoters less percent detractors.", "S1", "up", "responses")
COLUMNS = (defined.NEW, defined.CLOSED, defined.AVERAGE_OPEN, defined.MEDIAN_OPEN)
CHARTS = (
    Chart("New and closed", "bar", ("new", "closed")),
    Chart("Open time", "line", ("average_open_seconds", "median_open_seconds")),
    Chart("One on the other", "stacked", ("new", "closed")),
)
HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    """"quoted" & 'quoted'""",
    "\x1b]0;owned\x07\x9b31m\x00",
    "\u202egnp.exe\u2066",
    "\ud800",
    "{{ 7 * 7 }}{% raw %}",
    "</style><img src=x onerror=alert(1)>",
    "</title></svg>",
)

Valued = Callable[[Definition, int], float | None]
"""The value of a figure of a line; the totals are line -1."""


def period_of(days: int) -> Period:
    """So many days from Monday, 3 November 2025."""
    first = date(2025, 11, 3)
    return Period(first, first + timedelta(days - 1), ZONE)


def made(
    days: int = 31,
    by: str = "day",
    *,
    valued: Valued = lambda definition, at: at + 7.0,
    columns: Sequence[Definition] = COLUMNS,
    charts: Sequence[Chart] = CHARTS,
    labels: Sequence[str] | None = None,
    query: str = "",
    title: str = "Tickets",
    interval: float | None = None,
) -> Report:
    """A report with the values given; `interval` sets the ends of each figure's interval so far around it."""
    period = period_of(days)
    if labels is None:
        labels = [label for label, _ in period.cut(by)]

    def figure(definition: Definition, at: int) -> Figure:
        value = valued(definition, at)
        ends = (None, None) if interval is None or value is None else (value - interval, value + interval)
        before = value if at < 0 else None
        return Figure(definition, value, 12, *ends, before=before, rows=Rows("tickets", "is:open"))

    return Report(
        title=title,
        request=Request("tickets", period, by, query),
        zone=ZONE.key,
        totals=tuple(figure(definition, -1) for definition in columns),
        columns=tuple(columns),
        lines=tuple(
            Line(label, tuple(figure(definition, at) for definition in columns)) for at, label in enumerate(labels)
        ),
        charts=tuple(charts),
        notes=("Open time is in calendar time.",),
    )


def nps_report(days: int = 31, by: str = "day", labels: Sequence[str] | None = None, kind: str = "line") -> Report:
    """NPS from −90 upwards, with intervals."""
    charts = (Chart("NPS", kind, ("nps",)),)
    return made(
        days, by, valued=lambda _, at: -90 + at * 180 / 31, columns=(NPS,), charts=charts, labels=labels, interval=8
    )


def random_reports() -> st.SearchStrategy[Report]:
    """Reports of any length, labels and values, with gaps, by time or by a field."""
    return st.builds(_random, st.integers(1, 400), st.sampled_from([*STEPS, "campaign"]), st.data(), _texts, _texts)


_texts = st.text(max_size=40) | st.sampled_from(HOSTILE)
_NUMBERS = st.none() | st.integers(0, 10**9) | st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: value)


def _random(days: int, by: str, data: st.DataObject, query: str, title: str) -> Report:
    values = data.draw(st.lists(_NUMBERS, min_size=1, max_size=20))
    labels = data.draw(st.lists(_texts, max_size=50)) if by == "campaign" else None

    def valued(definition: Definition, at: int) -> float | None:
        value = values[(at + len(definition.id)) % len(values)]
        return value if value is None or definition.unit != "count" else abs(int(value))

    interval = data.draw(st.none() | st.floats(0, 1e6))
    return made(days, by, valued=valued, labels=labels, query=query, title=title, interval=interval)
