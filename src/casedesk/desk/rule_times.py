"""Rules whose time has come: tickets that nobody touched for long, or that are that old (behaviour 4.1).

The log of rules is the memory: by age a rule runs once on a ticket, for idleness once in each spell of it, which ends
with the next act of a person. What comes out failed or stopped counts, so that nothing is tried every minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.rule_reading import active_rules
from casedesk.desk.rule_running import FAILURE, Running
from casedesk.domain.errors import CasedeskError
from casedesk.domain.rules import AGE, IDLE, TIMED, Event, trigger_of
from casedesk.store.sql_text import Sql

if TYPE_CHECKING:
    from casedesk.desk.acts import Progress
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import RuleLine
    from casedesk.store.reader import Reader

_CHUNK = 200
"""Tickets a transaction, so that whoever works meanwhile gets their turn."""

_LAST_ACT = """max(t.created_at, coalesce(
    (SELECT max(l.at) FROM activity l WHERE l.ticket_id = t.id AND l.actor_kind = 'user'), 0))"""

_RAN = """SELECT 1 FROM rule_run x WHERE x.ticket_id = t.id AND x.rule_id = ? AND x."trigger" LIKE"""

# What was updated long ago wasn't acted on since either: only the rest has its record looked at.
_DUE = {
    AGE: f"NOT EXISTS ({_RAN} '{AGE} %')",
    IDLE: f"""(t.updated_at <= ? OR {_LAST_ACT} <= ?)
              AND NOT EXISTS ({_RAN} '{IDLE} %' AND x.at > {_LAST_ACT})""",
}

_OPEN = "t.state IN ('new', 'open', 'pending') AND t.created_at <= ? AND t.merged_into_id IS NULL"


class RuleTimes:
    """Finds what is due by time, and runs the rules on it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sweep(self, progress: Progress | None = None) -> tuple[int, ...]:
        """Run the time rules on all that is due; the tickets that they ran on. A second sweep finds nothing."""
        due: dict[int, None] = {}
        for rule in self._rules(self._desk.store.reader()):
            due |= dict.fromkeys(self._due(rule, self._desk.store.reader()))
        numbers = sorted(due)
        done: list[int] = []
        for place in range(0, len(numbers), _CHUNK):
            done += self._run(numbers[place : place + _CHUNK])
            if progress is not None and not progress(min(place + _CHUNK, len(numbers)), len(numbers)):
                break
        return tuple(done)

    def _rules(self, reader: Reader) -> list[RuleLine]:
        return active_rules(reader, TIMED)

    def _run(self, numbers: Sequence[int]) -> list[int]:
        with self._desk.acts.transaction() as session:
            # Asked again inside the transaction: another process may have been faster.
            reader = self._desk.store.reader_of(session)
            events = [
                Event(trigger_of(rule.trigger).kind, number, rule=rule.id)
                for rule in self._rules(reader)
                for number in self._due(rule, reader, numbers)
            ]
            fresh = list(dict.fromkeys(event.ticket for event in events))
            if fresh:
                count = f"{len(fresh):,} tickets" if len(fresh) > 1 else f"#{fresh[0]}"
                act = model.Act(at=self._desk.seconds(), name="rules", summary=f"rules · {count}", actor_kind="system")
                session.add(act)
                session.flush()
                session.info["act"] = act.id
                Running(self._desk, session, act, active_rules(reader)).run(events)
            return fresh

    def _due(self, rule: RuleLine, reader: Reader, numbers: Iterable[int] | None = None) -> list[int]:
        """The tickets on which the rule is to run now: all, or those of the given ones."""
        try:
            found = due_sql(self._desk, rule, self._desk.seconds(), numbers)
        except CasedeskError as error:
            if numbers is None:
                self._record_mistake(rule, error)
            return []
        return [row[0] for row in reader.rows(found.text, found.parameters)]

    def _record_mistake(self, rule: RuleLine, error: CasedeskError) -> None:
        """Log that the rule can't run at all, unless that is what the log says of it already."""
        with self._desk.store.bulk() as connection:
            last = connection.execute(
                "SELECT outcome, text FROM rule_run WHERE rule_id = ? ORDER BY id DESC LIMIT 1", (rule.id,)
            ).fetchone()
            if last != (FAILURE, error.sentence):
                connection.execute(
                    """INSERT INTO rule_run (at, rule_id, rule_name, "trigger", depth, outcome, text)
                       VALUES (?, ?, ?, ?, 0, ?, ?)""",
                    (self._desk.seconds(), rule.id, rule.name, rule.trigger, FAILURE, error.sentence),
                )


def due_sql(desk: Desk, rule: RuleLine, now: int, numbers: Iterable[int] | None = None) -> Sql:
    """The statement that yields the tickets on which a time rule is to run at `now`, by the index of their states or
    among the given ones. Raises QueryError."""
    trigger = trigger_of(rule.trigger)
    cutoff = now - trigger.seconds
    more = (rule.id,) if trigger.kind == AGE else (cutoff, cutoff, rule.id)
    if numbers is None:
        tickets = Sql("ticket t INDEXED BY ix_ticket_state")
    else:
        tickets = Sql("json_each(?) d CROSS JOIN ticket t ON t.id = d.value", (json.dumps(list(numbers)),))
    due = Sql(f"{_OPEN} AND {_DUE[trigger.kind]}", (cutoff, *more))
    return "SELECT t.id FROM " + tickets + " WHERE " + due + " AND (" + desk.queries.as_rule(rule.condition) + ")"
