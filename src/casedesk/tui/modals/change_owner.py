"""Choose who owns the ticket (N1): oneself first, then the others, then nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Choice, Form
from casedesk.tui.modals.choosing import Chosen, ask_one, one_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Chosen]:
    """Asks for the owner."""
    me = target.user.login
    current = target.common(lambda line: line.owner)
    myself = Choice(Chosen(me), "me", detail="now" if current == me else me)
    others = [login for login in target.choices.users if login != me]
    return ask_one(target, "Owner", (myself, *one_of(others, current, "nobody")))


def perform(desk: Desk, target: Target, chosen: Chosen, guards: Guards) -> Outcome:
    """Assign the tickets."""
    return desk.tickets.assign(target.tickets, chosen.name, **guards)


ACT: Act[Chosen] = Act("ticket.owner", perform, form)
