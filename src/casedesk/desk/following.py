"""What follows from tickets' histories and is kept beside them: their timers and their closings.

It is worked out anew for the tickets that a transaction touched, at its end, from what is recorded; so taking an act
back brings back what there was before it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from casedesk.desk.ticket_closings import write_closings
from casedesk.desk.ticket_histories import histories, timed_tickets
from casedesk.desk.ticket_timers import TicketTimers, policies_of
from casedesk.store.reader import Reader

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.domain.business_time import Calendar


class Following:
    """Works on a transaction that somebody has opened on `connection`."""

    def __init__(self, desk: Desk, connection: sqlite3.Connection) -> None:
        self._desk = desk
        self._connection = connection
        self._reader = Reader(desk.path, connection)
        self._calendars: dict[int, Calendar] = {}

    def refresh(self, numbers: Iterable[int], *, at: int, act_id: int | None = None) -> None:
        """Let timers and closings of these tickets follow their histories.

        A target that was missed by now being met or closed is recorded as a breach at `at`, as part of the act.
        """
        tickets = timed_tickets(self._reader, numbers)
        happened = histories(self._reader, tickets)
        on = self._desk.service_levels.on
        policies = policies_of(self._desk, self._reader, tickets) if on else [None] * len(tickets)
        applied = {
            # Whether a target was met can't be told of a closing at an unknown instant.
            ticket.number: None if ticket.closed_at_unknown else policy
            for ticket, policy in zip(tickets, policies, strict=True)
        }

        def calendar_of(number: int) -> Calendar:
            policy = applied[number] or self._desk.policies.default()
            return self.calendar(policy.calendar_id)

        write_closings(self._connection, tickets, happened, calendar_of)
        timers = TicketTimers(self._desk, self._connection, self.calendar)
        timers.refresh(tickets, happened, applied, at=at, act_id=act_id)

    def calendar(self, calendar_id: int) -> Calendar:
        """The calendar, looked up once in a transaction."""
        if calendar_id not in self._calendars:
            self._calendars[calendar_id] = self._desk.calendars.working(calendar_id)
        return self._calendars[calendar_id]
