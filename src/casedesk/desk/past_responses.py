"""Responses that came before a rule was made: how many it fits, and tickets for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.recording import Recorder
from casedesk.desk.response_tickets import open_ticket
from casedesk.desk.rule_running import run_rules
from casedesk.desk.values import Matches, Outcome
from casedesk.domain.errors import InvalidInput, NotThere, Unchanged
from casedesk.domain.rights import CONFIGURE, TICKETS_VIEW
from casedesk.domain.rules import RESPONSE_RECEIVED
from casedesk.store.query_sql import RESPONSES

if TYPE_CHECKING:
    from casedesk.desk.acts import Progress
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import RuleLine

STEP = 50
"""Tickets after which it is told how far the opening is."""


class PastResponses:
    """`desk.past_responses`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def matches(self, condition: str) -> Matches:
        """How many responses the condition of a rule holds for as they are now. Raises QueryError."""
        self._desk.require(TICKETS_VIEW)
        test = self._desk.queries.test(condition, of_responses=True)
        reader = self._desk.store.reader()
        sql = f"SELECT count(*), count(*) - count(t.id) FROM {RESPONSES} WHERE {test.text}"
        matching, waiting = reader.rows(sql, test.parameters)[0]
        return Matches(reader.value("SELECT count(*) FROM response"), matching, waiting)

    def open_tickets(self, rule: str, *, progress: Progress | None = None) -> Outcome:
        """Open a ticket for every response without one that the active rule of that name holds for, as one act.

        What all active rules for new responses do is done to them, as on an import (behaviour 4.1). It is one
        transaction; `progress` returns False to stop after the tickets opened so far. Raises InvalidInput for a rule
        that isn't there, is off or opens no tickets, and Unchanged when no response is waiting.
        """
        self._desk.require(TICKETS_VIEW)
        self._desk.require(CONFIGURE)
        line = self._rule(rule)
        test = self._desk.queries.test(line.condition, of_responses=True)
        opened: list[int] = []

        def change(recorder: Recorder) -> str:
            reader = self._desk.store.reader_of(recorder.session)
            sql = f"SELECT t.response_id FROM {RESPONSES} WHERE t.id IS NULL AND ({test.text}) ORDER BY t.answered_at"
            waiting = [row[0] for row in reader.rows(sql, test.parameters)]
            if not waiting:
                raise Unchanged(f"No response without a ticket matches the rule “{line.name}”.")
            opened.extend(self._open(recorder, line, waiting, progress))
            return f"opened {_tickets(len(opened))} by the rule “{line.name}”"

        outcome = self._desk.acts.once("open tickets", change, right=CONFIGURE)
        return Outcome(outcome.act_id, outcome.name, outcome.summary, tuple(opened))

    def _open(self, recorder: Recorder, line: RuleLine, waiting: Sequence[int], progress: Progress | None) -> list[int]:
        by_rule = Recorder(recorder.session, recorder.act, actor_kind="rule", actor_id=line.id)
        opened: list[int] = []
        for place in range(0, len(waiting), STEP):
            step = [
                open_ticket(self._desk, by_rule, response, origin="rule", rule_id=line.id, cause=line.condition)
                for response in waiting[place : place + STEP]
            ]
            numbers = [ticket.id or 0 for ticket in step]
            recorder.session.flush()
            run_rules(self._desk, recorder.session, recorder.act, RESPONSE_RECEIVED, numbers)
            opened += numbers
            if progress is not None and not progress(len(opened), len(waiting)):
                break
        return opened

    def _rule(self, name: str) -> RuleLine:
        wanted = " ".join(name.split()).casefold()
        line = next((each for each in self._desk.rules.list() if each.name.casefold() == wanted), None)
        if line is None:
            raise NotThere(f"There is no rule “{name}”.")
        if not line.active:
            raise InvalidInput(f"The rule “{line.name}” is off; switch it on first.")
        if not opens_tickets(line):
            raise InvalidInput(f"The rule “{line.name}” opens no tickets.")
        return line


def opens_tickets(line: RuleLine) -> bool:
    """Whether a rule opens tickets for responses as they come."""
    return line.trigger == RESPONSE_RECEIVED and any(table.get("open_ticket") for table in line.effects)


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count:,} tickets"
