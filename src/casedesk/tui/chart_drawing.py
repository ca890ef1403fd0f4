"""Charts of a report as lines that can be drawn: curves and columns over time, bars for groups, words in plain mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len

from casedesk.reports.export.axes import scale
from casedesk.reports.period import STEPS
from casedesk.reports.wording import value_text
from casedesk.tui.drawing import cut, fit, line_of, shares_of, sparkline
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import width_of

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.values import Chart, Report

    Ink = Callable[[str], tuple[int, int, int] | str]

ROLES: Final = ("accent", "warning", "good", "bad")
CURVES: Final = (("hd", "━"), ("dot", "•"), ("+", "+"), ("x", "x"))
"""The marker of each curve, so that it is told without its colour, and the sign for it in the legend. The first has two
by two points a cell: a finer course is worth more than that all of them stand at the same half of a cell."""
FILLS: Final = ("█", "▒", "░", "#")


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of all lines."""

    definition: Definition
    labels: tuple[str, ...]
    values: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        """The values that there are."""
        return [value for value in self.values if value is not None]

    def said(self, value: float | None) -> str:
        """One of its values in words."""
        return value_text(self.definition.unit, value)


def series_of(report: Report, chart: Chart) -> list[Series]:
    """What a chart shows; figures that the report's lines don't have are left out."""
    places = {definition.id: place for place, definition in enumerate(report.columns)}
    labels = tuple(line_of(line.label, 80) for line in report.lines)
    return [
        Series(
            report.columns[places[shown]],
            labels,
            tuple(line.figures[places[shown]].value for line in report.lines),
        )
        for shown in chart.shown
        if shown in places
    ]


def _roles(chart: Chart, shown: Sequence[Series]) -> list[str]:
    """The colour of each figure. In a stack what should grow looks good, and what should shrink bad."""
    if chart.kind == "stacked":
        judged = [{"up": "good", "down": "bad"}.get(series.definition.better, "warning") for series in shown]
        if len(set(judged)) == len(judged):
            return judged
    return [ROLES[place % 4] for place in range(len(shown))]


def is_over_time(report: Report) -> bool:
    """Whether the lines are parts of time, in order; a single one makes no course, and is a bar."""
    return report.request.by in STEPS and not report.line_title and len(report.lines) > 1


def _as_columns(report: Report, chart: Chart, width: int) -> bool:
    """Whether there is room for a column of at least two cells for each value, or for each stack."""
    if chart.kind == "stacked":
        return len(report.lines) * 3 <= 2 * width
    return chart.kind == "bar" and len(report.lines) * (2 * len(chart.shown) + 1) <= width


def legend(report: Report, chart: Chart, width: int) -> Line:
    """The chart's title, and which sign and colour stand for which figure."""
    title: Line = [(line_of(chart.title), "text")]
    shown = series_of(report, chart)
    if len(shown) < 2:
        return title
    bars = not is_over_time(report) or _as_columns(report, chart, width)
    signs = [FILLS[place % 4] if bars else CURVES[place % 4][1] for place in range(len(shown))]
    names: Line = [
        (f"  {sign} {series.definition.title}", role)
        for sign, series, role in zip(signs, shown, _roles(chart, shown), strict=True)
    ]
    if width_of([*title, *names]) <= width:
        return [*title, *names]
    return [(names[0][0].lstrip(), names[0][1]), *names[1:]]


# Words, sparks and bars: made of text alone


def write_sparks(report: Report, chart: Chart, width: int, *, plain: bool) -> list[Line]:
    """For each figure its lowest, highest and last value, with small bars unless `plain`."""
    lines: list[Line] = []
    for series in series_of(report, chart):
        known = series.known
        if not known:
            lines.append([(f"{series.definition.title}: nothing", "muted")])
            continue
        low, high = min(known), max(known)
        said = f"{series.definition.title}: lowest {series.said(low)} ({_where(series, low)}), highest "
        said += f"{series.said(high)} ({_where(series, high)}), last {series.said(series.values[-1])}"
        lines.append([(cut(said, width), "text")])
        if not plain:
            lines.append([(sparkline(shares_of(series.values), width), "text")])
    return lines


def _where(series: Series, value: float) -> str:
    return series.labels[series.values.index(value)]


def write_bars(report: Report, chart: Chart, width: int, height: int) -> list[Line]:
    """A bar for each group and figure with its value, as many groups as fit."""
    shown = series_of(report, chart)
    groups = len(report.lines)
    fitting = max(1, height // max(1, len(shown)))
    if groups > fitting:
        fitting = max(1, (height - 1) // max(1, len(shown)))
    room = min(24, max((cell_len(label) for series in shown for label in series.labels), default=0) + 1, width // 3)
    said = max((len(series.said(value)) for series in shown for value in series.values), default=0)
    most = max((abs(value) for series in shown for value in series.known), default=0) or 1
    cells = max(4, width - room - said - 2)
    roles = _roles(chart, shown)
    lines: list[Line] = []
    for group in range(min(groups, fitting)):
        for place, series in enumerate(shown):
            value = series.values[group]
            length = min(cells, max(1, round(abs(value) / most * cells))) if value else 0
            label = fit(cut(series.labels[group], room - 1) if place == 0 else "", room)
            bar = FILLS[place % 4] * length
            lines.append([(label, "text"), (bar, roles[place]), (f" {series.said(value)}", "muted")])
    if groups > fitting:
        lines.append([(f"and {groups - fitting:,} more", "muted")])
    return lines


# Curves and columns: drawn by plotext


def draw_over_time(report: Report, chart: Chart, width: int, height: int, ink: Ink) -> str:
    """The chart as text with the colours of `ink`, which gives that of a role; nothing where there is no value."""
    shown = [series for series in series_of(report, chart) if series.known]
    if not shown or width < 20 or height < 5:
        return ""
    from textual_plotext.plot import Plot

    plot: Any = Plot()
    plot.plotsize(width, height)
    plot.canvas_color("default")
    plot.axes_color("default")
    plot.ticks_color(ink("muted"))
    plot.frame(False)
    plot.xaxes(True, False)
    plot.yaxes(True, False)
    if _as_columns(report, chart, width):
        _draw_columns(plot, chart, shown, ink)
        first = 1
    else:
        _draw_curves(plot, shown, ink)
        plot.xlim(0, max(1, len(report.lines) - 1))
        first = 0
    axis = scale(shown[0].definition.unit, _heights(chart, shown))
    marks = list(zip(axis.marks, axis.texts(), strict=True))
    while len(marks) * 2 > height and len(marks) > 2:
        marks = marks[::2]
    plot.yticks([mark for mark, _text in marks], [f"{text} " for _mark, text in marks])
    plot.ylim(axis.marks[0], axis.marks[-1])
    places = _dates(len(report.lines), width)
    plot.xticks([first + place for place in places], [_date(report, place) for place in places])
    return str(plot.build())


def _draw_columns(plot: Any, chart: Chart, shown: Sequence[Series], ink: Ink) -> None:
    values = [[value or 0 for value in series.values] for series in shown]
    places = list(range(1, len(values[0]) + 1))
    colours = [ink(role) for role in _roles(chart, shown)]
    draw = plot.stacked_bar if chart.kind == "stacked" else plot.multiple_bar
    draw(places, values, color=colours, marker=[FILLS[place % 4] for place in range(len(shown))], width=0.7, minimum=0)


def _draw_curves(plot: Any, shown: Sequence[Series], ink: Ink) -> None:
    for place, series in enumerate(shown):
        for run in _runs(series.values):
            heights = [series.values[at] for at in run]
            plot.plot(list(run), heights, marker=CURVES[place % 4][0], color=ink(ROLES[place % 4]))


def _runs(values: Sequence[float | None]) -> list[range]:
    """Where values follow one another: a curve isn't drawn through what isn't known."""
    runs, start = [], None
    for place, value in enumerate([*values, None]):
        if value is not None and start is None:
            start = place
        elif value is None and start is not None:
            runs.append(range(start, place))
            start = None
    return runs


def _heights(chart: Chart, shown: Sequence[Series]) -> list[float]:
    """What the axis of values has to hold."""
    if chart.kind != "stacked":
        return [value for series in shown for value in series.known]
    return [sum(value or 0 for value in values) for values in zip(*(series.values for series in shown), strict=True)]


def _dates(count: int, width: int) -> list[int]:
    """The places along the axis that are named, so that their names don't meet."""
    every = max(1, ceil(count * 10 / max(10, width - 8)))
    return list(range(0, count, every))


def _date(report: Report, place: int) -> str:
    """`11-20` for a day, `W47` for a week, `2026-11` for a month."""
    label = report.lines[place].label
    return label[5:] if report.request.by in ("day", "week") else label
