"""Trying a rule for tickets against history: the record is played back, and forward again with the rule (X7, 4.3).

Some hundred tickets at a time are put back, in a transaction that is rolled back, to what they were; then every act is
put on top of them again as it is recorded. After each, and at each instant that a time rule waits for, the rule runs
as it would have: by the very same code, on the ticket as it then was, together with the rules that are active now and
with what it did before. What people would have done differently can't be known.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from casedesk import model
from casedesk.desk.recording import ADD, REMOVE, SET, event_of
from casedesk.desk.rule_running import RAN, Running
from casedesk.desk.ticket_timers import DUE_SOON
from casedesk.domain import lifecycle
from casedesk.domain.rules import AGE, BEFORE_DUE, IDLE, TICKET_OPENED, TIMED, Event, Trigger, trigger_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from casedesk.desk.desk import Desk
    from casedesk.desk.rule_attempts import Found, Progress
    from casedesk.desk.values import RuleLine

_CHUNK = 200
"""Tickets that are played back at once; nobody else can write meanwhile."""

_NOTES = (
    "What people did afterwards is taken as they did it; with the rule they might have done otherwise.",
    "Responses, contacts, accounts and due times are taken as they are now.",
    "The other rules are those that are active now.",
)
_RELATIVE = "Dates relative to the present, such as 7d, are judged as of now."
_MERGED = "Tickets that were merged since are left out."

_PARTS = frozenset(
    {
        "ticket", "ticket_tag", "ticket_classification", "ticket_helper", "ticket_contact", "ticket_account",
        "ticket_action", "note", "message",
    }
)  # fmt: skip
"""The tables that hold what tickets are; they are put back."""

_LINES = """
    SELECT l.ticket_id, l.act_id, l.at, l.actor_kind, l.actor_id, l.kind, l.operation, l.record, l.record_id, l.field,
           l.before, l.after, a.undoes_id
    FROM activity l JOIN act a ON a.id = l.act_id
    WHERE {} ORDER BY l.ticket_id, l.id"""


class _RolledBackError(Exception):
    """Ends the transaction in which history was played."""


class _Line(NamedTuple):
    """A line of activity."""

    ticket: int
    act: int
    at: int
    actor_kind: str
    actor_id: int | None
    kind: str
    operation: str
    record: str
    record_id: int | None
    field: str
    before: Any
    after: Any
    undoes: int | None

    @property
    def by_rule(self) -> bool:
        """Whether a rule did it."""
        return self.actor_kind == "rule"

    @property
    def trigger(self) -> str:
        """What rules wait for in it; nothing where it took an act back."""
        if self.undoes is not None:
            return ""
        if self.kind == "opened":
            return TICKET_OPENED
        if self.kind == DUE_SOON:
            return BEFORE_DUE
        return "" if self.by_rule else event_of(self.record, self.operation, self.field, self.after)


@dataclass(slots=True)
class _Ticket:
    """A ticket with its record since the beginning, and how far it has been played."""

    number: int
    created_at: int
    lines: list[_Line]
    acts: deque[list[_Line]] = field(default_factory=deque)
    ran_by_age: bool = False
    last_act: int = 0
    idle_since: int | None = None  # the spell for which the rule ran already
    playing: int = 0  # the act that is being played
    effects: dict[int, list[_Line]] = field(default_factory=dict)  # what rules did in an act, as it stands
    taken_back: dict[int, list[_Line]] = field(default_factory=dict)  # by which act it was taken back


class Playing:
    """Plays history and counts what the rule does."""

    def __init__(self, desk: Desk, line: RuleLine, rules: Sequence[RuleLine], found: Found) -> None:
        self._desk = desk
        self._line = line
        self._rules = rules
        self._found = found
        self._seen = 0  # the last line of activity that was looked at
        self._trigger: Trigger = trigger_of(line.trigger)
        relative = any(desk.queries.is_relative(rule.condition) for rule in rules)
        self.notes = (*_NOTES, _MERGED, *((_RELATIVE,) if relative else ()))

    def run(self, since: datetime | None, progress: Progress | None) -> tuple[int, bool]:
        """Play what happened since, or all; how many tickets these are, and whether it was stopped."""
        start = 0 if since is None else int(since.timestamp())
        # What a time rule does since then was brought about up to its length before.
        numbers = [
            row[0]
            for row in self._desk.store.reader().rows(
                "SELECT id FROM ticket WHERE updated_at >= ? AND merged_into_id IS NULL ORDER BY id",
                (start - self._trigger.seconds,),
            )
        ]
        for place in range(0, len(numbers), _CHUNK):
            with suppress(_RolledBackError), self._desk.store.write() as session:
                self._play(session, numbers[place : place + _CHUNK], start)
                raise _RolledBackError
            done = min(place + _CHUNK, len(numbers))
            if progress is not None and not progress(done, len(numbers)) and done < len(numbers):
                return done, True
        return len(numbers), False

    def _play(self, session: Session, numbers: Sequence[int], start: int) -> None:
        connection = self._desk.store.connection_of(session)
        connection.execute("PRAGMA defer_foreign_keys = ON")
        act = model.Act(at=self._desk.seconds(), name="rules", actor_kind="system")
        session.add(act)
        session.flush()
        self._seen = connection.execute("SELECT max(id) FROM activity").fetchone()[0] or 0
        tickets = _read(connection, numbers)
        for ticket in tickets:
            self._put_back(connection, ticket, start)
        waiting = [(ticket, self._steps(connection, ticket, start)) for ticket in tickets]
        while waiting:
            events: list[Event] = []
            going_on = []
            for ticket, steps in waiting:
                happened = next(steps, None)
                if happened is not None:
                    events += [Event(trigger, ticket.number, rule=self._only(trigger)) for trigger in happened]
                    going_on.append((ticket, steps))
            waiting = going_on
            self._let_rules_run(session, act, events)
            self._keep_effects(connection, act, [ticket for ticket, _ in waiting])

    def _only(self, trigger: str) -> int | None:
        """Time comes for each rule by itself: it is this one's that is played."""
        return self._line.id if trigger in TIMED else None

    def _put_back(self, connection: sqlite3.Connection, ticket: _Ticket, start: int) -> None:
        """Undo what is recorded since the start, the last first; what is older stays done."""
        later = [line for line in ticket.lines if line.at >= start]
        for line in reversed(later):
            _apply(connection, line, back=True)
        for line in later:
            if ticket.acts and ticket.acts[-1][0].act == line.act:
                ticket.acts[-1].append(line)
            else:
                ticket.acts.append([line])
        by_people = [line.at for line in ticket.lines if line.at < start and line.actor_kind == "user"]
        ticket.last_act = max([ticket.created_at, *by_people])
        ticket.ran_by_age = ticket.created_at + self._trigger.seconds < start
        if ticket.last_act + self._trigger.seconds < start:
            ticket.idle_since = ticket.last_act

    def _steps(self, connection: sqlite3.Connection, ticket: _Ticket, start: int) -> Iterator[list[str]]:
        """Play the ticket's record, and stop at each event that rules may wait for."""
        while ticket.acts:
            lines = ticket.acts.popleft()
            at = lines[0].at
            if self._comes_due(connection, ticket, at):
                ticket.playing = 0
                yield [self._trigger.kind]
            ticket.playing = lines[0].act
            self._take_back(connection, ticket, lines[0])
            own = [line for line in lines if not (line.by_rule and line.actor_id == self._line.id and self._line.id)]
            for line in own:
                if not line.by_rule:
                    _apply(connection, line)
            happened = list(dict.fromkeys(filter(None, (line.trigger for line in lines))))
            if happened:
                yield happened
            for line in own:
                if line.by_rule:
                    _apply(connection, line)
            if any(line.actor_kind == "user" for line in lines):
                ticket.last_act = at
        ticket.playing = 0
        if self._comes_due(connection, ticket, self._desk.seconds()):
            yield [self._trigger.kind]

    @staticmethod
    def _take_back(connection: sqlite3.Connection, ticket: _Ticket, first: _Line) -> None:
        """Where an act takes another back, or does it again, so it does with what rules did in that."""
        if first.undoes is None:
            return
        if done := ticket.effects.pop(first.undoes, None):
            for line in reversed(done):
                _apply(connection, line, back=True)
            ticket.taken_back[first.act] = done
        elif done := ticket.taken_back.pop(first.undoes, None):
            for line in done:
                _apply(connection, line)
            ticket.effects[first.act] = done

    def _comes_due(self, connection: sqlite3.Connection, ticket: _Ticket, before: int) -> bool:
        """Whether the time that the rule waits for comes up to an instant, while the ticket isn't closed."""
        if self._trigger.kind == AGE:
            due = not ticket.ran_by_age and ticket.created_at + self._trigger.seconds <= before
        elif self._trigger.kind == IDLE:
            due = ticket.idle_since != ticket.last_act and ticket.last_act + self._trigger.seconds <= before
        else:
            return False
        state = connection.execute("SELECT state FROM ticket WHERE id = ?", (ticket.number,)).fetchone()
        if not due or state is None or state[0] == lifecycle.CLOSED:
            return False
        ticket.ran_by_age = True
        ticket.idle_since = ticket.last_act
        return True

    def _keep_effects(self, connection: sqlite3.Connection, act: model.Act, tickets: Iterable[_Ticket]) -> None:
        """Remember what rules have just done to each ticket in the act that was played: it may be taken back later."""
        fresh = _lines(connection, _LINES.format("l.act_id = ? AND l.id > ?"), (act.id, self._seen))
        self._seen = connection.execute("SELECT max(id) FROM activity").fetchone()[0] or 0
        for ticket in tickets:
            if ticket.number in fresh and ticket.playing:
                ticket.effects.setdefault(ticket.playing, []).extend(fresh[ticket.number])

    def _let_rules_run(self, session: Session, act: model.Act, events: Sequence[Event]) -> None:
        if not events:
            return
        session.expire_all()
        session.info["act"] = act.id
        running = Running(self._desk, session, act, self._rules)
        running.run(events)
        session.flush()
        for run in running.runs:
            if run.rule_id != self._line.id:
                continue
            if run.outcome == RAN:
                self._found.ran(run.done)
                self._found.tickets.append(run.ticket)
            elif run.outcome == "failed":
                self._found.fail(run.text)


def _read(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[_Ticket]:
    wanted = (json.dumps(list(numbers)),)
    lines = _lines(connection, _LINES.format("l.ticket_id IN (SELECT value FROM json_each(?))"), wanted)
    rows = connection.execute(
        "SELECT id, created_at FROM ticket WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", wanted
    )
    return [_Ticket(number, created_at, lines[number]) for number, created_at in rows.fetchall()]


def _lines(connection: sqlite3.Connection, sql: str, parameters: tuple[object, ...]) -> dict[int, list[_Line]]:
    found: defaultdict[int, list[_Line]] = defaultdict(list)
    for row in connection.execute(sql, parameters):
        *head, before, after, undoes = row
        found[row[0]].append(_Line._make((*head, _value(before), _value(after), undoes)))
    return found


def _value(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def _apply(connection: sqlite3.Connection, line: _Line, *, back: bool = False) -> None:
    """Do again what the line records, or `back` undo it, as far as it is about what tickets are."""
    if line.record not in _PARTS:
        return
    adding, removing = (REMOVE, ADD) if back else (ADD, REMOVE)
    if line.operation == SET:
        value = line.before if back else line.after
        connection.execute(f"UPDATE {line.record} SET {line.field} = ? WHERE id = ?", (value, line.record_id))
    elif line.record == "ticket":
        return  # it is there all along
    elif line.operation == adding:
        row = line.before if back else line.after
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(f"INSERT OR IGNORE INTO {line.record} ({names}) VALUES ({marks})", tuple(row.values()))
    elif line.operation == removing:
        row = line.after if back else line.before
        key = {"id": row["id"]} if "id" in row else row
        test = " AND ".join(f"{name} IS ?" for name in key)
        connection.execute(f"DELETE FROM {line.record} WHERE {test}", tuple(key.values()))
