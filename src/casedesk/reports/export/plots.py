"""Drawing a chart's figures: lines and bars over time, and bars beside the names of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from casedesk.domain.text_safety import visible_line
from casedesk.reports.definitions import Definition
from casedesk.reports.export.axes import Scale, fitted, scale, text_width, time_marks
from casedesk.reports.export.markup import STYLES, TEXT, add, add_line, add_text
from casedesk.reports.values import Figure
from casedesk.reports.wording import interval_text, value_text

WIDTH = 640
EDGE = 12
_RIGHT = 30
_HEIGHT = 200
_MOST_BARS = 320
_MOST_DOTS = 62
_MOST_GROUPS = 40
_WIDEST_LABEL = 210
_BAR = 14


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over the chart's points; `style` counts from 0. None is where a line doesn't have the figure."""

    definition: Definition
    figures: tuple[Figure | None, ...]
    style: int

    @property
    def look(self) -> str:
        """The class that colours it."""
        return f"s{self.style % STYLES}"

    def value(self, at: int) -> float | None:
        """Its value at a point."""
        figure = self.figures[at]
        return None if figure is None else figure.value

    def told(self, at: int, label: str) -> str:
        """What is shown when somebody points at it."""
        figure = self.figures[at]
        assert figure is not None
        value = value_text(self.definition.unit, figure.value)
        interval = interval_text(figure)
        return f"{label} · {self.definition.title}: {value}" + (f" ({interval})" if interval else "")


def drawn_as(kind: str, points: int, series: int) -> str:
    """The kind that a chart over time is drawn as: bars too many to be told apart become lines."""
    return "line" if kind == "bar" and points * series > _MOST_BARS else kind


def reach(series: Sequence[Series], stacked: bool) -> list[float]:
    """The values that an axis has to hold: the figures with their intervals, or the ends of the stacks."""
    if not stacked:
        figures = [figure for one in series for figure in one.figures if figure is not None]
        ends = [end for figure in figures for end in (figure.value, figure.low, figure.high)]
        return [end for end in ends if end is not None]
    points = [[one.value(at) or 0.0 for one in series] for at in range(len(series[0].figures))]
    return [sum(value for value in point if value * sign > 0) for point in points for sign in (1, -1)]


def over_time(
    parent: Element, top: float, kind: str, series: Sequence[Series], labels: Sequence[str], step: str
) -> float:
    """Draw lines or bars over days, weeks or months from `top` down; where it ends."""
    axis = scale(series[0].definition.unit, reach(series, kind == "stacked"))
    left = EDGE + max(text_width(text, TEXT) for text in axis.texts()) + 8
    right, bottom = WIDTH - _RIGHT, top + _HEIGHT
    for mark, text in zip(axis.marks, axis.texts(), strict=True):
        y = axis.place(mark, bottom, top)
        add_line(parent, left, y, right, y, "base" if mark == 0 else "grid")
        add_text(parent, left - 8, y + 4, text, "end")
    slot = (right - left) / len(labels)
    for day in time_marks(list(labels), step, slot, TEXT):
        x = left + slot * (day.index + 0.5)
        add_line(parent, x, bottom, x, bottom + 4, "grid")
        add_text(parent, x, bottom + 18, day.text, "middle")
        if day.year:
            add_text(parent, x, bottom + 33, day.year, "middle")
    place = _Place(axis, left, slot, bottom, top)
    if kind == "stacked":
        _stacks(parent, place, series, labels)
    elif kind == "bar":
        _bars(parent, place, series, labels)
    else:
        for one in series:
            _line(parent, place, one, labels)
    return bottom + 40


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a plot over time lies."""

    axis: Scale
    left: float
    slot: float
    bottom: float
    top: float

    def x(self, at: int) -> float:
        """The middle of a point."""
        return self.left + self.slot * (at + 0.5)

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.axis.place(value, self.bottom, self.top)


def _line(parent: Element, place: _Place, series: Series, labels: Sequence[str]) -> None:
    """A line with a gap where there is no value, with dots where there are few points, or one alone."""
    count = len(labels)
    path: list[str] = []
    for at in range(count):
        value = series.value(at)
        if value is None:
            continue
        x, y = place.x(at), place.y(value)
        joined = at > 0 and series.value(at - 1) is not None
        alone = not joined and (at + 1 == count or series.value(at + 1) is None)
        path.append(f"{'L' if joined else 'M'}{x:.1f} {y:.1f}")
        _range(parent, series, at, place, x, f"range {series.look}")
        if alone or count <= _MOST_DOTS:
            dot = add(parent, "circle", cx=x, cy=y, r=3 if count <= _MOST_DOTS / 2 else 2, class_=f"dot {series.look}")
            add(dot, "title", series.told(at, labels[at]))
    if path:
        add(parent, "path", d="".join(path), class_=f"stroke {series.look}")


def _range(parent: Element, series: Series, at: int, place: _Place, x: float, class_: str) -> None:
    figure = series.figures[at]
    if figure is not None and figure.low is not None and figure.high is not None:
        add_line(parent, x, place.y(figure.low), x, place.y(figure.high), class_)


def _bars(parent: Element, place: _Place, series: Sequence[Series], labels: Sequence[str]) -> None:
    width = min(place.slot * 0.8 / len(series), 48.0)
    for at, label in enumerate(labels):
        start = place.x(at) - width * len(series) / 2
        for order, one in enumerate(series):
            value = one.value(at)
            if value is None:
                continue
            x = start + width * order
            bar = _upright(parent, place, x, width, (0.0, value), one)
            add(bar, "title", one.told(at, label))
            _range(parent, one, at, place, x + width / 2, "range")


def _stacks(parent: Element, place: _Place, series: Sequence[Series], labels: Sequence[str]) -> None:
    width = min(place.slot * 0.8, 48.0)
    for at, label in enumerate(labels):
        for one, start, end in _stack(series, at):
            bar = _upright(parent, place, place.x(at) - width / 2, width, (start, end), one)
            add(bar, "title", one.told(at, label))


def _stack(series: Sequence[Series], at: int) -> list[tuple[Series, float, float]]:
    """The pieces of a stack, those above zero upwards and those below downwards; what is nothing isn't drawn."""
    ends = {True: 0.0, False: 0.0}
    pieces = []
    for one in series:
        value = one.value(at)
        if value:
            start = ends[value > 0]
            ends[value > 0] = start + value
            pieces.append((one, start, start + value))
    return pieces


def _upright(
    parent: Element, place: _Place, x: float, width: float, ends: tuple[float, float], series: Series
) -> Element:
    low, high = sorted(map(place.y, ends))
    inset = 0.5 if width > 4 else 0.0
    return add(
        parent, "rect", x=x + inset, y=low, width=max(width - 2 * inset, 0.3), height=high - low,
        class_=f"bar {series.look}", **({"stroke": "none"} if not inset else {}),
    )  # fmt: skip


def by_group(parent: Element, top: float, kind: str, series: Sequence[Series], labels: Sequence[str]) -> float:
    """Draw a bar for each figure beside the name of its group from `top` down; where it ends.

    The first forty groups are drawn, and how many more there are is said.
    """
    unit = series[0].definition.unit
    shown = [visible_line(label) for label in labels[:_MOST_GROUPS]]
    axis = scale(
        unit, reach([Series(one.definition, one.figures[: len(shown)], 0) for one in series], kind == "stacked")
    )
    names = min(_WIDEST_LABEL, max(text_width(label, TEXT) for label in shown))
    numbers = 0.0 if kind == "stacked" else _number_room(series, len(shown))
    first, last = (text_width(text, TEXT) / 2 + 4 for text in (axis.texts()[0], axis.texts()[-1]))
    left = EDGE + names + 10 + (max(numbers, first) if axis.marks[0] < 0 else 0)
    right = WIDTH - max(numbers, last)
    rows = 1 if kind == "stacked" else len(series)
    height = rows * _BAR + 8
    bottom = top + height * len(shown)
    _upright_marks(parent, axis, (left, right), (top, bottom))
    for at, label in enumerate(shown):
        y = top + height * at + 4
        name = add_text(parent, EDGE + names, y + rows * _BAR / 2 + 4, fitted(label, names, TEXT), "end")
        add(name, "title", label)
        if kind == "stacked":
            for one, start, end in _stack(series, at):
                add(_level(parent, axis, (left, right), y, (start, end), one), "title", one.told(at, label))
        else:
            for order, one in enumerate(series):
                _level_bar(parent, axis, (left, right), y + order * _BAR, one, at, label)
    if len(labels) > len(shown):
        bottom += 20
        add_text(parent, EDGE, bottom + 12, f"and {len(labels) - len(shown):,} more, which aren't drawn")
    return bottom + 24


def _number_room(series: Sequence[Series], count: int) -> float:
    texts = [value_text(one.definition.unit, one.value(at)) for one in series for at in range(count)]
    return max(text_width(text, TEXT) for text in texts) + 8


def _upright_marks(parent: Element, axis: Scale, across: tuple[float, float], down: tuple[float, float]) -> None:
    """The marks of a level axis, their texts above, as many as have room."""
    width = max(text_width(text, TEXT) for text in axis.texts()) + 10
    apart = abs(across[1] - across[0]) / (len(axis.marks) - 1)
    zero = axis.marks.index(0)
    every = next((every for every in (1, 2, 3) if apart * every >= width), len(axis.marks))
    for at, (mark, text) in enumerate(zip(axis.marks, axis.texts(), strict=True)):
        x = axis.place(mark, *across)
        add_line(parent, x, down[0] - 2, x, down[1], "base" if mark == 0 else "grid")
        if (at - zero) % every == 0:
            add_text(parent, x, down[0] - 8, text, "middle")


def _level_bar(
    parent: Element, axis: Scale, across: tuple[float, float], y: float, series: Series, at: int, label: str
) -> None:
    """A bar of a group with its value behind its end."""
    figure = series.figures[at]
    value = series.value(at)
    text = value_text(series.definition.unit, value)
    if figure is None or value is None:
        add_text(parent, axis.place(0, *across) + 5, y + 11, text)
        return
    add(_level(parent, axis, across, y, (0.0, value), series), "title", series.told(at, label))
    ends = [value]
    if figure.low is not None and figure.high is not None:
        ends += [figure.low, figure.high]
        middle = y + _BAR / 2
        places = (axis.place(figure.low, *across), axis.place(figure.high, *across))
        add_line(parent, places[0], middle, places[1], middle, "range")
    if value < 0:
        add_text(parent, axis.place(min(ends), *across) - 5, y + 11, text, "end")
    else:
        add_text(parent, axis.place(max(ends), *across) + 5, y + 11, text)


def _level(
    parent: Element, axis: Scale, across: tuple[float, float], y: float, ends: tuple[float, float], series: Series
) -> Element:
    start, end = sorted(axis.place(end, *across) for end in ends)
    return add(parent, "rect", x=start, y=y + 1, width=end - start, height=_BAR - 2, class_=f"bar {series.look}")
