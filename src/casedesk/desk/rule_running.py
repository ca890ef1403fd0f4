"""Rules at work on tickets, in the transaction of the act that set them off (behaviour 4.1 and 4.2).

What a rule does is a part of that act, so that one undo takes back both. What fails is recorded and stops nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from casedesk import model
from casedesk.desk.recording import EVENTS, Recorder
from casedesk.desk.rule_effects import Effect, ready_effects
from casedesk.desk.rule_reading import active_rules
from casedesk.domain.errors import CasedeskError, Unchanged
from casedesk.domain.rules import Event, run_chain, trigger_of

if TYPE_CHECKING:
    import sqlite3

    from sqlmodel import Session

    from casedesk.desk.desk import Desk
    from casedesk.desk.values import RuleLine

FAILED = "rule failed"
"""The kind of the line of activity that tells why a rule did nothing."""

RAN, FAILURE, STOPPED = "ran", "failed", "stopped"
"""How a run came out."""

NOTHING = "changed nothing"

_RUN = """INSERT INTO rule_run (at, rule_id, rule_name, "trigger", ticket_id, act_id, after_id, depth, outcome, text)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it went: `done` are the effects that changed something."""

    rule_id: int
    ticket: int
    outcome: str
    text: str
    done: tuple[Effect, ...] = ()


class _Kind(NamedTuple):
    """A rule by what sets it off; the length of a time trigger is left out."""

    id: int
    trigger: str
    line: RuleLine


def run_pending(desk: Desk, session: Session) -> None:
    """Run the rules that this transaction has set off, if there are any that could be; called at its end."""
    events: list[Event] | None = session.info.pop(EVENTS, None)
    if not events:
        return
    reader = desk.store.reader_of(session)
    rules = active_rules(reader, {event.trigger for event in events})
    if rules:
        act = session.get(model.Act, session.info["act"])
        assert act is not None
        session.flush()
        # All active rules: what these do may set off the others.
        Running(desk, session, act, active_rules(reader)).run(events)


def run_rules(desk: Desk, session: Session, act: model.Act, trigger: str, numbers: Sequence[int]) -> None:
    """Run the trigger's active rules on these tickets, in the desk's order, as parts of the act."""
    Running(desk, session, act, active_rules(desk.store.reader_of(session))).run(
        [Event(trigger, number) for number in numbers]
    )


class Running:
    """Rules at work in one transaction, as parts of one act. `runs` tells how each went."""

    def __init__(self, desk: Desk, session: Session, act: model.Act, rules: Sequence[RuleLine]) -> None:
        """`rules` in the desk's order."""
        self._desk = desk
        self._session = session
        self._act = act
        self._rules = [_Kind(rule.id, trigger_of(rule.trigger).kind, rule) for rule in rules]
        self._ready: dict[int, tuple[Effect, ...] | CasedeskError] = {}
        self._given: defaultdict[tuple[int, int, str], set[str]] = defaultdict(set)
        self._caught: list[Event] = []
        self.runs: list[Run] = []

    def run(self, events: Iterable[Event], *, first_depth: int = 0, ran: Iterable[tuple[int, int]] = ()) -> None:
        """Run what the events set off, and what follows from that. `ran`: rules that did so in this chain, by ticket.

        Of several rules on one event the first that names a single value (priority, owner, …) sets it.
        """
        there = self._workable(list(events))
        waiting = self._session.info.get(EVENTS, [])
        self._session.info[EVENTS] = self._caught
        run_chain(
            there, self._rules, judge=self._judge, carry=self._carry, stop=self._stop, first_depth=first_depth, ran=ran
        )
        self._session.info[EVENTS] = waiting

    def _workable(self, events: list[Event]) -> list[Event]:
        """Those on tickets that are there and weren't merged: work goes on at the target (behaviour 1.6)."""
        numbers = {event.ticket for event in events}
        tickets = {number: self._session.get(model.Ticket, number) for number in numbers}
        gone = {number for number, ticket in tickets.items() if ticket is None or ticket.merged_into_id is not None}
        return [event for event in events if event.ticket not in gone]

    def _judge(self, rule: _Kind, numbers: Sequence[int]) -> Collection[int]:
        try:
            return self._desk.queries.among(rule.line.condition, self._desk.store.reader_of(self._session), numbers)
        except CasedeskError as error:
            self._ready[rule.id] = error
            return numbers  # it fails on each of them

    def _carry(self, rule: _Kind, event: Event, depth: int) -> tuple[int, Sequence[Event]]:
        from sqlalchemy.exc import IntegrityError

        self._caught.clear()
        try:
            effects = self._effects(rule.line)
            with self._session.begin_nested():
                done = self._give(rule, effects, event, depth)
        except CasedeskError as error:
            return self._failed(rule, event, depth, error.sentence), ()
        except IntegrityError as error:
            return self._failed(rule, event, depth, _clash(str(error.orig))), ()
        caused = list(self._caught)
        self._caught.clear()
        text = ", ".join(effect.words for effect in done) or NOTHING
        return self._log(rule, event, depth, RAN, text, done), caused

    def _effects(self, line: RuleLine) -> tuple[Effect, ...]:
        if line.id not in self._ready:
            try:
                self._ready[line.id] = ready_effects(self._desk, line.effects)
            except CasedeskError as error:
                self._ready[line.id] = error
        found = self._ready[line.id]
        if isinstance(found, CasedeskError):
            raise found
        return found

    def _give(self, rule: _Kind, effects: Sequence[Effect], event: Event, depth: int) -> tuple[Effect, ...]:
        recorder = self._recorder(rule, event)
        ticket = self._session.get(model.Ticket, event.ticket)
        assert ticket is not None
        given = self._given[event.ticket, depth, event.trigger]
        done = []
        sets = set()
        for effect in effects:
            if effect.sets and effect.sets in given:
                continue
            before = recorder.lines
            try:
                effect.give(self._desk, recorder, ticket, rule.line.condition)
            except Unchanged:
                continue
            if effect.sets:
                sets.add(effect.sets)
            if recorder.lines > before:
                done.append(effect)
        self._session.flush()
        given |= sets
        return tuple(done)

    def _failed(self, rule: _Kind, event: Event, depth: int, reason: str) -> int:
        self._caught.clear()
        ticket = self._session.get(model.Ticket, event.ticket)
        assert ticket is not None
        self._recorder(rule, event).event(ticket, FAILED, f"{rule.line.name}: {reason}", cause=rule.line.condition)
        return self._log(rule, event, depth, FAILURE, reason)

    def _stop(self, rule: _Kind, event: Event, depth: int, reason: str) -> None:
        self._log(rule, event, depth, STOPPED, reason)

    def _log(
        self, rule: _Kind, event: Event, depth: int, outcome: str, text: str, done: tuple[Effect, ...] = ()
    ) -> int:
        self.runs.append(Run(rule.id, event.ticket, outcome, text, done))
        values = (
            self._act.at, rule.id, rule.line.name, rule.line.trigger, event.ticket, self._act.id, event.after, depth,
            outcome, text,
        )  # fmt: skip
        found = self._connection().execute(_RUN, values).lastrowid
        assert found is not None
        return found

    def _recorder(self, rule: _Kind, event: Event) -> Recorder:
        part = event.part or event.ticket
        return Recorder(self._session, self._act, part=part, actor_kind="rule", actor_id=rule.id)

    def _connection(self) -> sqlite3.Connection:
        return self._desk.store.connection_of(self._session)


def _clash(said: str) -> str:
    if "response_id" in said:
        return "The response of the ticket has another open ticket already."
    return "It would leave what the desk can't hold."
