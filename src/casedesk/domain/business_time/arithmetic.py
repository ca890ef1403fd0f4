"""How much working time lies between two instants, and when so much has passed (behaviour 3.2 and 3.5).

Instants are whole seconds since 1970 (UTC), durations whole seconds of working time.
"""

from __future__ import annotations

from collections.abc import Iterable

from casedesk.domain.business_time.calendar import Calendar
from casedesk.domain.business_time.timeline import NoDeadline, Range, union
from casedesk.domain.errors import InvalidInput

Pause = tuple[int, int | None]
"""`[start, end)` in which no time counts, in seconds since 1970 (UTC); no end while it lasts."""

_ENDLESS = 2**62


def elapsed(calendar: Calendar, start: int, end: int, pauses: Iterable[Pause] = ()) -> int:
    """Seconds of working time in `[start, end)` outside the pauses; 0 when the end is before the start.

    Pauses may overlap and come in any order. Raises InvalidInput for instants that are too far off or apart, and for
    a pause that ends before it begins.
    """
    worked = calendar.timeline.worked(start, end)
    for low, high in pauses_within(pauses, start, end):
        worked -= calendar.timeline.worked(low, high)
    return worked


def deadline(calendar: Calendar, start: int, seconds: int, pauses: Iterable[Pause] = ()) -> int:
    """The earliest instant with `elapsed(calendar, start, …, pauses) >= seconds`.

    One that falls on closing time, or on the start of a pause, stays there; with 0 seconds it is the next working
    instant that isn't paused. Raises InvalidInput for negative seconds and as `elapsed` does, NoDeadline when there is
    too little working time or the last pause has no end.
    """
    if seconds < 0:
        raise InvalidInput("A duration can't be negative.")
    timeline = calendar.timeline
    for low, high in pauses_within(pauses, start, _ENDLESS):
        worked = timeline.worked(start, low)
        if worked >= max(seconds, 1):
            break
        if high == _ENDLESS:
            raise NoDeadline("There is no deadline while the clock is paused.")
        seconds -= worked
        start = high
    return timeline.reached(start, seconds) if seconds else timeline.opening(start)


def pauses_within(pauses: Iterable[Pause], start: int, end: int) -> list[Range]:
    """What of the pauses lies in `[start, end)`, in order and disjoint. Raises InvalidInput for one turned round."""
    found = []
    for low, high in pauses:
        if high is not None and high < low:
            raise InvalidInput("A pause can't end before it begins.")
        found.append((max(low, start), end if high is None else min(high, end)))
    return union(found)
