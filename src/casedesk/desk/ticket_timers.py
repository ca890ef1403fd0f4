"""The timers on tickets, worked out from the tickets' histories (behaviour 3.4 to 3.7).

Timers follow from what is recorded, like a search index: they are worked out anew for the tickets that a transaction
touched, at its end, and whole desks of them after a change of a policy or calendar. They are never recorded acts
themselves, so taking an act back brings back the timers that there were. Breaches are another matter: they stay.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casedesk.desk.instants import instant_text, moment
from casedesk.desk.ticket_histories import TimedTicket
from casedesk.domain import lifecycle
from casedesk.domain.sla import KINDS, RESOLUTION, History, Target, Timer, runs, timers
from casedesk.store.reader import Reader

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import PolicyEntry
    from casedesk.domain.business_time import Calendar

BREACH, DUE_SOON = "breach", "due soon"
"""The kinds of the lines of activity that tell of a missed target, and of one that is about to be missed."""

_COLUMNS = (
    "ticket_id", "kind", "started_at", "policy_id", "target", "pauses", "due_at", "warn_at", "met_at", "stopped_at",
    "warned_at", "breached_at", "next_at",
)  # fmt: skip
_STORED = f"SELECT {', '.join(_COLUMNS)} FROM ticket_timer WHERE ticket_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class StoredTimer:
    """A timer as it stands in the desk; instants in seconds, UTC."""

    ticket_id: int
    kind: str
    started_at: int
    policy_id: int
    target: int
    pauses: bool
    due_at: int | None
    warn_at: int | None
    met_at: int | None
    stopped_at: int | None
    warned_at: int | None = None
    breached_at: int | None = None
    next_at: int | None = None

    @property
    def runs(self) -> bool:
        """Neither met nor stopped; it may be paused."""
        return self.met_at is None and self.stopped_at is None

    @property
    def ended_late(self) -> bool:
        """It was met or stopped after its due instant."""
        ended_at = self.met_at if self.met_at is not None else self.stopped_at
        return ended_at is not None and self.due_at is not None and ended_at > self.due_at


class TicketTimers:
    """Works timers out inside a transaction that somebody has opened on `connection`."""

    def __init__(
        self, desk: Desk, connection: sqlite3.Connection, calendar: Callable[[int], Calendar] | None = None
    ) -> None:
        """`calendar` gives a calendar by its id."""
        self._desk = desk
        self._connection = connection
        self._reader = Reader(desk.path, connection)
        self._calendar = calendar or desk.calendars.working

    def refresh(
        self,
        tickets: Sequence[TimedTicket],
        happened: Mapping[int, History],
        policies: Mapping[int, PolicyEntry | None],
        *,
        at: int,
        act_id: int | None = None,
    ) -> None:
        """Work out the timers of these tickets from what happened to them, by the policies that apply to them.

        A target that was missed by now being met or closed is recorded as a breach at `at`, as part of the act; what
        runs late is left to the sweep.
        """
        stored: defaultdict[int, list[StoredTimer]] = defaultdict(list)
        for timer in stored_timers(self._reader, (ticket.number for ticket in tickets)):
            stored[timer.ticket_id].append(timer)
        found = {
            ticket.number: self._timers(ticket, happened[ticket.number], policies[ticket.number], stored[ticket.number])
            for ticket in tickets
        }
        self._write_timers(stored, found)
        self._write_breaches(tickets, found, at, act_id)
        self._write_due(tickets, found)

    def _timers(
        self, ticket: TimedTicket, history: History, policy: PolicyEntry | None, stored: Sequence[StoredTimer]
    ) -> list[StoredTimer]:
        """The ticket's timers as they have to stand: what has ended as it did is not judged again (behaviour 3.6)."""
        before = {(timer.kind, timer.started_at): timer for timer in stored}
        fresh = []
        if policy is not None:
            targets = targets_of(policy, ticket.priority_id)
            calendar = self._calendar(policy.calendar_id)
            fresh = [self._standing(ticket, policy, timer) for timer in timers(history, targets, calendar)]
        result = {(timer.kind, timer.started_at): _carried(timer, before) for timer in fresh}
        # Without a target now, what has ended stays as it was judged, as long as it did end so.
        ended = {tuple(run) for run in runs(history) if run.ended_at is not None}
        for key, timer in before.items():
            if key not in result and (*key, timer.met_at, timer.stopped_at) in ended:
                result[key] = timer
        return list(result.values())

    @staticmethod
    def _standing(ticket: TimedTicket, policy: PolicyEntry, timer: Timer) -> StoredTimer:
        return StoredTimer(
            ticket.number, timer.kind, timer.started_at, policy.id, timer.target.seconds, timer.target.pauses,
            timer.due_at, timer.warn_at, timer.met_at, timer.stopped_at,
        )  # fmt: skip

    # -- writing ------------------------------------------------------------------------------------------------

    def _write_timers(self, stored: Mapping[int, list[StoredTimer]], found: dict[int, list[StoredTimer]]) -> None:
        gone, fresh = [], []
        for number, standing in found.items():
            before, after = set(stored.get(number, ())), set(standing)
            keys = {(timer.kind, timer.started_at) for timer in standing}
            gone += [(number, t.kind, t.started_at) for t in before if (t.kind, t.started_at) not in keys]
            fresh += [tuple(getattr(timer, name) for name in _COLUMNS) for timer in after - before]
        self._connection.executemany(
            "DELETE FROM ticket_timer WHERE ticket_id = ? AND kind = ? AND started_at = ?", gone
        )
        self._connection.executemany(
            f"INSERT OR REPLACE INTO ticket_timer ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",
            fresh,
        )

    def _write_breaches(
        self, tickets: Sequence[TimedTicket], found: dict[int, list[StoredTimer]], at: int, act_id: int | None
    ) -> None:
        """Record what was missed by being met or closed too late, unless the sweep has found it before."""
        for ticket in tickets:
            for place, timer in enumerate(found[ticket.number]):
                if timer.ended_late and timer.breached_at is None:
                    found[ticket.number][place] = replace(timer, breached_at=at)
                    self.record_breach(timer, at, act_id)

    def record_breach(self, timer: StoredTimer, at: int, act_id: int | None) -> None:
        """One breach a ticket, timer and due instant, with its line of activity (behaviour 3.7)."""
        key = (timer.ticket_id, timer.kind, timer.started_at)
        self._connection.execute(
            """UPDATE ticket_timer SET breached_at = ?, next_at = NULL
               WHERE ticket_id = ? AND kind = ? AND started_at = ?""",
            (at, *key),
        )
        fresh = self._connection.execute(
            """INSERT OR IGNORE INTO ticket_breach (ticket_id, kind, due_at, policy_id, found_at)
               VALUES (?, ?, ?, ?, ?)""",
            (timer.ticket_id, timer.kind, timer.due_at, timer.policy_id, at),
        )
        self._connection.execute("UPDATE ticket SET breached = 1 WHERE id = ? AND NOT breached", (timer.ticket_id,))
        if fresh.rowcount and act_id is not None:
            self._tell(timer, BREACH, at, act_id)

    def record_warning(self, timer: StoredTimer, at: int, act_id: int | None) -> None:
        """Say once that a target is about to be missed; rules may wait for it."""
        self._connection.execute(
            """UPDATE ticket_timer SET warned_at = ?, next_at = due_at
               WHERE ticket_id = ? AND kind = ? AND started_at = ?""",
            (at, timer.ticket_id, timer.kind, timer.started_at),
        )
        if act_id is not None:
            self._tell(timer, DUE_SOON, at, act_id)

    def _tell(self, timer: StoredTimer, kind: str, at: int, act_id: int) -> None:
        """Leave a line of activity about a timer: an event, which no undo takes back."""
        assert timer.due_at is not None
        self._connection.execute(
            """INSERT INTO activity (act_id, at, actor_kind, ticket_id, ticket_version, contact_id, kind, operation,
                                     record, record_id, field, before_text, after_text, cause)
               SELECT ?, ?, 'system', id, version, contact_id, ?, 'event', 'ticket', id, '', '', ?, ''
               FROM ticket WHERE id = ?""",
            (act_id, at, kind, f"{timer.kind} due {instant_text(self._desk, moment(timer.due_at))}", timer.ticket_id),
        )

    def _write_due(self, tickets: Sequence[TimedTicket], found: dict[int, list[StoredTimer]]) -> None:
        rows = []
        for ticket in tickets:
            due_at = _due(ticket, found[ticket.number])
            if due_at != ticket.due_at:
                rows.append((due_at, ticket.number))
        self._connection.executemany("UPDATE ticket SET due_at = ? WHERE id = ?", rows)


def policies_of(desk: Desk, reader: Reader, tickets: Sequence[TimedTicket]) -> list[PolicyEntry | None]:
    """The policy of each ticket: the first whose query matches, as `reader` sees the ticket (behaviour 3.4)."""
    left = [ticket.number for ticket in tickets]
    chosen: dict[int, PolicyEntry] = {}
    for policy in desk.policies.in_order():
        if not left:
            break
        hit = desk.queries.among(policy.query, reader, left) if policy.query else set(left)
        chosen.update(dict.fromkeys(hit, policy))
        left = [number for number in left if number not in hit]
    return [chosen.get(ticket.number) for ticket in tickets]


def stored_timers(reader: Reader, numbers: Iterable[int]) -> list[StoredTimer]:
    """The timers of these tickets as they stand, by ticket, kind and start."""
    found = [StoredTimer(*row) for row in reader.rows(_STORED, (json.dumps(list(numbers)),))]
    return sorted(found, key=lambda timer: (timer.ticket_id, KINDS.index(timer.kind), timer.started_at))


def targets_of(policy: PolicyEntry, priority_id: int | None) -> dict[str, Target]:
    """The policy's targets for a ticket of this priority, by kind: the priority's own go before those for all."""
    found: dict[str, Target] = {}
    for entry in sorted(policy.targets, key=lambda entry: entry.priority_id is not None):
        if entry.priority_id in {None, priority_id}:
            found[entry.kind] = Target(entry.seconds, entry.kind in policy.pauses, policy.warn)
    return found


def _carried(timer: StoredTimer, before: dict[tuple[str, int], StoredTimer]) -> StoredTimer:
    """The timer with what was recorded of it; one that ended just so before stays as it was judged."""
    old = before.get((timer.kind, timer.started_at))
    if old is not None and not old.runs and (old.met_at, old.stopped_at) == (timer.met_at, timer.stopped_at):
        return old
    if old is not None and old.due_at == timer.due_at:
        timer = replace(timer, warned_at=old.warned_at, breached_at=old.breached_at)
    return replace(timer, next_at=_next(timer))


def _next(timer: StoredTimer) -> int | None:
    """When the sweep next has something to record of it."""
    if not timer.runs or timer.due_at is None or timer.breached_at is not None:
        return None
    return timer.warn_at if timer.warn_at is not None and timer.warned_at is None else timer.due_at


def _due(ticket: TimedTicket, standing: Sequence[StoredTimer]) -> int | None:
    """The earliest due instant of what runs; of a closed ticket that of its resolution."""
    if ticket.state == lifecycle.CLOSED:
        return next((timer.due_at for timer in standing if timer.kind == RESOLUTION), None)
    return min((timer.due_at for timer in standing if timer.runs and timer.due_at is not None), default=None)
