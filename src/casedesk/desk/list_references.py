"""Where rules and macros name an entry of one of the desk's lists, and how they follow it to another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from casedesk import model
from casedesk.desk.list_entries import LISTS, List, rows_of, same
from casedesk.desk.renaming import Kept, rename_in_queries
from casedesk.domain.errors import Conflict

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.recording import Recorder

_SIGNED = {"tag": "tags", "classification": "classifications"}
"""What macros call a list of names that have a sign each."""

_ANSWERS = {
    ("close", "resolution"): "resolution",
    ("close", "status"): "status",
    ("action", "resolution"): "resolution",
}
"""Where steps name an entry among their other answers, by the act and what is named."""


class Rule(Protocol):
    """A rule, or the frozen value of one."""

    @property
    def effects(self) -> Sequence[Mapping[str, Any]]: ...


class Macro(Protocol):
    """A macro, or the frozen value of one."""

    @property
    def steps(self) -> Sequence[Mapping[str, Any]]: ...


RuleType = TypeVar("RuleType", bound=Rule)
MacroType = TypeVar("MacroType", bound=Macro)


def rules_giving(rules: Iterable[RuleType], which: List, name: str) -> list[RuleType]:
    """Those of the rules that give tickets this entry."""
    return [rule for rule in rules if same(name) in map(same, _given(rule.effects, which))]


def macros_naming(macros: Iterable[MacroType], which: List, name: str) -> list[MacroType]:
    """Those of the macros of which a step names this entry."""
    return [macro for macro in macros if any(_put(step, which, name, "") != step for step in macro.steps)]


def follow(recorder: Recorder, which: List, before: str, after: str) -> list[Kept]:
    """Let everything that names the entry name it `after`: effects, macros, and the queries of rules and policies."""
    changed: list[Kept] = []
    for rule in rules_giving(all_rules(recorder.session), which, before):
        effects = [_effect(effect, which, before, after) for effect in rule.effects]
        recorder.set(rule, "effects", effects, kind="rule", texts=(before, after))
        changed.append(("rule", rule.name))
    for macro in all_macros(recorder.session):
        steps = [_put(step, which, before, after) for step in macro.steps]
        if recorder.set(macro, "steps", steps, kind="macro", texts=(before, after)) and not macro.retired:
            changed.append(("macro", macro.name))
    return changed + rename_in_queries(recorder, which.field, before, after)


def follow_exit_state(recorder: Recorder, before: str, after: str) -> list[Kept]:
    """Let the effects and macros that close with this exit state name it `after`, unless a plan still offers it under
    the old name: then nobody knows which one they mean."""
    from sqlmodel import col, select

    offered = select(model.PlanExitState.name).where(col(model.PlanExitState.retired).is_(False))
    if same(before) in map(same, recorder.session.exec(offered)):
        return []

    def put(tables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{what: answered(value) for what, value in table.items()} for table in tables]

    def answered(value: Any) -> Any:
        if not isinstance(value, Mapping) or same(str(value.get("exit_state", ""))) != same(before):
            return value
        return {**value, "exit_state": after}

    changed: list[Kept] = []
    for rule in all_rules(recorder.session):
        if recorder.set(rule, "effects", put(rule.effects), kind="rule", texts=(before, after)):
            changed.append(("rule", rule.name))
    for macro in all_macros(recorder.session):
        if recorder.set(macro, "steps", put(macro.steps), kind="macro", texts=(before, after)) and not macro.retired:
            changed.append(("macro", macro.name))
    return changed


def check_rules(session: Session) -> None:
    """Raise Conflict when an active rule gives what is no longer offered: for acts that are taken back."""

    rules = [rule for rule in all_rules(session) if rule.active]
    for which in LISTS.values():
        given = [(rule, name) for rule in rules for name in _given(rule.effects, which)]
        if not given:
            continue
        entries = {same(row.name): row.retired for row in rows_of(session, which)}
        for rule, name in given:
            # A tag that isn't there is made when it is given.
            if entries.get(same(name), which.given_as != "tag"):
                raise Conflict(f"The rule “{rule.name}” gives the {which.one} “{name}”; change it first.")


def _given(effects: Iterable[Mapping[str, Any]], which: List) -> Iterator[str]:
    for effect in effects:
        for table in (effect, *effect.values()):
            value = table.get(which.given_as) if isinstance(table, Mapping) else None
            if isinstance(value, str):
                yield value


def _effect(effect: Mapping[str, Any], which: List, before: str, after: str) -> dict[str, Any]:
    def put(what: str, value: Any) -> Any:
        if isinstance(value, Mapping):  # the parts of an effect that has several
            return {part: put(part, name) for part, name in value.items()}
        meant = what == which.given_as and isinstance(value, str) and same(value) == same(before)
        return after if meant else value

    return {what: put(what, value) for what, value in effect.items()}


def all_rules(session: Session) -> Sequence[model.Rule]:
    """Every rule, active or not."""
    from sqlmodel import select

    return session.exec(select(model.Rule)).all()


def all_macros(session: Session) -> Sequence[model.Macro]:
    """Every user's macros, retired ones included."""
    from sqlmodel import select

    return session.exec(select(model.Macro)).all()


def _put(step: Mapping[str, Any], which: List, before: str, after: str) -> dict[str, Any]:
    """The step with another name for the entry (`desk.macro_steps` says what steps look like)."""
    what = which.given_as
    key = _SIGNED.get(what, what)

    def put(name: Any) -> Any:
        return after if isinstance(name, str) and same(name) == same(before) else name

    def put_into(act: str, answer: Any) -> Any:
        if isinstance(answer, Mapping):
            named = "name" if act == key else _ANSWERS.get((act, what))
            return {part: put(value) if part == named else value for part, value in answer.items()}
        if act != key:
            return answer
        if isinstance(answer, list):
            return [f"{name[0]}{put(name[1:])}" if isinstance(name, str) and name else name for name in answer]
        return put(answer)

    return {act: put_into(act, answer) for act, answer in step.items()}
