"""What the plan editor reads, and what it has the desk change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.definition_work import moved
from casedesk.tui.plan_parts import EXIT_STATE, STATUS, Part

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ActionDefinition, CampaignLine, Outcome, PlanDefinition
    from casedesk.tui.definition_work import Change
    from casedesk.tui.plan_forms import ActionEntry, PlanEntry


@dataclass(frozen=True)
class Definitions:
    """What the editor shows."""

    plans: tuple[PlanDefinition, ...] = ()
    actions: tuple[ActionDefinition, ...] = ()
    campaigns: tuple[CampaignLine, ...] = ()


def read(desk: Desk) -> Definitions:
    """What the editor shows. Raises CasedeskError."""
    return Definitions(tuple(desk.plans.list(retired=True)), tuple(desk.plans.actions()), tuple(desk.campaigns.list()))


def edit_plan(name: str, new: PlanEntry) -> Change:
    """Change what a plan is."""
    return lambda desk: desk.plans.edit(
        name, new_name=new.name, description=new.description, closes_ticket=new.closes_ticket
    )


def put_action(plan: str, action_id: int | None, new: ActionEntry) -> Change:
    """Change what an action is, or add a new one at the end of the plan."""

    def change(desk: Desk) -> Outcome:
        about, closes, comment = new.description, new.closes_plan, new.comment_allowed
        if action_id is None:
            return desk.plans.add_action(
                new.name, plans=[plan], description=about, closes_plan=closes, comment_allowed=comment
            )
        return desk.plans.edit_action(
            action_id, new_name=new.name, description=about, closes_plan=closes, comment_allowed=comment
        )

    return change


# What is changed of a list is changed of the list as it is when its turn comes.


def revise_exit_states(plan: str, revise: Callable[[list[str]], list[str]]) -> Change:
    """Change the plan's exit states."""

    def change(desk: Desk) -> Outcome:
        seen = desk.plans.show(plan)
        return desk.plans.edit(plan, exit_states=revise([*seen.exit_states]), seen=seen)

    return change


def revise_actions(plan: str, revise: Callable[[list[int]], list[int]]) -> Change:
    """Change the order of the plan's actions, given by their ids."""

    def change(desk: Desk) -> Outcome:
        seen = desk.plans.show(plan)
        return desk.plans.edit(plan, actions=revise([action.id for action in seen.actions]), seen=seen)

    return change


def revise_statuses(action_id: int, revise: Callable[[list[tuple[str, bool]]], list[tuple[str, bool]]]) -> Change:
    """Change the action's statuses."""

    def change(desk: Desk) -> Outcome:
        seen = desk.plans.action(action_id)
        return desk.plans.edit_action(action_id, statuses=revise([*seen.statuses]), seen=seen)

    return change


def moving(plan: PlanDefinition, part: Part, action: ActionDefinition | None, by: int) -> Change | None:
    """What moves the part among those of its kind; None at the end. `action` is that of an action or a status.

    Raises InvalidInput for a part that has no order.
    """
    if part.kind == EXIT_STATE:
        place, last = plan.exit_states.index(part.name), len(plan.exit_states) - 1
        change = revise_exit_states(plan.name, lambda names: moved(names, names.index(part.name), by))
    elif action is None:
        raise InvalidInput("Exit states, actions and statuses can be moved; go to one first.")
    elif part.kind == STATUS:
        place = [name for name, _ in action.statuses].index(part.name)
        last = len(action.statuses) - 1
        change = revise_statuses(action.id, lambda statuses: moved(statuses, place, by))
    else:
        place, last = plan.actions.index(action), len(plan.actions) - 1
        change = revise_actions(plan.name, lambda ids: moved(ids, ids.index(action.id), by))
    return change if 0 <= place + by <= last else None
