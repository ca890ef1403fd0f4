"""The plans of several tickets at once, in a few queries however many the tickets are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.values import ActionChoice, PlanOfSome

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

_PLANS = """
    SELECT p.id, p.name, count(*), sum(t.plan_closed_at IS NULL),
           sum(t.plan_closed_at IS NULL AND t.state <> 'closed'), p.closes_ticket
    FROM ticket t JOIN plan p ON p.id = t.plan_id
    WHERE t.id IN (SELECT value FROM json_each(?)) GROUP BY p.id ORDER BY 3 DESC, p.name"""

_COMPLETED = """
    SELECT ta.plan_id, ta.action_id, count(DISTINCT ta.ticket_id)
    FROM ticket_action ta JOIN ticket t ON t.id = ta.ticket_id AND t.plan_id = ta.plan_id
    WHERE t.id IN (SELECT value FROM json_each(?)) AND ta.completed AND t.plan_closed_at IS NULL
          AND t.state <> 'closed'
    GROUP BY 1, 2"""

_ACTIONS = """
    SELECT a.id, a.name, a.description, a.comment_allowed, a.closes_plan,
           (SELECT json_group_array(name) FROM (SELECT name FROM action_status
            WHERE action_id = a.id AND NOT retired ORDER BY position, id))
    FROM plan_action pa JOIN action a ON a.id = pa.action_id
    WHERE pa.plan_id = ? AND NOT a.retired ORDER BY pa.position, a.id"""

_EXIT_STATES = "SELECT name FROM plan_exit_state WHERE plan_id = ? AND NOT retired ORDER BY position, id"


_OF_CAMPAIGN = """
    SELECT p.id, p.name, p.closes_ticket FROM campaign c JOIN plan p ON p.id = c.plan_id
    WHERE c.name = ? AND NOT p.retired"""


def campaign_plan(desk: Desk, campaign: str) -> tuple[PlanOfSome, ...]:
    """The plan that a new ticket of the campaign gets, as if one ticket had it; nothing where there is none."""
    reader = desk.store.reader()
    row = reader.row(_OF_CAMPAIGN, (campaign,))
    if row is None:
        return ()
    plan_id, name, closes_ticket = row
    actions = tuple(
        ActionChoice(action_id, action, about, tuple(json.loads(statuses)), bool(comment), closes, None)
        for action_id, action, about, comment, closes, statuses in reader.rows(_ACTIONS, (plan_id,))
    )
    exit_states = tuple(row[0] for row in reader.rows(_EXIT_STATES, (plan_id,)))
    return (PlanOfSome(name, 1, 1, actions, (1,) * len(actions), exit_states, bool(closes_ticket)),)


def plans_of(desk: Desk, numbers: Sequence[int]) -> tuple[PlanOfSome, ...]:
    """The plans of these tickets; an action is refused only when none of them can take it (S11, S12)."""
    reader = desk.store.reader()
    wanted = json.dumps(list(numbers))
    completed = {(plan, action): count for plan, action, count in reader.rows(_COMPLETED, (wanted,))}
    plans = []
    for plan_id, name, count, unclosed, workable, closes_ticket in reader.rows(_PLANS, (wanted,)):
        actions, takers = [], []
        for action_id, action, about, comment, closes, statuses in reader.rows(_ACTIONS, (plan_id,)):
            can = workable - completed.get((plan_id, action_id), 0)
            refusal = None if can else _refusal(count, unclosed, workable)
            names = tuple(json.loads(statuses))
            actions.append(ActionChoice(action_id, action, about, names, bool(comment), closes, refusal))
            takers.append(can)
        exit_states = tuple(row[0] for row in reader.rows(_EXIT_STATES, (plan_id,)))
        plans.append(PlanOfSome(name, count, workable, tuple(actions), tuple(takers), exit_states, bool(closes_ticket)))
    return tuple(plans)


def _refusal(tickets: int, unclosed: int, workable: int) -> str:
    """Why an action can be chosen on none of the tickets."""
    if not unclosed:
        return "the plan is closed" if tickets == 1 else "the plan is closed on all of them"
    if workable:
        return "it was completed on this ticket" if tickets == 1 else "it was completed on all of them"
    return "the ticket is closed" if tickets == 1 else "their plans or the tickets are closed"
