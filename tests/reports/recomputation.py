"""The figures worked out once more and plainly: ticket by ticket in Python, from what the activity records."""

from __future__ import annotations

import json
import statistics
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from casedesk.desk import Desk
from casedesk.domain.business_time import Calendar, elapsed
from casedesk.reports.period import Period

Values = Mapping[str, tuple[float | None, int]]
"""By the figure's id its value and its n."""


@dataclass(frozen=True)
class Story:
    """When a ticket was opened, and the spans in which it was closed; the last of a `merged` one is no closing, and
    when another system closed an `undated` one isn't known."""

    number: int
    opened: int
    shut: tuple[tuple[int, int | None], ...]
    merged: bool
    undated: bool

    def closings(self, period: Period) -> list[int]:
        """The places of its closings in a period."""
        own = self.shut[:-1] if self.merged else self.shut
        return [place for place, (at, _) in enumerate(own) if period.start <= at < period.end]

    def reopenings(self, period: Period) -> int:
        return sum(end is not None and period.start <= end < period.end for _, end in self.shut)

    def was_open(self, at: int) -> bool:
        """Whether it was at this second."""
        return self.opened <= at and not any(start <= at and (end is None or at < end) for start, end in self.shut)

    def pauses(self, place: int) -> list[tuple[int, int]]:
        """The closed spans before one."""
        return [(start, end) for start, end in self.shut[:place] if end is not None]

    def open_seconds(self, place: int, calendar: Calendar | None) -> int:
        """How long it was open until a closing, by the calendar where there is one."""
        at, pauses = self.shut[place][0], self.pauses(place)
        if calendar is not None:
            return elapsed(calendar, self.opened, at, pauses)
        return at - self.opened - sum(end - start for start, end in pauses)

    def age(self, now: int) -> int:
        return now - self.opened - sum(end - start for start, end in self.pauses(len(self.shut)))


def stories(desk: Desk) -> dict[int, Story]:
    """The stories of all tickets, by number."""
    reader = desk.store.reader()
    acts = reader.rows("SELECT id, undoes_id FROM act ORDER BY id DESC")
    merges = {act for (act,) in reader.rows("SELECT id FROM act WHERE name = 'merge'")}
    found = {}
    for number in desk.tickets.numbers(""):
        shown = desk.tickets.show(number)
        line = shown.line
        lines = reader.rows(
            """SELECT act_id, at, before, after FROM activity
               WHERE ticket_id = ? AND record = 'ticket' AND field = 'state' ORDER BY id""",
            (number,),
        )
        concerned = {act for act, *_ in lines}
        void: set[int] = set()
        for act, undoes in acts:  # the latest first, so that whether an undo holds is known before what it undoes
            if undoes is not None and act in concerned and act not in void:
                void.add(undoes)
        undoing = {act for act, undoes in acts if undoes is not None}
        standing = [(act, *move) for act, *move in lines if act not in void and act not in undoing]
        moves = [(at, json.loads(before), json.loads(after)) for _, at, before, after in standing]
        merged = line.merged_into is not None and bool(standing) and standing[-1][0] in merges
        closed_at = None if line.closed_at is None else int(line.closed_at.timestamp())
        opened = int(line.created_at.timestamp())
        shut = tuple(_shut(opened, moves, line.state, closed_at))
        undated = shown.origin == "import" and closed_at == opened
        found[number] = Story(number, opened, shut, merged, undated)
    return found


def _shut(
    opened: int, moves: list[tuple[int, str, str]], state: str, closed_at: int | None
) -> Iterator[tuple[int, int | None]]:
    """The closed spans, none before the opening. When another system closed a ticket, that system says."""
    since = opened if moves and moves[0][1] == "closed" else None
    if not moves and state == "closed":
        since = closed_at
    for place, (moved, _, to) in enumerate(moves):
        at = moved
        if place == len(moves) - 1 and to == "closed" and closed_at is not None:
            at = max(closed_at, *(earlier for earlier, _, _ in moves[:place]), 0)
        if to == "closed" and since is None:
            since = at
        elif to != "closed" and since is not None:
            yield max(since, opened), max(at, opened)
            since = None
    if since is not None:
        yield max(since, opened), None


def figures(told: Collection[Story], period: Period, now: int, calendar: Calendar | None) -> Values:
    """The figures of these tickets over a period; `calendar` counts open time by working hours."""
    lengths: list[int | None] = []
    closings = reopened = reopened_tickets = new = were_open = 0
    for story in told:
        places = story.closings(period)
        closings += len(places)
        if places:
            lengths.append(None if story.undated else story.open_seconds(places[-1], calendar))
        reopened += story.reopenings(period)
        reopened_tickets += story.reopenings(period) > 0
        new += period.start <= story.opened < period.end
        were_open += story.was_open(min(period.end - 1, now))
    closed = len(lengths)
    return {
        "new": (new, new),
        "closed": (closed, closed),
        "closings": (closings, closed),
        "reopened": (reopened, reopened_tickets),
        "open": (were_open, were_open),
        **lengths_of([length for length in lengths if length is not None]),
    }


def lengths_of(lengths: list[int]) -> dict[str, tuple[float | None, int]]:
    """Average, median and 90th percentile."""
    n = len(lengths)
    return {
        "average_open_seconds": (statistics.fmean(lengths) if n else None, n),
        "median_open_seconds": (statistics.median(lengths) if n else None, n),
        "p90_open_seconds": (sorted(lengths)[ceil(n * 0.9) - 1] if n else None, n),
    }


def age(told: Collection[Story], now: int, unclosed: Collection[int]) -> tuple[float | None, int]:
    """The average age of those that are open, and how many they are."""
    ages = [story.age(now) for story in told if story.number in unclosed]
    return (statistics.fmean(ages) if ages else None), len(ages)
