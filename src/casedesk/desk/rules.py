"""The desk's rules, ready to run (behaviour 4)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from casedesk import model
from casedesk.desk.matching import closest
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome, RuleLine
from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.domain.rights import CONFIGURE

if TYPE_CHECKING:
    from sqlmodel.sql.expression import SelectOfScalar

    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Row

RESPONSE_RECEIVED = "response received"
BEFORE_DUE = "before due"

TRIGGERS = {
    RESPONSE_RECEIVED: "a response was received",
    BEFORE_DUE: "a target of a ticket is about to be missed",
}
"""What makes rules run, with what it means (behaviour 4.1)."""

_SINGLE = {
    "priority": "priority",
    "topic": "topic",
    "team": "team",
    "plan": "plan",
    "owner": "owner",
}
"""Effects that set one value, and the list that the value is from."""


@dataclass(slots=True)
class Effects:
    """What a rule does when its condition holds. Names are for the feed, ids for the rows."""

    opens: bool = False
    tags: tuple[str, ...] = ()
    priority_id: int | None = None
    topic_id: int | None = None
    team_id: int | None = None
    plan_id: int | None = None
    owner_id: int | None = None
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def merged(cls, several: Sequence[Effects]) -> Self:
        """The effects of several rules on one ticket: all tags, and of single values the first that is named."""
        result = cls()
        for one in several:
            result.opens = result.opens or one.opens
            result.tags = tuple(dict.fromkeys((*result.tags, *one.tags)))
            for what in _SINGLE:
                if getattr(result, f"{what}_id") is None:
                    setattr(result, f"{what}_id", getattr(one, f"{what}_id"))
        return result

    def described(self, seen: set[str]) -> Iterator[tuple[str, str]]:
        """What this rule added, as (kind, text) for the feed, leaving out what `seen` says an earlier rule did."""
        for tag in self.tags:
            if f"tag {tag}" not in seen:
                seen.add(f"tag {tag}")
                yield "tag", tag
        for what, name in self.names.items():
            if what not in seen:
                seen.add(what)
                yield what, name


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule with its condition compiled."""

    id: int
    name: str
    condition: str
    holds: Callable[[Mapping[str, object]], bool]
    effects: Effects


class Rules:
    """`desk.rules`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def active(self, trigger: str) -> list[ActiveRule]:
        """The active rules of a trigger in their order, compiled for this moment.

        A rule whose condition or effect names something that is gone is an error that names the rule.
        """
        rows = self._desk.store.reader().rows(
            """SELECT id, name, "trigger", condition, effects, active FROM rule
               WHERE active AND "trigger" = ? ORDER BY position, id""",
            (trigger,),
        )
        return [self.compiled(_line(row)) for row in rows]

    def put(
        self,
        name: str,
        condition: str,
        effects: Sequence[Mapping[str, Any]],
        *,
        trigger: str = RESPONSE_RECEIVED,
        active: bool = True,
    ) -> Outcome:
        """Make a rule, or change the one of that name. Condition and effects are checked first."""
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("The rule needs a name.")
        if trigger not in TRIGGERS:
            raise InvalidInput(f"There is no trigger “{trigger}”; there is {', '.join(TRIGGERS)}.")
        self._desk.queries.condition(condition)
        if self.effects(effects).opens and trigger != RESPONSE_RECEIVED:
            raise InvalidInput(f"A rule that runs {trigger} is about a ticket that is there; it can't open one.")

        def change(recorder: Recorder) -> str:
            rule = recorder.session.exec(_by_name(name)).first()
            if rule is None:
                place = self._desk.store.reader().value("SELECT coalesce(max(position), -1) + 1 FROM rule")
                rule = model.Rule(name=name, trigger=trigger, condition=condition, position=place, active=active)
                rule.effects = [dict(table) for table in effects]
                recorder.add(rule, kind="rule", text=name)
                return f"rule “{name}” made"
            for field_name, value in (
                ("trigger", trigger),
                ("condition", condition),
                ("effects", [dict(table) for table in effects]),
                ("active", active),
            ):
                before = getattr(rule, field_name)
                recorder.set(rule, field_name, value, kind="rule", texts=(str(before), str(value)))
            return f"rule “{name}” changed"

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    def switch(self, name: str, active: bool) -> Outcome:
        """Let a rule run, or keep it from running. Raises InvalidInput with the nearest names."""
        known = {rule.name.casefold(): rule.name for rule in self.list()}
        found = known.get(name.strip().casefold())
        if found is None:
            near = closest(name, known.values()) or [*known.values()]
            raise InvalidInput(f"There is no rule “{name}”; there is {', '.join(near) or 'none yet'}.")

        def change(recorder: Recorder) -> str:
            rule = recorder.session.exec(_by_name(found)).one()
            if active:
                self.effects(rule.effects)
            words = ("on", "off") if rule.active else ("off", "on")
            if not recorder.set(rule, "active", active, kind="rule", texts=words):
                raise InvalidInput(f"The rule “{found}” is {'on' if active else 'off'} already.")
            return f"rule “{found}” switched {'on' if active else 'off'}"

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    def list(self) -> list[RuleLine]:
        """Every rule in the desk's order."""
        rows = self._desk.store.reader().rows(
            """SELECT id, name, "trigger", condition, effects, active FROM rule ORDER BY position, id"""
        )
        return [_line(row) for row in rows]

    def compiled(self, rule: RuleLine) -> ActiveRule:
        """The rule, ready to run. Raises InvalidInput, naming it, where its condition or an effect can't be."""
        try:
            holds = self._desk.queries.condition(rule.condition)
            return ActiveRule(rule.id, rule.name, rule.condition, holds, self.effects(rule.effects))
        except CasedeskError as error:
            raise InvalidInput(f"The rule “{rule.name}” can't run: {error.sentence}") from error

    def effects(self, listed: Iterable[Mapping[str, Any]]) -> Effects:
        """The effects from their stored form, a list of one-entry tables. Raises InvalidInput for unknown ones."""
        result = Effects()
        for table in listed:
            for what, value in table.items():
                if what == "open_ticket":
                    result.opens = bool(value)
                elif what == "tag":
                    result.tags = (*result.tags, self._tag(str(value)))
                elif what in _SINGLE:
                    found = self._found(what, str(value))
                    setattr(result, f"{what}_id", found[0])
                    result.names[what] = found[1]
                else:
                    raise InvalidInput(f"There is no effect “{what}”; there is open_ticket, tag, {', '.join(_SINGLE)}.")
        return result

    def _tag(self, name: str) -> str:
        """The tag's name; one that the desk doesn't have yet is made when it is given."""
        retired = "SELECT 1 FROM tag WHERE retired AND name = ? COLLATE NOCASE"
        if self._desk.store.reader().value(retired, (name,)):
            raise InvalidInput(f"The tag “{name}” is retired.")
        return name

    def _found(self, what: str, name: str) -> tuple[int, str]:
        if what == "owner":
            user = self._desk.team.user(name)
            return user.id, user.login
        entry = self._desk.setup.entry(what, name)
        return entry.id, entry.name


def _line(row: Row) -> RuleLine:
    return RuleLine(*(*row[:4], tuple(json.loads(row[4])), bool(row[5])))


def _by_name(name: str) -> SelectOfScalar[model.Rule]:
    from sqlmodel import select

    return select(model.Rule).where(model.Rule.name == name)
