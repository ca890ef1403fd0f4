"""A report's charts as SVG: no script, nothing from elsewhere, readable on light and dark and in grey print.

The markup is made by hand: chart libraries such as pygal bring scripts and styles of their own, know no dark scheme,
and let long labels run into each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

from casedesk.domain.text_safety import visible_line
from casedesk.reports.definitions import Definition
from casedesk.reports.export.axes import fitted, text_width
from casedesk.reports.export.markup import BAD, GOOD, NEITHER, STYLES, TEXT, TITLE, add, add_line, add_text, stylesheet
from casedesk.reports.export.plots import EDGE, WIDTH, Series, by_group, drawn_as, over_time
from casedesk.reports.values import Chart, Figure, Line, Report

_LEGEND_LINE = 20
_BETWEEN = 18


def chart_svg(report: Report, chart: Chart) -> str:
    """One chart as an SVG file of its own."""
    return _file(report, (chart,))


def report_svg(report: Report) -> str:
    """All charts of a report in one SVG file, one below the other."""
    return _file(report, report.charts)


def inline_svg(report: Report, chart: Chart) -> str:
    """A chart as an element of a page, which has to have `markup.stylesheet()`."""
    root = Element("svg", {"class": "chart", "role": "img", "aria-label": visible_line(chart.title)})
    _fit(root, _draw(root, 0, report, chart, said=False))
    return tostring(root, encoding="unicode")


def _file(report: Report, charts: tuple[Chart, ...]) -> str:
    title = charts[0].title if len(charts) == 1 else report.title
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "chart", "role": "img"})
    add(root, "title", title)
    add(root, "style", stylesheet())
    add(root, "rect", width="100%", height="100%", class_="ground", fill="#ffffff")
    y = 0.0
    for chart in charts:
        y = _draw(root, y, report, chart, said=True) + _BETWEEN
    if not charts:
        add_text(root, EDGE, 28, "This report has no charts.")
        y = 44
    _fit(root, y - _BETWEEN if charts else y)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _fit(root: Element, height: float) -> None:
    root.set("viewBox", f"0 0 {WIDTH} {height:.0f}")
    root.set("width", str(WIDTH))
    root.set("height", f"{height:.0f}")


def _draw(root: Element, y: float, report: Report, chart: Chart, *, said: bool) -> float:
    """Draw a chart from `y` down; where it ends. `said` puts period, zone and query under the title."""
    title = visible_line(chart.title)
    add_text(root, EDGE, y + 26, fitted(title, WIDTH - 2 * EDGE, TITLE * 1.1), class_="title")
    y += 38
    if said:
        add_text(root, EDGE, y + 8, fitted(visible_line(subtitle(report)), WIDTH - 2 * EDGE, TEXT))
        y += 20
    series = _series(report, chart)
    timed = report.timed
    kind = drawn_as(chart.kind, len(report.lines), len(series)) if timed else "bar"
    y = _legend(root, y, report, series, lines=kind == "line")
    if len(chart.shown) > STYLES and chart.kind != "stacked":
        add_text(root, EDGE, y + 10, f"and {len(chart.shown) - STYLES:,} more, which aren't drawn")
        y += _LEGEND_LINE
    if not any(one.value(at) is not None for one in series for at in range(len(report.lines))):
        add_text(root, WIDTH / 2, y + 60, "No data", "middle", "title")
        return y + 100
    labels = [line.label for line in report.lines]
    if timed:
        return over_time(root, y + 12, kind, series, labels, report.request.by)
    return by_group(root, y + 26, chart.kind, series, labels)


def subtitle(report: Report) -> str:
    """What the report is over: its period, zone and query."""
    request = report.request
    return " · ".join(filter(None, [f"{request.period.first} – {request.period.last}", report.zone, request.query]))


def _series(report: Report, chart: Chart) -> list[Series]:
    defined = {column.id: column for column in report.columns}
    shown: list[Definition] = [defined[id_] for id_ in chart.shown if id_ in defined]
    styles = _judged(shown) if chart.kind == "stacked" else range(len(shown))
    series = [
        Series(definition, tuple(_figure(line, definition.id) for line in report.lines), style)
        for style, definition in zip(styles, shown, strict=True)
    ]
    if len(series) > STYLES and chart.kind == "stacked":
        return [*series[: STYLES - 1], _rest(series[STYLES - 1 :])]
    return series[:STYLES]


def _judged(shown: list[Definition]) -> Sequence[int]:
    """The looks of a stack: what should grow is green, what should shrink orange, where no two are alike; otherwise
    one after the other."""
    styles = [{"up": GOOD, "down": BAD}.get(definition.better, NEITHER) for definition in shown]
    return styles if len(set(styles)) == len(styles) else range(len(shown))


def _rest(series: list[Series]) -> Series:
    """The top of a stack: together those for which there is no look left. What is stacked can be added."""
    first = series[0].definition
    definition = Definition("rest", f"the other {len(series)}", first.unit, "", first.source)
    points = zip(*(one.figures for one in series), strict=True)
    return Series(definition, tuple(_sum(definition, point) for point in points), STYLES - 1)


def _sum(definition: Definition, figures: tuple[Figure | None, ...]) -> Figure | None:
    known = [figure for figure in figures if figure is not None and figure.value is not None]
    if not known:
        return None
    return Figure(definition, sum(figure.value or 0 for figure in known), sum(figure.n for figure in known))


def _figure(line: Line, id_: str) -> Figure | None:
    return next((figure for figure in line.figures if figure.id == id_), None)


def _legend(root: Element, y: float, report: Report, series: list[Series], *, lines: bool) -> float:
    """A mark, the title and the n of each figure, in as many lines as they need; where it ends."""
    x = float(EDGE)
    for one in series:
        text = fitted(_legend_text(report, one), WIDTH - 2 * EDGE - 24, TEXT)
        width = 22 + text_width(text, TEXT)
        if x > EDGE and x + width > WIDTH - EDGE:
            x, y = float(EDGE), y + _LEGEND_LINE
        if lines:
            add_line(root, x - 2, y + 6, x + 16, y + 6, f"stroke {one.look}")
        else:
            add(root, "rect", x=x, y=y + 1, width=14, height=10, class_=f"bar {one.look}")
        add_text(root, x + 20, y + 10, text)
        x += width + 16
    return y + _LEGEND_LINE


def _legend_text(report: Report, series: Series) -> str:
    total = next((figure for figure in report.totals if figure.id == series.definition.id), None)
    return series.definition.title + (f" (n = {total.n:,})" if total is not None else "")
