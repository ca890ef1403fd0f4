"""A week of working time as a picture: a row for each day, Monday first, the hours across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.look import Line

if TYPE_CHECKING:
    from casedesk.desk.values import Week

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY = 86_400
LABEL = 4
"""Cells for the name of a day."""
TIMES = 14
"""Cells beside the picture in which the day's hours are written out."""

Intervals = tuple[tuple[int, int], ...]


def week_picture(week: Week, zone: str, width: int, *, plain: bool = False) -> list[Line]:
    """The picture in at most `width` cells: a line with the hours and the zone's name, then the seven days.

    A cell is an hour, half of one or a quarter, as there is room; one that is worked in part shows which part. Times
    are those of the wall clock in `zone`.
    """
    an_hour = next((cells for cells in (4, 2) if width >= LABEL + 24 * cells + TIMES), 1)
    lines = [[(_axis(an_hour), "muted"), (f"  {zone}", "muted")]]
    room = width - LABEL - 24 * an_hour - 1
    for name, intervals in zip(DAYS, week, strict=True):
        line: Line = [(f"{name:<{LABEL}}", "muted"), (_cells(intervals, an_hour, plain=plain), "accent")]
        if said := _said(intervals, room):
            line.append((f" {said}", "text" if intervals else "muted"))
        lines.append(line)
    return lines


def _axis(an_hour: int) -> str:
    step = 6 if an_hour == 1 else 3
    axis = " " * LABEL
    for hour in range(0, 25, step):
        axis = axis.ljust(LABEL + hour * an_hour - (1 if hour == 24 else 0)) + str(hour)
    return axis


def _cells(intervals: Intervals, an_hour: int, *, plain: bool) -> str:
    size = 3600 // an_hour
    return "".join(_cell(intervals, start, start + size, plain=plain) for start in range(0, DAY, size))


def _cell(intervals: Intervals, start: int, end: int, *, plain: bool) -> str:
    worked = [(max(start, one), min(end, other)) for one, other in intervals if one < end and other > start]
    full, empty, part = ("#", ".", "+") if plain else ("█", "·", "▒")
    if not worked:
        return empty
    if sum(other - one for one, other in worked) == end - start:
        return full
    if plain or len(worked) > 1:
        return part
    return "▌" if worked[0][0] == start else "▐" if worked[0][1] == end else part


def _said(intervals: Intervals, room: int) -> str:
    """The day's hours in words, shorter or not at all where there is no room."""
    spans = [f"{_time(start)}-{_time(end)}" for start, end in intervals]
    said = ", ".join(spans) or "closed"
    if len(said) > room and len(spans) > 1:
        said = f"{spans[0].partition('-')[0]}-{spans[-1].partition('-')[2]} …"
    return said if len(said) <= room else ""


def _time(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")
