"""Choose the priority (N1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form
from casedesk.tui.modals.choosing import Chosen, ask_one, one_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Chosen]:
    """Asks for the priority."""
    current = target.common(lambda line: line.priority)
    return ask_one(target, "Priority", one_of(target.choices.priorities, current, "no priority"), current)


def perform(desk: Desk, target: Target, chosen: Chosen, guards: Guards) -> Outcome:
    """Give the tickets that priority."""
    return desk.tickets.set_priority(target.tickets, chosen.name, **guards)


ACT: Act[Chosen] = Act("ticket.priority", perform, form)
