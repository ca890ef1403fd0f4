"""Reading action plans as the desk defines them (S1 to S4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.desk.values import ActionDefinition, PlanDefinition

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Reader

_PLANS = """
    SELECT p.id, p.name, p.description, p.closes_ticket,
           (SELECT count(*) FROM ticket WHERE plan_id = p.id AND plan_closed_at IS NULL AND state <> 'closed')
    FROM plan p WHERE NOT p.retired ORDER BY p.name COLLATE NOCASE"""

_ACTIONS = """
    SELECT a.id, a.name, a.description, a.closes_plan, a.comment_allowed
    FROM plan_action pa JOIN action a ON a.id = pa.action_id
    WHERE pa.plan_id = ? AND NOT a.retired ORDER BY pa.position, a.id"""

_STATUSES = """
    SELECT name, closes_action FROM action_status WHERE action_id = ? AND NOT retired ORDER BY position, id"""

_EXIT_STATES = "SELECT name FROM plan_exit_state WHERE plan_id = ? AND NOT retired ORDER BY position, id"
_CAMPAIGNS = "SELECT name FROM campaign WHERE plan_id = ? AND NOT retired ORDER BY name COLLATE NOCASE"


class PlanReading:
    """The reading half of `desk.plans`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[PlanDefinition]:
        """Every plan that isn't retired, by name."""
        reader = self._desk.store.reader()
        return [
            PlanDefinition(
                name,
                description,
                bool(closes_ticket),
                exit_states=tuple(row[0] for row in reader.rows(_EXIT_STATES, (plan_id,))),
                actions=_actions(reader, plan_id),
                campaigns=tuple(row[0] for row in reader.rows(_CAMPAIGNS, (plan_id,))),
                open_tickets=tickets,
            )
            for plan_id, name, description, closes_ticket, tickets in reader.rows(_PLANS)
        ]

    def show(self, name: str) -> PlanDefinition:
        """The plan with this name, in any case. Raises InvalidInput with the nearest names."""
        entry = self._desk.setup.entry("plan", name)
        return next(plan for plan in self.list() if plan.name == entry.name)


def _actions(reader: Reader, plan_id: int) -> tuple[ActionDefinition, ...]:
    return tuple(
        ActionDefinition(
            name,
            description,
            closes_plan,
            bool(comment_allowed),
            tuple((status, bool(closes)) for status, closes in reader.rows(_STATUSES, (action_id,))),
        )
        for action_id, name, description, closes_plan, comment_allowed in reader.rows(_ACTIONS, (plan_id,))
    )
