"""The desk's rules: making and changing them, and what they did and would have done (behaviour 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.instants import moment
from casedesk.desk.matching import closest
from casedesk.desk.recording import Recorder
from casedesk.desk.renaming import followed, rename_in_queries
from casedesk.desk.rule_checks import check_condition, checked_name, checked_trigger, effects_for, matches
from casedesk.desk.rule_effects import EFFECTS, Effect, effect_words, ready_effects, stored_effects
from casedesk.desk.rule_effects.open_ticket import OpenTicket
from casedesk.desk.rule_log import knows_rule, read_log
from casedesk.desk.rule_reading import active_rules, all_rules
from casedesk.desk.values import Attempt, EffectKind, Outcome, RuleDetails, RuleDraft, RuleLine, RuleTotals, TriggerKind
from casedesk.domain.errors import CasedeskError, InvalidInput, NotFound, NotThere, Unchanged
from casedesk.domain.rights import CONFIGURE, TICKETS_VIEW
from casedesk.domain.rules import RESPONSE_RECEIVED, TIMED, TRIGGERS

if TYPE_CHECKING:
    from datetime import datetime

    from casedesk.desk.desk import Desk
    from casedesk.desk.rule_attempts import Progress
    from casedesk.desk.values import RuleMatches, RuleRunLine

Tables = Sequence[Mapping[str, Any]]
"""Effects as they are written: one-entry tables, `{"tag": "detractor"}`."""


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule for responses, with its condition compiled and its effects looked up."""

    line: RuleLine
    holds: Callable[[Mapping[str, object]], bool]
    effects: tuple[Effect, ...]

    @property
    def opens(self) -> bool:
        """Whether it opens tickets."""
        return any(isinstance(effect, OpenTicket) for effect in self.effects)


class Rules:
    """`desk.rules`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- reading ------------------------------------------------------------------------------------------------

    def list(self) -> list[RuleLine]:
        """Every rule in the desk's order."""
        self._desk.require(TICKETS_VIEW, CONFIGURE)
        return all_rules(self._desk.store.reader())

    def show(self, name: str) -> RuleDetails:
        """A rule with what it did and who changed it last. Raises InvalidInput with the nearest names."""
        rules = self.list()
        rule = self._found(name, rules)
        reader = self._desk.store.reader()
        opened = reader.value("SELECT count(*) FROM ticket WHERE rule_id = ?", (rule.id,))
        runs, failures, last = reader.rows(
            "SELECT sum(outcome = 'ran'), sum(outcome = 'failed'), max(at) FROM rule_run WHERE rule_id = ?", (rule.id,)
        )[0]
        changed = reader.row(
            """SELECT coalesce(u.login, l.actor_kind), l.at FROM activity l LEFT JOIN user u ON u.id = l.actor_id
               WHERE l.ticket_id IS NULL AND l.contact_id IS NULL AND l.record = 'rule' AND l.record_id = ?
               ORDER BY l.id DESC LIMIT 1""",
            (rule.id,),
        )
        who, at = changed or ("", None)
        return RuleDetails(
            rule, rules.index(rule) + 1, self.words(rule.effects), self.mistake_in(rule), opened, runs or 0,
            failures or 0, moment(last) if last else None, who, moment(at) if at else None,
        )  # fmt: skip

    def mistake_in(self, rule: RuleLine) -> str:
        """Why the rule couldn't run now; empty when it could."""
        try:
            self.compiled(rule)
        except CasedeskError as error:
            return error.sentence
        return ""

    def totals(self) -> Mapping[int, RuleTotals]:
        """How often each rule ran, by its id; those that never did are left out."""
        self._desk.require(TICKETS_VIEW, CONFIGURE)
        rows = self._desk.store.reader().rows(
            "SELECT rule_id, sum(outcome = 'ran'), sum(outcome = 'failed'), max(at) FROM rule_run GROUP BY rule_id"
        )
        return {rule: RuleTotals(runs, failures, moment(last)) for rule, runs, failures, last in rows}

    def matches(self, condition: str, trigger: str) -> RuleMatches:
        """How many of the records that a trigger is about a condition holds for, as they are now.

        Raises QueryError, and InvalidInput for a trigger that can't be.
        """
        self._desk.require(TICKETS_VIEW, CONFIGURE)
        return matches(self._desk, condition, checked_trigger(trigger))

    @staticmethod
    def trigger_kinds() -> tuple[TriggerKind, ...]:
        """What sets rules off, in the order in which forms offer it."""
        return tuple(
            TriggerKind(name, name[0].upper() + name[1:], about, name in TIMED, name == RESPONSE_RECEIVED)
            for name, about in TRIGGERS.items()
        )

    def effect_kinds(self) -> tuple[EffectKind, ...]:
        """What rules can do, each with the values that it takes and the desk's own choices for them."""
        self._desk.require(TICKETS_VIEW, CONFIGURE)
        return tuple(effect.kind(self._desk) for effect in EFFECTS.values())

    def words(self, effects: Tables) -> tuple[str, ...]:
        """Each effect in words: `tag detractor`, `priority → urgent`."""
        return effect_words(self._desk, effects)

    def log(
        self, *, rule: str | None = None, ticket: int | None = None, limit: int = 50, before: int | None = None
    ) -> tuple[RuleRunLine, ...]:
        """What rules did, newest first: all, one rule's (by name, also one that is gone), or those on a ticket; those
        before the run with the id `before`, where one is named."""
        self._desk.require(TICKETS_VIEW)
        reader = self._desk.store.reader()
        which: int | str | None = None
        if rule is not None:
            known = {each.name.casefold(): each.id for each in self.list()}
            which = known.get(" ".join(rule.split()).casefold())
            if which is None and knows_rule(reader, rule):
                which = rule
            elif which is None:
                which = self._found(rule).id
        return read_log(reader, rule=which, ticket=ticket, limit=limit, before=before)

    def attempt(
        self, rule: str | RuleLine | RuleDraft, *, since: datetime | None = None, progress: Progress | None = None
    ) -> Attempt:
        """What the rule would have done since an aware instant (default: ever) had it been active; nothing is changed
        (X7, behaviour 4.3). `desk.rule_attempts` says how, and what history can't tell.

        `progress` is told how many of how many records are done, and returns False to stop: then it tells of those.
        Raises InvalidInput for a rule that can't be.
        """
        from casedesk.desk.rule_attempts import attempt

        self._desk.require(CONFIGURE)
        line = self._found(rule) if isinstance(rule, str) else rule
        if isinstance(line, RuleDraft):
            line = self._line_of(line)
        return attempt(self._desk, line, since, progress)

    # -- changing -----------------------------------------------------------------------------------------------

    def add(
        self,
        name: str,
        condition: str,
        effects: Tables,
        *,
        trigger: str = RESPONSE_RECEIVED,
        active: bool = True,
        everything: bool = False,
    ) -> Outcome:
        """Make a rule, the last of all. Raises InvalidInput for a name or trigger that can't be, QueryError for the
        condition with its place, InvalidFields for effects (`effect 1`, …), and InvalidInput for a condition that
        holds for everything unless `everything` says that this is meant."""
        name = checked_name(name, self.list())
        trigger = checked_trigger(trigger)
        condition = check_condition(self._desk, condition, trigger, everything=everything)
        ready = effects_for(self._desk, trigger, effects)

        def make(recorder: Recorder) -> str:
            rules = _rows(recorder)
            place = max((rule.position for rule in rules), default=-1) + 1
            rule = model.Rule(name=name, trigger=trigger, condition=condition, position=place, active=active)
            rule.effects = stored_effects(ready)
            recorder.add(rule, kind="rule", text=name)
            return f"rule “{name}” made"

        return self._desk.acts.once("rule", make, right=CONFIGURE)

    def change(
        self,
        name: str,
        *,
        condition: str | None = None,
        effects: Tables | None = None,
        trigger: str | None = None,
        active: bool | None = None,
        everything: bool = False,
    ) -> Outcome:
        """Change a rule; what is None stays. It raises what `add` does, and Unchanged when nothing would differ."""
        rule = self._found(name)
        wanted = checked_trigger(rule.trigger if trigger is None else trigger)
        values: dict[str, Any] = {"trigger": wanted}
        if condition is not None or wanted != rule.trigger:
            given = rule.condition if condition is None else condition
            # A condition that was meant for everything once stays so.
            meant = everything or (given.strip() == rule.condition and wanted == rule.trigger)
            values["condition"] = check_condition(self._desk, given, wanted, everything=meant)
        if effects is not None or wanted != rule.trigger:
            values["effects"] = stored_effects(
                effects_for(self._desk, wanted, rule.effects if effects is None else effects)
            )
        if active is not None:
            values["active"] = active

        def change(recorder: Recorder) -> str:
            row = _row(recorder, rule.id)
            for field, value in values.items():
                texts = _texts(self._desk, field, getattr(row, field), value)
                recorder.set(row, field, value, kind="rule", texts=texts)
            if not recorder.lines:
                raise Unchanged(f"The rule “{rule.name}” is so already.")
            return f"rule “{rule.name}” changed"

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    def put(
        self,
        name: str,
        condition: str,
        effects: Tables,
        *,
        trigger: str = RESPONSE_RECEIVED,
        active: bool = True,
        everything: bool = False,
    ) -> Outcome:
        """Make a rule, or give the one of that name these values. It raises what `add` and `change` do."""
        wanted = " ".join(name.split()).casefold()
        if any(rule.name.casefold() == wanted for rule in self.list()):
            return self.change(
                name, condition=condition, effects=effects, trigger=trigger, active=active, everything=everything
            )
        return self.add(name, condition, effects, trigger=trigger, active=active, everything=everything)

    def rename(self, name: str, new_name: str) -> Outcome:
        """Give a rule another name; its log, what it did and the queries that name it follow."""
        rules = self.list()
        rule = self._found(name, rules)
        wanted = checked_name(new_name, rules, own=rule.id)

        def change(recorder: Recorder) -> str:
            if not recorder.set(_row(recorder, rule.id), "name", wanted, kind="rule", texts=(rule.name, wanted)):
                raise Unchanged(f"The rule is called “{wanted}” already.")
            changed = followed(rename_in_queries(recorder, "rule", rule.name, wanted))
            return ", ".join([f"rule “{rule.name}” → “{wanted}”", *changed])

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    def switch(self, name: str, active: bool) -> Outcome:
        """Let a rule run, or keep it from running. Raises InvalidInput for one that couldn't run."""
        rule = self._found(name)

        def change(recorder: Recorder) -> str:
            row = _row(recorder, rule.id)
            if active:
                ready_effects(self._desk, row.effects)
            words = ("on", "off") if row.active else ("off", "on")
            if not recorder.set(row, "active", active, kind="rule", texts=words):
                raise Unchanged(f"The rule “{rule.name}” is {'on' if active else 'off'} already.")
            return f"rule “{rule.name}” switched {'on' if active else 'off'}"

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    def move(self, name: str, position: int) -> Outcome:
        """Put a rule in another place, from 1; the others keep their order. Raises InvalidInput."""
        rules = self.list()
        rule = self._found(name, rules)
        if not 1 <= position <= len(rules):
            raise InvalidInput(f"There is no place {position} among {len(rules)} rules.")

        def change(recorder: Recorder) -> str:
            rows = sorted(_rows(recorder), key=lambda row: (row.position, row.id or 0))
            moved = next(row for row in rows if row.id == rule.id)
            if rows.index(moved) == position - 1:
                raise Unchanged(f"The rule “{rule.name}” is in place {position} already.")
            rows.remove(moved)
            rows.insert(position - 1, moved)
            for place, row in enumerate(rows):
                texts = (str(row.position + 1), str(place + 1))
                recorder.set(row, "position", place, kind="rule" if row is moved else "", texts=texts)
            return f"rule “{rule.name}” moved to place {position}"

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    def remove(self, name: str) -> Outcome:
        """Remove a rule; the log keeps what it did. Raises InvalidInput for one that opened tickets: they name it."""
        rule = self._found(name)

        def change(recorder: Recorder) -> str:
            reader = self._desk.store.reader_of(recorder.session)
            opened = reader.value("SELECT count(*) FROM ticket WHERE rule_id = ?", (rule.id,))
            if opened:
                tickets = "a ticket" if opened == 1 else f"{opened:,} tickets"
                raise InvalidInput(f"The rule “{rule.name}” opened {tickets}, so it stays; switch it off instead.")
            recorder.remove(_row(recorder, rule.id), kind="rule", text=rule.name)
            return f"rule “{rule.name}” removed"

        return self._desk.acts.once("rule", change, right=CONFIGURE)

    # -- for imports --------------------------------------------------------------------------------------------

    def active(self) -> tuple[ActiveRule, ...]:
        """The active rules for responses in their order, compiled for this moment.

        One whose condition or effect names something that is gone is an error that names the rule.
        """
        rules = active_rules(self._desk.store.reader(), {RESPONSE_RECEIVED})
        return tuple(self.compiled(rule) for rule in rules)

    def compiled(self, rule: RuleLine) -> ActiveRule:
        """The rule, ready to run on responses. Raises InvalidInput, naming it, where it can't."""
        try:
            holds = self._desk.queries.condition(rule.condition)
            return ActiveRule(rule, holds, ready_effects(self._desk, rule.effects))
        except CasedeskError as error:
            raise InvalidInput(f"The rule “{rule.name}” can't run: {error.sentence}") from error

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _found(self, name: str, rules: Iterable[RuleLine] | None = None) -> RuleLine:
        known = {rule.name.casefold(): rule for rule in (self.list() if rules is None else rules)}
        found = known.get(" ".join(name.split()).casefold())
        if found is None:
            names = [rule.name for rule in known.values()]
            near = closest(name, names) or names
            raise NotThere(f"There is no rule “{name}”; there is {', '.join(near) or 'none yet'}.")
        return found

    def _line_of(self, draft: RuleDraft) -> RuleLine:
        """The draft as a rule, checked as if it were saved; it may be meant for everything."""
        trigger = checked_trigger(draft.trigger)
        condition = check_condition(self._desk, draft.condition, trigger, everything=True)
        effects = effects_for(self._desk, trigger, draft.effects)
        wanted = " ".join(draft.name.split()).casefold()
        same = next((rule.id for rule in self.list() if rule.name.casefold() == wanted), 0)
        return RuleLine(same, draft.name, trigger, condition, tuple(stored_effects(effects)), True)


def _texts(desk: Desk, field: str, before: Any, after: Any) -> tuple[str, str]:
    if field == "effects":
        return ", ".join(effect_words(desk, before)), ", ".join(effect_words(desk, after))
    if field == "active":
        return ("on" if before else "off"), ("on" if after else "off")
    return str(before), str(after)


def _rows(recorder: Recorder) -> Sequence[model.Rule]:
    from sqlmodel import select

    return recorder.session.exec(select(model.Rule)).all()


def _row(recorder: Recorder, rule_id: int) -> model.Rule:
    row = recorder.session.get(model.Rule, rule_id)
    if row is None:
        raise NotFound("The rule is gone.")
    return row
