"""Choose who owns the ticket (N1): oneself first, then the others with a word to them, then nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drafts import Drafted
from casedesk.tui.forms import Choice, Form
from casedesk.tui.modals.choosing import Chosen, HandOver, ask_receiver, one_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[HandOver]:
    """Asks for the owner, and what to tell another one."""
    me = target.user.login
    current = target.common(lambda line: line.owner)
    myself = Choice(Chosen(me), "me", detail="now" if current == me else me)
    others = [login for login in target.choices.users if login != me]
    choices = (myself, *one_of(others, current, "nobody", away=target.choices.away))
    return ask_receiver(target, "Owner", choices, told=lambda chosen: chosen.name not in (None, me))


def perform(desk: Desk, target: Target, to: HandOver, guards: Guards) -> Outcome:
    """Assign the tickets."""
    return desk.tickets.assign(target.tickets, to.name, note=to.note, **guards)


ACT: Act[HandOver] = Act("ticket.owner", perform, form, drafted=Drafted("owner", "note"))
