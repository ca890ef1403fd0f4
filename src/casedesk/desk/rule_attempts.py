"""Trying a rule against history: what it would have done had it been active (X7, behaviour 4.3). Nothing is changed.

Rules for new responses are judged on each response as it was when it was received, before any ticket, at that instant,
together with the rules that are active now; what answers, contacts and accounts said then and don't say any more isn't
known. For all other triggers the record of tickets is played back and again forward (`desk.rule_history`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casedesk.desk.instants import moment
from casedesk.desk.rule_effects import Beginning, Effect, ready_effects
from casedesk.desk.rule_opening import begin_ticket
from casedesk.desk.rule_reading import all_rules
from casedesk.desk.rules import ActiveRule
from casedesk.desk.values import Attempt, EffectCount, RuleLine
from casedesk.domain import lifecycle
from casedesk.domain.errors import CasedeskError
from casedesk.domain.rules import RESPONSE_RECEIVED
from casedesk.store.query_sql import RECEIVED

if TYPE_CHECKING:
    from datetime import datetime

    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Reader

Progress = Callable[[int, int], bool]
"""Told how many of how many records are done; False stops, and the attempt tells of those."""

CHUNK = 20_000
"""Responses that are judged by one statement."""

OF_RESPONSES = (
    "Answers, contacts and accounts are taken as they are now; what they said when the response came isn't kept.",
    "The other rules are those that are active now.",
)

_TICKETS_OF = "SELECT id FROM ticket WHERE response_id IN (SELECT value FROM json_each(?)) ORDER BY id"


@dataclass(slots=True)
class Found:
    """What an attempt has found so far."""

    runs: int = 0
    failed: int = 0
    counts: Counter[Effect] = field(default_factory=Counter)
    responses: list[int] = field(default_factory=list)
    tickets: list[int] = field(default_factory=list)
    failures: dict[str, None] = field(default_factory=dict)

    def ran(self, done: Iterable[Effect]) -> None:
        """Count a run with the effects that changed something."""
        self.runs += 1
        self.counts.update(done)

    def fail(self, reason: str) -> None:
        """Count a run that failed."""
        self.failed += 1
        if len(self.failures) < CHUNK:
            self.failures[reason] = None


def attempt(desk: Desk, line: RuleLine, since: datetime | None, progress: Progress | None) -> Attempt:
    """What the rule would have done since the instant. Raises InvalidInput when it couldn't run at all."""
    desk.rules.compiled(line)
    rules = rules_with(desk, line)
    found = Found()
    of_responses = line.trigger == RESPONSE_RECEIVED
    if of_responses:
        examined, stopped = _Responses(desk, line, rules, found).run(since, progress)
        notes = OF_RESPONSES
    else:
        from casedesk.desk.rule_history import Playing

        playing = Playing(desk, line, rules, found)
        examined, stopped = playing.run(since, progress)
        notes = playing.notes
    counts = [
        EffectCount(effect.id, effect.words, found.counts[effect]) for effect in ready_effects(desk, line.effects)
    ]
    return Attempt(
        rule=line.name,
        trigger=line.trigger,
        about="responses" if of_responses else "tickets",
        since=since,
        examined=examined,
        runs=found.runs,
        failed=found.failed,
        counts=tuple(counts),
        responses=tuple(found.responses),
        tickets=tuple(dict.fromkeys(found.tickets)),
        failures=tuple(found.failures),
        notes=notes,
        stopped=stopped,
    )


def rules_with(desk: Desk, line: RuleLine) -> list[RuleLine]:
    """The active rules in the desk's order, with this one in its place or, where it has none yet, at the end."""
    rules = [line if rule.id == line.id else rule for rule in all_rules(desk.store.reader())]
    if line not in rules:
        rules.append(line)
    return [rule for rule in rules if rule is line or rule.active]


class _Responses:
    """Judges the responses that were received, some thousand at a time."""

    def __init__(self, desk: Desk, line: RuleLine, rules: Sequence[RuleLine], found: Found) -> None:
        self._desk = desk
        self._found = found
        self._line = line
        self._rules = self._able(rules)
        self._relative = any(desk.queries.is_relative(rule.line.condition) for rule in self._rules)
        self._opens = any(rule.opens for rule in self._rules)
        self._status = desk.setup.status_for(lifecycle.NEW)

    def run(self, since: datetime | None, progress: Progress | None) -> tuple[int, bool]:
        """Judge all that were received since; how many these are, and whether it was stopped."""
        reader = self._desk.store.reader()
        start = 0 if since is None else int(since.timestamp())
        first, last, total = reader.rows(
            "SELECT min(id), max(id), count(*) FROM response WHERE received_at >= ?", (start,)
        )[0]
        done = 0
        for low in range(first, last + 1, CHUNK) if total else ():
            high = min(low + CHUNK - 1, last)
            done += self._judge(reader, start, low, high)
            if progress is not None and not progress(done, total) and high < last:
                return done, True
        return done, False

    def _able(self, rules: Sequence[RuleLine]) -> list[ActiveRule]:
        """The rules for responses that can run; an import would say so of the others and not begin."""
        able = []
        for rule in rules:
            if rule.trigger == RESPONSE_RECEIVED:
                try:
                    able.append(self._desk.rules.compiled(rule))
                except CasedeskError:
                    if rule is self._line:
                        raise
        return able

    def _judge(self, reader: Reader, start: int, low: int, high: int) -> int:
        within = "t.response_id BETWEEN ? AND ? AND t.received_at >= ?"
        span = (low, high, start)
        for at in self._instants(reader, within, span):
            moments, when = ("", ()) if at is None else (" AND t.received_at = ?", (at,))
            self._judge_at(reader, within + moments, (*span, *when), at)
        counted = f"SELECT count(*) FROM {RECEIVED} WHERE {within}"
        return int(reader.value(counted, span))

    def _instants(self, reader: Reader, within: str, span: tuple[int, ...]) -> list[int | None]:
        """When they were received, where conditions depend on it."""
        if not self._relative:
            return [None]
        rows = reader.rows(f"SELECT DISTINCT t.received_at FROM {RECEIVED} WHERE {within} ORDER BY 1", span)
        return [row[0] for row in rows]

    def _judge_at(self, reader: Reader, within: str, span: tuple[int, ...], at: int | None) -> None:
        matching = self._matching(reader, self._line.condition, within, span, at)
        if not matching or not self._opens:
            return
        among = " AND t.response_id IN (SELECT value FROM json_each(?))"
        asked = (*span, json.dumps(matching))
        holding: dict[int, list[ActiveRule]] = {response: [] for response in matching}
        for rule in self._rules:
            same = rule.line is self._line
            held = matching if same else self._matching(reader, rule.line.condition, within + among, asked, at)
            for response in held:
                holding[response].append(rule)
        before = len(self._found.responses)
        self._open(reader, {response: rules for response, rules in holding.items() if any(r.opens for r in rules)})
        fresh = json.dumps(self._found.responses[before:])
        self._found.tickets += [row[0] for row in reader.rows(_TICKETS_OF, (fresh,))]

    def _matching(
        self, reader: Reader, condition: str, within: str, span: tuple[object, ...], at: int | None
    ) -> list[int]:
        test = self._desk.queries.as_rule(condition, of_responses=True, at=None if at is None else moment(at))
        sql = f"SELECT t.response_id FROM {RECEIVED} WHERE {within} AND ({test.text}) ORDER BY t.response_id"
        return [row[0] for row in reader.rows(sql, (*span, *test.parameters))]

    def _open(self, reader: Reader, holding: dict[int, list[ActiveRule]]) -> None:
        """Put the tickets together as an import does, and count what the rule adds to them."""
        plans: dict[int, int | None] = dict(
            reader.rows(
                """SELECT r.id, c.plan_id FROM response r JOIN campaign c ON c.id = r.campaign_id
                   WHERE r.id IN (SELECT value FROM json_each(?))""",
                (json.dumps([*holding]),),
            )
        )
        for response, rules in holding.items():
            values = {"state": self._status.state, "status_id": self._status.id, "created_at": 0}
            judged = begin_ticket(self._desk, Beginning({**values, "plan_id": plans[response]}), rules)
            failed = next((reason for rule, reason in judged.failed if rule.line is self._line), None)
            if failed is not None:
                self._found.fail(failed)
            elif judged.opener is not None:
                taken = next(taken for taken in judged.taken if taken.rule.line is self._line)
                self._found.ran(taken.done)
                self._found.responses.append(response)
