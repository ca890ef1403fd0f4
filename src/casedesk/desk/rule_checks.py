"""What is looked at before a rule is saved (behaviour 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.naming import a_name
from casedesk.desk.rule_effects import Effect, checked_effects
from casedesk.desk.values import RuleMatches
from casedesk.domain.errors import InvalidFields, InvalidInput
from casedesk.domain.rules import AGE, BEFORE_DUE, IDLE, MEANT, RESPONSE_RECEIVED, TICKET_CLOSED, trigger_of
from casedesk.store.query_sql import RECEIVED

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import RuleLine

MANY = 10
"""Records that a condition has to hold for, all of them, before it is taken for a mistake."""

_ABOUT = {
    TICKET_CLOSED: "t.state = 'closed'",
    IDLE: "t.state <> 'closed'",
    AGE: "t.state <> 'closed'",
    BEFORE_DUE: "t.state <> 'closed'",
}
"""Which tickets a trigger is about, where it isn't about all."""


def checked_name(name: str, rules: Iterable[RuleLine], own: int | None = None) -> str:
    """The name with single spaces. Raises InvalidInput for one that can't be, or that another rule has."""
    name = a_name("A rule", name)
    if any(rule.name.casefold() == name.casefold() and rule.id != own for rule in rules):
        raise InvalidInput(f"There is a rule “{name}” already.")
    return name


def checked_trigger(text: str) -> str:
    """The trigger as rules keep it. Raises InvalidInput."""
    return trigger_of(text).text


def effects_for(desk: Desk, trigger: str, tables: Iterable[Mapping[str, Any]]) -> Sequence[Effect]:
    """The effects, of which there has to be one at least, for this trigger. Raises InvalidFields, effect by effect."""
    tables = list(tables)
    effects = checked_effects(desk, tables)
    if not effects:
        raise InvalidFields([("effects", "A rule needs an effect at least; without one it does nothing.")])
    kinds = [effect.kind(desk) for effect in effects]
    if trigger != RESPONSE_RECEIVED:
        sentence = f"A rule that runs on “{trigger}” is about a ticket that is there; it can't open one."
        wrong = [
            (f"effect {place}", sentence)
            for place, table in enumerate(tables, 1)
            if any(kind.of_responses and kind.id in table for kind in kinds)
        ]
        if wrong:
            raise InvalidFields(wrong)
    return effects


def check_condition(desk: Desk, condition: str, trigger: str, *, everything: bool) -> str:
    """The condition without outer blanks. Raises QueryError, which has the place of the mistake, and InvalidInput
    for one that holds for everything, unless that is meant."""
    condition = condition.strip()
    desk.queries.condition(condition)
    if everything:
        return condition
    if not condition:
        raise InvalidInput(f"Without a condition the rule would run on everything; {MEANT}")
    count = _matched_if_all(desk, condition, trigger)
    if count:
        what = "responses" if trigger == RESPONSE_RECEIVED else "tickets that it is about"
        raise InvalidInput(
            f"The condition holds for every one of the {count:,} {what}, so the rule would run on everything; {MEANT}"
        )
    return condition


def matches(desk: Desk, condition: str, trigger: str) -> RuleMatches:
    """How many records the condition holds for as they are now. Raises QueryError, and InvalidInput for the trigger."""
    rows, about = _records(trigger)
    test = desk.queries.as_rule(condition, of_responses=trigger == RESPONSE_RECEIVED)
    sql = f"SELECT count(*) FILTER (WHERE {test.text}), count(*) FROM {rows} WHERE {about}"
    matching, records = desk.store.reader().rows(sql, test.parameters)[0]
    return RuleMatches("responses" if trigger == RESPONSE_RECEIVED else "tickets", matching, records)


def _records(trigger: str) -> tuple[str, str]:
    """Where the records are that a trigger is about, and the test that picks them."""
    if trigger == RESPONSE_RECEIVED:
        return RECEIVED, "1"
    return "ticket t", f"t.merged_into_id IS NULL AND {_ABOUT.get(trigger_of(trigger).kind, '1')}"


def _matched_if_all(desk: Desk, condition: str, trigger: str) -> int:
    """How many records there are if the condition holds for all and these are many; else 0. The first that it doesn't
    hold for settles it."""
    test = desk.queries.as_rule(condition, of_responses=trigger == RESPONSE_RECEIVED)
    rows, about = _records(trigger)
    reader = desk.store.reader()
    if reader.row(f"SELECT 1 FROM {rows} WHERE {about} AND ({test.text}) IS NOT TRUE LIMIT 1", test.parameters):
        return 0
    count = int(reader.value(f"SELECT count(*) FROM {rows} WHERE {about}"))
    return count if count >= MANY else 0
