"""Give another action plan (S4). A ticket on whose plan something was done keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form
from casedesk.tui.modals.choosing import Chosen, ask_one, one_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Chosen]:
    """Asks for the plan."""
    if not target.choices.plans:
        raise InvalidInput("The desk has no action plans to choose from.")
    current = target.ticket.plan.name if target.ticket and target.ticket.plan else None
    return ask_one(target, "Plan", one_of(target.choices.plans, current, "no plan"), current)


def perform(desk: Desk, target: Target, chosen: Chosen, guards: Guards) -> Outcome:
    """Give the tickets that plan."""
    return desk.tickets.set_plan(target.tickets, chosen.name, **guards)


ACT: Act[Chosen] = Act("ticket.plan", perform, form)
