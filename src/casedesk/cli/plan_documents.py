"""Action plans and actions as JSON has them, and lists of names as the command line changes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casedesk.desk.values import ActionDefinition, PlanDefinition
from casedesk.domain.errors import NotThere


def plan_document(plan: PlanDefinition) -> dict[str, Any]:
    """A plan with its actions."""
    return {
        "name": plan.name,
        "description": plan.description,
        "closes_ticket": plan.closes_ticket,
        "exit_states": list(plan.exit_states),
        "actions": [action_document(action) for action in plan.actions],
        "campaigns": list(plan.campaigns),
        "open_tickets": plan.open_tickets,
        "retired": plan.retired,
    }


def action_document(action: ActionDefinition) -> dict[str, Any]:
    """An action with its statuses and the plans that have it."""
    return {
        "id": action.id,
        "name": action.name,
        "description": action.description,
        "closes_plan": action.closes_plan,
        "comment_allowed": action.comment_allowed,
        "statuses": [{"name": name, "completes": completes} for name, completes in action.statuses],
        "plans": list(action.plans),
        "retired": action.retired,
    }


def revised(what: str, names: Iterable[str], added: Iterable[str] | None, removed: Iterable[str] | None) -> list[str]:
    """The names without those removed, and with those added at the end. Raises InvalidInput for one that isn't there.

    `what` says what the names are of.
    """
    left = list(names)
    for name in removed or ():
        found = next((known for known in left if known.casefold() == name.strip().casefold()), None)
        if found is None:
            raise NotThere(f"There is no {what} “{name}” to remove; there is {', '.join(left) or 'none'}.")
        left.remove(found)
    return [*left, *(added or ())]
