"""Choose the team whose queue the ticket is in (N11)."""

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
    """Asks for the team."""
    if not target.choices.teams:
        raise InvalidInput("The desk has no teams to choose from.")
    current = target.common(lambda line: line.team)
    return ask_one(target, "Team", one_of(target.choices.teams, current, "no team"), current)


def perform(desk: Desk, target: Target, chosen: Chosen, guards: Guards) -> Outcome:
    """Give the tickets that team."""
    return desk.tickets.set_team(target.tickets, chosen.name, **guards)


ACT: Act[Chosen] = Act("ticket.team", perform, form)
