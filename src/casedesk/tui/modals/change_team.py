"""Choose the team whose queue the ticket is in (N11), with a word to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drafts import Drafted
from casedesk.tui.forms import Form
from casedesk.tui.modals.choosing import HandOver, ask_receiver, one_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[HandOver]:
    """Asks for the team, and what to tell it."""
    if not target.choices.teams:
        raise InvalidInput("The desk has no teams to choose from.")
    current = target.common(lambda line: line.team)
    choices = one_of(target.choices.teams, current, "no team")
    return ask_receiver(target, "Team", choices, current, told=lambda chosen: chosen.name is not None)


def perform(desk: Desk, target: Target, to: HandOver, guards: Guards) -> Outcome:
    """Give the tickets that team."""
    return desk.tickets.set_team(target.tickets, to.name, note=to.note, **guards)


ACT: Act[HandOver] = Act("ticket.team", perform, form, drafted=Drafted("team", "note"))
