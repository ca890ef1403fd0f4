"""What happened to tickets, as far as timers go by it, from activity and messages (behaviour 3.4, 3.5)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain import lifecycle
from casedesk.domain.sla import History

if TYPE_CHECKING:
    from casedesk.store.reader import Reader

_TICKETS = """
    SELECT id, state, priority_id, created_at, closed_at, merged_into_id, due_at, breached, origin
    FROM ticket WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"""
_MOVES = """
    SELECT l.ticket_id, l.act_id, a.undoes_id, l.at, l.before, l.after, a.name = 'merge'
    FROM activity l JOIN act a ON a.id = l.act_id
    WHERE l.ticket_id IN (SELECT value FROM json_each(?)) AND +l.record = 'ticket' AND +l.field = 'state'
    ORDER BY l.ticket_id, l.id"""
_MESSAGES = """
    SELECT ticket_id, at, direction = 'out' FROM message
    WHERE ticket_id IN (SELECT value FROM json_each(?)) AND NOT automatic
      AND (direction = 'in' OR author_id IS NOT NULL) ORDER BY ticket_id, at"""


@dataclass(frozen=True, slots=True)
class TimedTicket:
    """What of a ticket's own row the timers need."""

    number: int
    state: str
    priority_id: int | None
    created_at: int
    closed_at: int | None
    merged_into_id: int | None
    due_at: int | None
    breached: bool
    origin: str

    @property
    def closed_at_unknown(self) -> bool:
        """Another system closed it and didn't say when; its opening stands in for that."""
        return self.origin == "import" and self.closed_at == self.created_at


@dataclass(frozen=True, slots=True)
class _Move:
    """A line of activity that changed a ticket's state; `merging` it into another ended it."""

    act_id: int
    undoes_id: int | None
    at: int
    before: str
    after: str
    merging: bool


def timed_tickets(reader: Reader, numbers: Iterable[int]) -> list[TimedTicket]:
    """The rows of these tickets, by number; those that are gone are left out."""
    return [TimedTicket(*row) for row in reader.rows(_TICKETS, (json.dumps(sorted(set(numbers))),))]


def histories(reader: Reader, tickets: Sequence[TimedTicket]) -> dict[int, History]:
    """The tickets' histories by their numbers. What was taken back never happened."""
    asked = (json.dumps([ticket.number for ticket in tickets]),)
    moves: defaultdict[int, list[_Move]] = defaultdict(list)
    for number, *move in reader.rows(_MOVES, asked):
        moves[number].append(_Move(*move))
    written: defaultdict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for number, at, outgoing in reader.rows(_MESSAGES, asked):
        written[number][0 if outgoing else 1].append(at)
    return {ticket.number: _history(ticket, moves[ticket.number], *written[ticket.number]) for ticket in tickets}


def _history(ticket: TimedTicket, moves: Sequence[_Move], answers: list[int], inquiries: list[int]) -> History:
    standing = _standing_moves(moves)
    states = [(move.at, json.loads(move.after)) for move in standing]
    state = json.loads(standing[0].before) if standing else ticket.state
    if ticket.state == lifecycle.CLOSED and ticket.closed_at is not None:
        # Another system knows when it closed a ticket; the line of activity says when this desk learned of it.
        if states:
            states[-1] = (max(ticket.closed_at, *(at for at, _state in states[:-1]), 0), lifecycle.CLOSED)
        else:
            state, states = lifecycle.OPEN, [(ticket.closed_at, lifecycle.CLOSED)]
    # One that was closed before it was merged had been resolved, and stays so.
    merged = ticket.merged_into_id is not None and bool(standing) and standing[-1].merging
    return History(ticket.created_at, state, tuple(states), tuple(answers), tuple(inquiries), merged)


def _standing_moves(moves: Sequence[_Move]) -> list[_Move]:
    """The moves without those that were taken back, and without the taking back. A redo brings them back."""
    undoers: defaultdict[int, set[int]] = defaultdict(set)
    for move in moves:
        if move.undoes_id is not None:
            undoers[move.undoes_id].add(move.act_id)

    def undone(act_id: int) -> bool:
        return any(not undone(undoer) for undoer in undoers.get(act_id, ()))

    return [move for move in moves if move.undoes_id is None and not undone(move.act_id)]
