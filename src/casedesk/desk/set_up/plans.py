"""Action plans and their actions in the set-up (S1 to S4, S13).

An action stands in full in the first plan that has it. Another plan that shares it says whose it is. What is in no plan
stands by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.mistakes import Mistakes
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.removing import removed_if_unused, with_parts
from casedesk.desk.set_up.shape import Key, Table, a_flag, a_text, tables, texts, write_table
from casedesk.domain.rights import PLANS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import ActionDefinition

_STATUS_KEYS = (Key("name", a_text), Key("closes_action", a_flag, True))

_ACTION_KEYS = (
    Key("name", a_text),
    Key("shared_with", a_text, ""),
    Key("description", a_text, ""),
    Key("closes_plan", a_text, "no"),
    Key("comment_allowed", a_flag, True),
    Key("statuses", tables(_STATUS_KEYS), [], lambda found: [write_table(each, _STATUS_KEYS) for each in found]),
)


class ActionsPart(Part):
    """Actions that are in no plan."""

    key = "actions"
    one = "action"
    right = PLANS
    about = "Actions that are in no plan; those of plans are in [[plans]]."
    keys = tuple(key for key in _ACTION_KEYS if key.name != "shared_with")

    def read(self, desk: Desk) -> list[Entry]:
        return by_name([Entry(_action(each)) for each in _alone(desk)])

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        known = {same(each.name): each for each in _alone(to.desk)}
        for entry in wanted:
            found = known.get(same(entry.name))
            if found is None:
                to.do(entry.place, to.desk.plans.add_action, **_arguments(entry.values))
            else:
                _edit(to, entry, found)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Also what plans of the same file have let go."""
        kept = {same(entry.name) for entry in wanted}
        for each in _alone(to.desk):
            if same(each.name) in kept:
                kept.remove(same(each.name))  # a second one of that name goes
                continue
            if to.do((self.key,), to.desk.plans.retire_action, each.id):
                to.gone(self, Entry(_action(each)), _removed(to.desk, each.id, each.name))


class PlansPart(Part):
    """Plans that are offered, with exit states and actions in their order."""

    key = "plans"
    one = "plan"
    right = PLANS
    about = "closes_plan is no, ask (the agent decides) or always. shared_with names the plan above whose action it is."
    keys = (
        Key("name", a_text),
        Key("description", a_text, ""),
        Key("closes_ticket", a_flag, True),
        Key("exit_states", texts, []),
        Key("actions", tables(_ACTION_KEYS), [], lambda found: [write_table(each, _ACTION_KEYS) for each in found]),
    )

    def read(self, desk: Desk) -> list[Entry]:
        entries = []
        seen: dict[int, str] = {}
        for plan in sorted(desk.plans.list(), key=lambda plan: (plan.name.casefold(), plan.name)):
            actions = []
            for each in plan.actions:
                whose = seen.setdefault(each.id, plan.name)
                shared = whose != plan.name
                actions.append(_shared(each.name, whose) if shared else _action(each) | {"shared_with": ""})
            values = {"name": plan.name, "description": plan.description, "closes_ticket": plan.closes_ticket}
            entries.append(Entry(values | {"exit_states": list(plan.exit_states), "actions": actions}))
        return entries

    def parsed(self, value: Any, mistakes: Mistakes) -> list[Entry]:
        found = super().parsed(value, mistakes)
        full = {(same(entry.name), same(each["name"])) for entry in found for each in entry["actions"] if _full(each)}
        for entry in found:
            for at, each in enumerate(entry["actions"]):
                place = (*entry.place, "actions", at)
                if _full(each):
                    continue
                if (same(each["shared_with"]), same(each["name"])) not in full:
                    mistakes.add(
                        place, f"The plan “{each['shared_with']}” of this file has no action “{each['name']}”."
                    )
                elif each != _shared(each["name"], each["shared_with"]):
                    mistakes.add(place, "A shared action has its name and shared_with alone; the rest is in that plan.")
        return found

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        plans = to.desk.plans
        known = {same(each.name): each for each in plans.list(retired=True)}
        current = self.by_name(self.read(to.desk))
        differing = []
        for entry in wanted:
            found = known.get(same(entry.name))
            name = entry.name
            if found is not None and found.retired:
                to.do(entry.place, plans.restore, found.name)
            own = {field: entry[field] for field in ("description", "closes_ticket", "exit_states")}
            if found is None:
                made = to.do(entry.place, plans.add, name, **own)
                if not made:
                    continue
            else:
                to.do(
                    entry.place,
                    plans.edit,
                    found.name,
                    new_name=name,
                    **own,
                )
            before = current.get(same(name))
            if before is None or before["actions"] != entry["actions"]:
                differing.append(entry)
        _Actions(to, wanted, differing).put()

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        plans = to.desk.plans
        ids = {each.name: each.id for each in to.desk.setup.entries("plan")}
        for entry in self.missing(to, wanted):
            name = entry.name
            actions = plans.show(name).actions
            if not to.do((self.key,), plans.retire, name):
                continue
            parts = ((model.PlanExitState, "plan_id"), (model.PlanAction, "plan_id"))
            rows = with_parts(model.Plan, ids[name], *parts)
            removed = removed_if_unused(to.desk, self.one, name, rows, right=self.right, field="plan")
            to.gone(self, entry, removed)
            for action in actions if removed else ():
                alone = next((each for each in _alone(to.desk) if each.id == action.id), None)
                if alone and to.do((self.key,), plans.retire_action, action.id):
                    _removed(to.desk, action.id, action.name)


class _Actions:
    """The actions of a file's plans being put in place: which action of the desk is which of the file."""

    def __init__(self, to: Applying, every: Sequence[Entry], differing: Sequence[Entry]) -> None:
        self._to = to
        self._every = every
        self._differing = differing
        self._ids: dict[tuple[str, str], int] = {}

    def put(self) -> None:
        """First what each plan has of its own, then what it shares, and the order."""
        for entry in self._every:
            self._find(entry)
        for entry in self._differing:
            self._put_own(entry)
        for entry in self._differing:
            ids = [self._ids.get(self._key(entry, each)) for each in entry["actions"]]
            known = [each for each in ids if each is not None]
            if len(known) == len(ids):
                place = (*entry.place, "actions")
                self._to.do(place, self._to.desk.plans.edit, entry.name, actions=known)

    def _find(self, entry: Entry) -> None:
        """The actions of the plan that are there; one that an earlier plan has of its own isn't this one's."""
        there = {same(each.name): each.id for each in self._linked(entry.name)}
        for each in entry["actions"]:
            found = there.get(same(each["name"]))
            if _full(each) and found is not None and found not in self._ids.values():
                self._ids[self._key(entry, each)] = found

    def _put_own(self, entry: Entry) -> None:
        plans = self._to.desk.plans
        for at, each in enumerate(entry["actions"]):
            if not _full(each):
                continue
            place = (*entry.place, "actions", at)
            action = self._ids.get(self._key(entry, each))
            if action is not None:
                _edit(self._to, Entry(each, place), plans.action(action))
                continue
            self._make_room(entry, each)
            if self._to.do(place, plans.add_action, **_arguments(each), plans=[entry.name]):
                linked = {same(one.name): one.id for one in self._linked(entry.name)}
                self._ids[self._key(entry, each)] = linked[same(each["name"])]

    def _make_room(self, entry: Entry, action: Table) -> None:
        """Let go of another plan's action of the same name, which this plan is no longer to share."""
        linked = {same(each.name): each.id for each in self._linked(entry.name)}
        other = linked.get(same(action["name"]))
        if other is not None:
            self._to.do(entry.place, self._to.desk.plans.unlink_action, other, entry.name)

    def _linked(self, name: str) -> Sequence[ActionDefinition]:
        plans = {same(plan.name): plan for plan in self._to.desk.plans.list()}
        plan = plans.get(same(name))
        return plan.actions if plan else ()

    @staticmethod
    def _key(entry: Entry, action: Table) -> tuple[str, str]:
        """What an action goes by: the plan where it stands in full, and its name."""
        return same(action["shared_with"] or entry.name), same(action["name"])


def _edit(to: Applying, entry: Entry, found: ActionDefinition) -> None:
    wanted = {key: value for key, value in entry.values.items() if key != "shared_with"}
    if wanted != _action(found):
        given = _arguments(entry.values)
        given["new_name"] = given.pop("name")
        to.do(entry.place, to.desk.plans.edit_action, found.id, **given)


def _removed(desk: Desk, action_id: int, name: str) -> bool:
    rows = with_parts(model.Action, action_id, (model.ActionStatus, "action_id"), (model.PlanAction, "action_id"))
    return removed_if_unused(desk, "action", name, rows, right=ActionsPart.right, field="action")


def _alone(desk: Desk) -> list[ActionDefinition]:
    return [each for each in desk.plans.actions() if not each.plans and not each.retired]


def _full(action: Table) -> bool:
    return not action["shared_with"]


def _shared(name: str, whose: str) -> Table:
    return {key.name: key.default for key in _ACTION_KEYS} | {"name": name, "shared_with": whose}


def _action(found: ActionDefinition) -> Table:
    values: Table = {
        field: getattr(found, field) for field in ("name", "description", "closes_plan", "comment_allowed")
    }
    statuses = [{"name": name, "closes_action": closes} for name, closes in found.statuses]
    return values | {"statuses": statuses}


def _arguments(action: Table) -> Table:
    """An action as the desk's methods take it."""
    given = {key: value for key, value in action.items() if key != "shared_with"}
    given["statuses"] = [(each["name"], each["closes_action"]) for each in action["statuses"]]
    return given
