"""The closings of tickets with how long they had been open, for reports (behaviour 8.1)."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from casedesk.domain import lifecycle
from casedesk.domain.business_time import elapsed
from casedesk.domain.sla import spans_in

if TYPE_CHECKING:
    from casedesk.desk.ticket_histories import TimedTicket
    from casedesk.domain.business_time import Calendar
    from casedesk.domain.sla import History

_STORED = """
    SELECT closed_at, ticket_id, open_seconds, working_seconds, reopened_at, merged FROM ticket_closing
    WHERE ticket_id IN (SELECT value FROM json_each(?))"""

_WRITE = """
    INSERT OR REPLACE INTO ticket_closing (closed_at, ticket_id, open_seconds, working_seconds, reopened_at, merged)
    VALUES (?, ?, ?, ?, ?, ?)"""


class Closing(NamedTuple):
    """A row of `ticket_closing`, without what the database itself copies from the ticket."""

    closed_at: int
    ticket_id: int
    open_seconds: int | None
    working_seconds: int | None
    reopened_at: int | None
    merged: bool


def write_closings(
    connection: sqlite3.Connection,
    tickets: Sequence[TimedTicket],
    happened: Mapping[int, History],
    calendar_of: Callable[[int], Calendar],
) -> None:
    """Let the closings of these tickets be those of their histories; `calendar_of` gives a ticket's working time.

    One that stands already isn't measured again, whatever became of the calendar since.
    """
    stored: defaultdict[int, dict[int, Closing]] = defaultdict(dict)
    for row in connection.execute(_STORED, (json.dumps([ticket.number for ticket in tickets]),)):
        stored[row[1]][row[0]] = Closing(*row)
    gone: list[tuple[int, int]] = []
    fresh: list[Closing] = []
    for ticket in tickets:
        before = stored[ticket.number]
        closings = _closings(ticket, happened[ticket.number], calendar_of, before)
        after = {found.closed_at: found for found in closings}
        gone += [(closed_at, ticket.number) for closed_at in before.keys() - after.keys()]
        fresh += [found for closed_at, found in after.items() if before.get(closed_at) != found]
    connection.executemany("DELETE FROM ticket_closing WHERE closed_at = ? AND ticket_id = ?", gone)
    connection.executemany(_WRITE, fresh)


def _closings(
    ticket: TimedTicket, history: History, calendar_of: Callable[[int], Calendar], before: Mapping[int, Closing]
) -> Iterator[Closing]:
    number = ticket.number
    # Another system may say that it closed a ticket before it opened it, which none can be.
    spans = [
        (max(start, history.opened_at), None if end is None else max(end, history.opened_at))
        for start, end in spans_in(history, lifecycle.CLOSED)
    ]
    for place, (closed_at, reopened_at) in enumerate(spans):
        earlier = [(start, end) for start, end in spans[:place] if end is not None]
        shut = sum(end - start for start, end in earlier)
        merged = history.merged and reopened_at is None
        if ticket.closed_at_unknown:
            yield Closing(closed_at, number, None, None, reopened_at, merged)
            continue
        open_seconds = closed_at - history.opened_at - shut
        old = before.get(closed_at)
        working = (
            old.working_seconds
            if old is not None and old.open_seconds == open_seconds
            else elapsed(calendar_of(number), history.opened_at, closed_at, earlier)
        )
        yield Closing(closed_at, number, open_seconds, working, reopened_at, merged)
