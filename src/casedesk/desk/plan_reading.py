"""Reading action plans as the desk defines them (S1 to S4)."""

from __future__ import annotations

import builtins
import json
from typing import TYPE_CHECKING

from casedesk.desk.values import ActionDefinition, PlanDefinition
from casedesk.domain.rights import CONFIGURE, PLANS, TICKETS_VIEW

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Reader

_PLANS = """
    SELECT p.id, p.name, p.description, p.closes_ticket, p.retired,
           CASE WHEN ? THEN
               (SELECT count(*) FROM ticket WHERE plan_id = p.id AND plan_closed_at IS NULL AND state <> 'closed') END
    FROM plan p WHERE p.retired <= ? ORDER BY p.retired, p.name COLLATE NOCASE"""

_ACTIONS = """
    SELECT a.id, a.name, a.description, a.closes_plan, a.comment_allowed, a.retired,
           (SELECT json_group_array(name) FROM
            (SELECT p.name FROM plan_action pa JOIN plan p ON p.id = pa.plan_id
             WHERE pa.action_id = a.id AND NOT p.retired ORDER BY p.name COLLATE NOCASE))
    FROM action a"""

_ACTIONS_OF_PLAN = f"""{_ACTIONS} JOIN plan_action own ON own.action_id = a.id
    WHERE own.plan_id = ? AND NOT a.retired ORDER BY own.position, a.id"""

_STATUSES = """
    SELECT name, closes_action FROM action_status WHERE action_id = ? AND NOT retired ORDER BY position, id"""

_EXIT_STATES = "SELECT name FROM plan_exit_state WHERE plan_id = ? AND NOT retired ORDER BY position, id"
_CAMPAIGNS = "SELECT name FROM campaign WHERE plan_id = ? AND NOT retired ORDER BY name COLLATE NOCASE"


class PlanReading:
    """The reading half of `desk.plans`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, *, retired: bool = False, counted: bool = True) -> list[PlanDefinition]:
        """Every plan by name; with `retired`, those that are retired come last.

        Counting the tickets that are worked by each reads all tickets: `counted` leaves it out.
        """
        self._desk.require(TICKETS_VIEW, PLANS, CONFIGURE)
        reader = self._desk.store.reader()
        return [
            PlanDefinition(
                name,
                description,
                bool(closes_ticket),
                exit_states=tuple(row[0] for row in reader.rows(_EXIT_STATES, (plan_id,))),
                actions=_definitions(reader, _ACTIONS_OF_PLAN, (plan_id,)),
                campaigns=tuple(row[0] for row in reader.rows(_CAMPAIGNS, (plan_id,))),
                open_tickets=tickets,
                retired=bool(is_retired),
            )
            for plan_id, name, description, closes_ticket, is_retired, tickets in reader.rows(
                _PLANS, (counted, retired)
            )
        ]

    def show(self, name: str) -> PlanDefinition:
        """The plan with this name, in any case. Raises InvalidInput with the nearest names."""
        self._desk.require(TICKETS_VIEW, PLANS, CONFIGURE)
        entry = self._desk.setup.entry("plan", name)
        return next(plan for plan in self.list() if plan.name == entry.name)

    def actions(self) -> builtins.list[ActionDefinition]:
        """Every action by name, those in no plan included; retired ones come last."""
        self._desk.require(TICKETS_VIEW, PLANS, CONFIGURE)
        by_name = f"{_ACTIONS} ORDER BY a.retired, a.name COLLATE NOCASE, a.id"
        return [*_definitions(self._desk.store.reader(), by_name)]


def _definitions(reader: Reader, query: str, values: tuple[int, ...] = ()) -> tuple[ActionDefinition, ...]:
    return tuple(
        ActionDefinition(
            action_id,
            name,
            description,
            closes_plan,
            bool(comment_allowed),
            tuple((status, bool(closes)) for status, closes in reader.rows(_STATUSES, (action_id,))),
            plans=tuple(json.loads(plans)),
            retired=bool(retired),
        )
        for action_id, name, description, closes_plan, comment_allowed, retired, plans in reader.rows(query, values)
    )
