"""Which spans of time count and which don't, for the explanation of a timer (behaviour 3.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casedesk.domain.business_time.arithmetic import Pause, pauses_within
from casedesk.domain.business_time.calendar import Calendar
from casedesk.domain.business_time.timeline import Range


class Kind(StrEnum):
    """What a span of time is to a timer."""

    COUNTED = "counted"
    PAUSED = "paused"
    CLOSED = "closed"
    OUTSIDE = "outside"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Span:
    """`[start, end)` in seconds since 1970 (UTC), all of one kind.

    `working` are the seconds of working time in it: all of a counted span, none outside of hours and of a holiday, and
    of a paused or closed span those that would have counted. So a span that counts and the pauses together are the
    working time from start to end. `name` is the holiday's.
    """

    start: int
    end: int
    kind: Kind
    working: int
    name: str = ""

    @property
    def seconds(self) -> int:
        """The span's length."""
        return self.end - self.start


def spans(
    calendar: Calendar, start: int, end: int, pauses: Iterable[Pause] = (), closed: Iterable[Pause] = ()
) -> tuple[Span, ...]:
    """All of `[start, end)` in order, without gaps: the counted spans make `elapsed` with the same pauses.

    `closed` are the spans in which the ticket was closed; they go before pauses, pauses before working hours. Empty
    when the end isn't after the start. Raises InvalidInput as `elapsed` does.
    """
    if end <= start:
        return ()
    pieces = _by_calendar(calendar, start, end)
    pieces = _covered(pieces, pauses_within(pauses, start, end), Kind.PAUSED)
    pieces = _covered(pieces, pauses_within(closed, start, end), Kind.CLOSED)
    return tuple(_merged(pieces))


def _by_calendar(calendar: Calendar, start: int, end: int) -> Iterator[Span]:
    at = start
    for part in calendar.timeline.parts(start, end):
        known = [(low, high, Kind.COUNTED, "") for low, high in zip(part.starts, part.ends, strict=True)]
        known += [(low, high, Kind.HOLIDAY, name) for low, high, name in part.taken]
        for low, high, kind, name in sorted(known):
            first, after = max(low, at), min(high, end)
            if first >= after:
                continue
            if at < first:
                yield Span(at, first, Kind.OUTSIDE, 0)
            yield Span(first, after, kind, after - first if kind is Kind.COUNTED else 0, name)
            at = after
    if at < end:
        yield Span(at, end, Kind.OUTSIDE, 0)


def _covered(pieces: Iterable[Span], ranges: Sequence[Range], kind: Kind) -> Iterator[Span]:
    """The pieces, those within the ranges turned into this kind; their working time stays known."""
    at = 0
    for piece in pieces:
        done = piece.start
        while done < piece.end:
            while at < len(ranges) and ranges[at][1] <= done:
                at += 1
            inside = at < len(ranges) and ranges[at][0] <= done
            edge = piece.end if at == len(ranges) else min(piece.end, ranges[at][1 if inside else 0])
            working = edge - done if piece.working else 0
            yield Span(done, edge, kind, working) if inside else Span(done, edge, piece.kind, working, piece.name)
            done = edge


def _merged(pieces: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for piece in pieces:
        if last is None:
            last = piece
        elif (last.kind, last.name) == (piece.kind, piece.name):
            last = Span(last.start, piece.end, last.kind, last.working + piece.working, last.name)
        else:
            yield last
            last = piece
    if last is not None:
        yield last
