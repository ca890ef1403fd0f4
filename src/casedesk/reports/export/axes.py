"""Axes: round numbers for values, sparse labels for days, weeks and months, and texts that fit their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

from casedesk.reports.wording import span_text

_DAY = 86_400
_TIMES = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, _DAY, 2 * _DAY)
_MOST_STEPS = 6
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GAP = 8


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values: its marks, equally far apart, the first and last of them its ends."""

    unit: str
    marks: tuple[float, ...]

    def place(self, value: float, start: float, end: float) -> float:
        """Where a value lies on a line from `start` to `end`."""
        low, high = self.marks[0], self.marks[-1]
        return start + (value - low) / (high - low) * (end - start)

    def texts(self) -> list[str]:
        """What stands at the marks."""
        return [self._text(mark) for mark in self.marks]

    def _text(self, mark: float) -> str:
        if self.unit == "seconds":
            return span_text(mark) if mark else "0"
        step = self.marks[1] - self.marks[0]
        digits = max(0, -floor(log10(step) + 1e-9))
        text = f"{mark:,.{digits}f}".replace("-", "−")
        return f"{text} %" if self.unit == "percent" else text


def scale(unit: str, values: Iterable[float]) -> Scale:
    """An axis in round numbers that holds the values and zero."""
    low, high = 0.0, 0.0
    for value in values:
        low, high = min(low, value), max(high, value)
    for step in _steps(unit, high - low):
        # A value that is next to nothing beside the step is still not zero, and has to lie between two marks.
        first, last = floor(low / step) or -(low < 0), ceil(high / step) or int(high > 0)
        if first + _MOST_STEPS >= last:
            break
    if first == last:
        last += 1
    return Scale(unit, tuple(round(count * step, 9) for count in range(first, last + 1)))


def _steps(unit: str, span: float) -> Iterator[float]:
    """Round distances between marks, growing from about what a span needs."""
    if unit == "seconds":
        yield from _TIMES
    smallest = {"seconds": 5.0 * _DAY, "count": 1.0, "mean": 0.1}.get(unit, 1.0)
    base = _DAY if unit == "seconds" else 1
    power = floor(log10(max(span / _MOST_STEPS, smallest) / base))
    while True:
        yield from (times * base * 10.0**power for times in (1, 2, 5) if times * base * 10.0**power >= smallest * 0.999)
        power += 1


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A label on an axis of time: at which point, and its year where that is new."""

    index: int
    text: str
    year: str


def time_marks(labels: list[str], step: str, slot: float, size: float) -> list[TimeMark]:
    """As many labels of days, weeks or months as have room, points being `slot` apart and letters `size` high."""
    found: list[TimeMark] = []
    for candidates in _candidates(labels, step):
        widest = max(text_width(text, size) for _, text, _ in candidates)
        nearest = min((b[0] - a[0] for a, b in pairwise(candidates)), default=len(labels))
        if nearest * slot >= max(widest, text_width("0000", size)) + _GAP:
            found = _with_years(candidates)
            break
    return found or _with_years([_short(0, labels[0], step)])


def _candidates(labels: list[str], step: str) -> Iterator[list[tuple[int, str, str]]]:
    """Choices of points to label, from all of them to few."""
    every = {"day": (1, 2, 7, 14), "week": (1, 2, 4, 13), "month": (1,)}[step]
    for count in every:
        yield [_short(at, label, step) for at, label in enumerate(labels) if at % count == 0]
    if step != "week":
        firsts = [(at, label) for at, label in enumerate(labels) if step == "month" or label.endswith("-01")]
        for months in (1, 2, 3, 6, 12):
            chosen = [_short(at, label, step) for at, label in firsts if (int(label[5:7]) - 1) % months == 0]
            if chosen:
                yield chosen
    count = every[-1]
    while count < len(labels):
        count *= 2
        yield [_short(at, label, step) for at, label in enumerate(labels) if at % count == 0]


def _short(at: int, label: str, step: str) -> tuple[int, str, str]:
    year, rest = label[:4], label[5:]
    if step == "week":
        return at, rest, year
    if step == "month":
        return at, _MONTHS[int(rest) - 1], year
    day = date.fromisoformat(label)
    return at, f"{day.day} {_MONTHS[day.month - 1]}", year


def _with_years(chosen: list[tuple[int, str, str]]) -> list[TimeMark]:
    marks: list[TimeMark] = []
    before = ""
    for at, text, year in chosen:
        marks.append(TimeMark(at, text, "" if year == before else year))
        before = year
    return marks


def text_width(text: str, size: float) -> float:
    """At most how wide a text is drawn whose letters are `size` high, in wide fonts such as DejaVu Sans too."""
    return size * sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in "mwMW@%—":
        return 1.0
    if letter in "ijlI.,:;|!'()[] frt/":
        return 0.45
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0x2FFF:
        return 1.35 if ord(letter) > 0xFFFF else 1.05
    return 0.8 if letter.isupper() or letter in "+=<>~#" or ord(letter) > 0x24F else 0.65


def fitted(text: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis where it is wider than `width`."""
    if text_width(text, size) <= width:
        return text
    room = width - text_width("…", size)
    end = 0
    for letter in text:
        room -= _letter_width(letter) * size
        if room < 0:
            break
        end += 1
    return f"{text[:end].rstrip()}…"
