"""Making and changing action plans (S1, S4, S13).

Every change is one act, and can be taken back. What tickets recorded stays as it was (behaviour 2.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.action_editing import ActionEditing
from casedesk.desk.list_references import follow_exit_state
from casedesk.desk.naming import a_name
from casedesk.desk.plan_parts import (
    a_description,
    arrange,
    exit_states_of,
    find_plan,
    is_among,
    names_once,
    set_text,
    statuses_of,
)
from casedesk.desk.recording import Recorder
from casedesk.desk.renaming import followed, rename_in_queries, renamed_in
from casedesk.desk.values import Outcome, PlanDefinition
from casedesk.domain.errors import Conflict, InvalidInput, Unchanged
from casedesk.domain.rights import PLANS

if TYPE_CHECKING:
    from sqlmodel import Session

NO_PLAN = "none"
"""What people write for no plan at all, so that no plan can have this name."""


class PlanEditing(ActionEditing):
    """The half of `desk.plans` that changes plans."""

    def add(
        self,
        name: str,
        *,
        description: str = "",
        closes_ticket: bool = True,
        exit_states: Sequence[str] = (),
        actions: Sequence[str | int] = (),
        campaigns: Sequence[str] = (),
    ) -> Outcome:
        """Make a plan: with exit states in order, actions that exist already, and campaigns whose tickets get it.

        Raises InvalidInput for a name that is empty or taken, and for an action or a campaign that nobody knows.
        """

        def change(recorder: Recorder) -> str:
            plan = self._new_plan(recorder, name, description, closes_ticket, exit_states)
            self._set_actions(recorder, plan, actions)
            self._set_campaigns(recorder, plan, add=campaigns)
            return f"plan “{plan.name}” made"

        return self._desk.acts.once("add plan", change, right=PLANS)

    def edit(
        self,
        name: str,
        *,
        new_name: str | None = None,
        description: str | None = None,
        closes_ticket: bool | None = None,
        exit_states: Sequence[str] | None = None,
        actions: Sequence[str | int] | None = None,
        seen: PlanDefinition | None = None,
    ) -> Outcome:
        """Change what is given; lists are whole and in order.

        An exit state or an action that is left out is no longer offered; tickets that have it keep it. `seen` is the
        plan as the change was made for it: Conflict when it has changed since. Raises Unchanged when all is so
        already, and InvalidInput as `add` does.
        """

        def change(recorder: Recorder) -> str:
            plan = find_plan(recorder.session, name)
            self._check_seen(plan.name, seen)
            before = plan.name
            changes = [*self._set_own(recorder, plan, new_name, description, closes_ticket)]
            if exit_states is not None:
                changes += self._set_exit_states(recorder, plan, exit_states)
            if actions is not None:
                changes += self._set_actions(recorder, plan, actions)
            if not recorder.lines:
                raise Unchanged(f"Plan “{before}”: nothing to change.")
            return f"plan “{before}”: {'; '.join(changes)}"

        return self._desk.acts.once("edit plan", change, right=PLANS)

    def copy(self, name: str, new_name: str, *, share_actions: bool = False) -> Outcome:
        """Make another plan like this one. It gets actions of its own, or with `share_actions` the same ones.

        Campaigns stay with the first plan.
        """

        def change(recorder: Recorder) -> str:
            seen = self.show(name)
            plan = self._new_plan(recorder, new_name, seen.description, seen.closes_ticket, seen.exit_states)
            ids = [action.id for action in seen.actions]
            if not share_actions:
                ids = [self._copied_action(recorder, action_id) for action_id in ids]
            for place, action_id in enumerate(ids):
                self._link(recorder, plan, action_id, place)
            return f"plan “{seen.name}” copied to “{plan.name}”"

        return self._desk.acts.once("copy plan", change, right=PLANS)

    def retire(self, name: str) -> Outcome:
        """Give the plan to no further ticket: campaigns lose it. Tickets that have it are worked by it to their end.

        Raises InvalidInput while an active rule gives the plan.
        """

        def change(recorder: Recorder) -> str:
            seen = self.show(name)
            rules = [rule.name for rule in self._rules_giving(recorder.session, seen.name) if rule.active]
            if rules:
                raise InvalidInput(
                    f"The rule “{rules[0]}” gives the plan “{seen.name}”; change it or switch it off first."
                )
            plan = find_plan(recorder.session, seen.name)
            self._set_campaigns(recorder, plan, remove=seen.campaigns)
            recorder.set(plan, "retired", True, kind="plan", texts=("", "retired"))
            return f"plan “{plan.name}” retired{_left_with(seen)}"

        return self._desk.acts.once("retire plan", change, right=PLANS)

    def restore(self, name: str) -> Outcome:
        """Bring a retired plan back. Campaigns get it again only when they are linked to it.

        Raises InvalidInput when two of its actions have come to have the same name.
        """

        def change(recorder: Recorder) -> str:
            plan = find_plan(recorder.session, name, retired=True)
            if not recorder.set(plan, "retired", False, kind="plan", texts=("retired", "")):
                raise Unchanged(f"The plan “{plan.name}” isn't retired.")
            in_it = self._links(recorder.session, plan)
            names_once("An action", [each.name for each in self.actions() if each.id in in_it and not each.retired])
            return f"plan “{plan.name}” brought back"

        return self._desk.acts.once("restore plan", change, right=PLANS)

    def link_campaigns(self, name: str, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Outcome:
        """Let new tickets of these campaigns get the plan, or no longer get it (S4). One that had another loses that.

        Raises InvalidInput for a campaign that nobody knows.
        """

        def change(recorder: Recorder) -> str:
            plan = find_plan(recorder.session, name)
            changes = self._set_campaigns(recorder, plan, add=add, remove=remove)
            if not changes:
                raise Unchanged(f"Plan “{plan.name}”: nothing to change.")
            return f"plan “{plan.name}”: {'; '.join(changes)}"

        return self._desk.acts.once("link campaigns", change, right=PLANS)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _new_plan(
        self, recorder: Recorder, name: str, description: str, closes_ticket: bool, exit_states: Sequence[str]
    ) -> model.Plan:
        free = self._free_name(recorder.session, name)
        row = model.Plan(name=free, description=a_description(description), closes_ticket=closes_ticket)
        plan = recorder.add(row, kind="plan", text=free)
        for place, exit_state in enumerate(names_once("An exit state", exit_states)):
            part = model.PlanExitState(plan_id=plan.id or 0, name=exit_state, position=place)
            recorder.add(part, kind="exit state", text=exit_state)
        return plan

    def _copied_action(self, recorder: Recorder, action_id: int) -> int:
        row = recorder.session.get(model.Action, action_id)
        assert row is not None
        action = recorder.add(model.Action(**row.model_dump(exclude={"id"})), kind="action", text=row.name)
        for status in statuses_of(recorder.session, row):
            if not status.retired:
                copied = model.ActionStatus(**{**status.model_dump(exclude={"id"}), "action_id": action.id})
                recorder.add(copied, kind="status", text=status.name)
        return action.id or 0

    def _set_own(
        self,
        recorder: Recorder,
        plan: model.Plan,
        new_name: str | None,
        description: str | None,
        closes_ticket: bool | None,
    ) -> Iterator[str]:
        if new_name is not None and " ".join(new_name.split()) != plan.name:
            free = self._free_name(recorder.session, new_name, plan)
            before = plan.name
            set_text(recorder, plan, "name", free)
            yield f"name → “{free}”"
            yield from self._renamed_along(recorder, before, free)
        if description is not None and set_text(recorder, plan, "description", a_description(description)):
            yield "description changed"
        if closes_ticket is not None:
            texts = ("leaves the ticket open", "closes the ticket")
            before = texts[plan.closes_ticket]
            if recorder.set(plan, "closes_ticket", closes_ticket, kind="plan", texts=(before, texts[closes_ticket])):
                yield texts[closes_ticket]

    def _set_exit_states(self, recorder: Recorder, plan: model.Plan, wanted: Sequence[str]) -> Iterator[str]:
        rows = exit_states_of(recorder.session, plan)
        new = [model.PlanExitState(plan_id=plan.id or 0, name=name) for name in names_once("An exit state", wanted)]
        reader = self._desk.store.reader()
        shown = [row.name for row in sorted(rows, key=lambda row: (row.position, row.id)) if not row.retired]
        yield from arrange(
            recorder,
            rows,
            new,
            "exit state",
            lambda row: int(reader.value("SELECT count(*) FROM ticket WHERE exit_state_id = ?", (row.id,))),
        )
        renamed = renamed_in(shown, [row.name for row in new])
        if renamed is not None:
            recorder.session.flush()
            named = follow_exit_state(recorder, *renamed)
            yield from followed(named + rename_in_queries(recorder, "exit", *renamed, keep=True))

    def _set_actions(self, recorder: Recorder, plan: model.Plan, wanted: Sequence[str | int]) -> list[str]:
        """Let these be the plan's actions, in this order. A name is looked for in the plan first."""
        found = [self._action_row(recorder.session, each, rather=plan.name) for each in wanted]
        names_once("An action", [action.name for action in found])
        before = self._links(recorder.session, plan)
        changes = []
        for action_id, link in before.items():
            row = recorder.session.get(model.Action, action_id)
            assert row is not None
            if row not in found and not row.retired:
                recorder.remove(link, kind="action", text=row.name)
                changes.append(f"action “{row.name}” unlinked")
        kept = [action_id for action_id in before if any(row.id == action_id for row in found)]
        for place, row in enumerate(found):
            self._link(recorder, plan, row.id or 0, place)
            if row.id not in before:
                changes.append(f"action “{row.name}” linked")
        if kept != [row.id for row in found if row.id in before]:
            changes.append(f"action order: {', '.join(row.name for row in found)}")
        return changes

    def _set_campaigns(
        self, recorder: Recorder, plan: model.Plan, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> list[str]:
        changes = []
        for names, plan_id in ((add, plan.id), (remove, None)):
            for name in names:
                entry = self._desk.setup.entry("campaign", name)
                campaign = recorder.session.get(model.Campaign, entry.id)
                assert campaign is not None
                if plan_id is None and campaign.plan_id != plan.id:
                    continue
                texts = (self._desk.setup.name_of("plan", campaign.plan_id), plan.name if plan_id else "")
                if recorder.set(campaign, "plan_id", plan_id, kind="plan", texts=texts):
                    changes.append(f"campaign “{entry.name}” {'linked' if plan_id else 'unlinked'}")
        return changes

    def _free_name(self, session: Session, name: str, own: model.Plan | None = None) -> str:
        """The name for a plan, when no other has it. Raises InvalidInput."""
        from sqlmodel import select

        wanted = a_name("A plan", name)
        if wanted.casefold() == NO_PLAN:
            raise InvalidInput(f"“{wanted}” stands for no plan; give it another name.")
        for other in session.exec(select(model.Plan)).all():
            if other is not own and other.name.casefold() == wanted.casefold():
                more = "; bring that back, or choose another name" if other.retired else ""
                raise InvalidInput(f"There is a {'retired ' * other.retired}plan “{other.name}” already{more}.")
        return wanted

    def _check_seen(self, name: str, seen: PlanDefinition | None) -> None:
        if seen is None:
            return
        now = self.show(name)
        if now != replace(seen, open_tickets=now.open_tickets, campaigns=now.campaigns):
            raise Conflict(f"The plan “{name}” has changed since you saw it.")

    def _rules_giving(self, session: Session, name: str) -> list[model.Rule]:
        from sqlmodel import select

        return [
            rule
            for rule in session.exec(select(model.Rule)).all()
            if is_among(name, (str(effect["plan"]) for effect in rule.effects if "plan" in effect))
        ]

    def _renamed_along(self, recorder: Recorder, before: str, name: str) -> Iterable[str]:
        """Rules name the plan that they give, and queries the plans that they mean: they are to go on doing so."""
        changed = []
        for rule in self._rules_giving(recorder.session, before):
            effects = [{**effect, "plan": name} if "plan" in effect else effect for effect in rule.effects]
            recorder.set(rule, "effects", effects, kind="rule", texts=(before, name))
            changed.append(("rule", rule.name))
        return followed(changed + rename_in_queries(recorder, "plan", before, name))


def _left_with(plan: PlanDefinition) -> str:
    """What the retiring of a plan leaves behind, in a few words."""
    notes = []
    if plan.open_tickets:
        notes.append(
            "1 open ticket keeps it" if plan.open_tickets == 1 else f"{plan.open_tickets:,} open tickets keep it"
        )
    if plan.campaigns:
        notes.append(f"no longer given by {', '.join(plan.campaigns)}")
    return f" ({'; '.join(notes)})" if notes else ""
