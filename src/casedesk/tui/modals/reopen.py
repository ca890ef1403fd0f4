"""Open a closed ticket again, after asking: who closed it and how is taken off it (behaviour 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Choice, ChoiceField, Form, tickets_said
from casedesk.tui.modals.choosing import fits

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[bool]:
    """Asks whether it is meant."""
    closed = sum(line.state == "closed" for line in target.lines)
    if not closed:
        which = f"#{target.numbers[0]} isn't" if target.count == 1 else "None of them is"
        raise InvalidInput(f"{which} closed.")
    reopen = Choice(True, "Reopen", detail=fits(closed, len(target.lines)))
    return Form(
        title=target.title("Reopen"),
        fields=[ChoiceField(name="sure", label="Reopen", choices=(reopen,))],
        submit=f"Reopen the {tickets_said(target.count)}",
        build=lambda values: bool(values["sure"]),
        intro=_consequence(target),
    )


def _consequence(target: Target) -> str:
    resolution = target.ticket.resolution if target.ticket else None
    lost = f"The resolution “{resolution}” is" if resolution else "Resolutions are"
    return f"{lost} taken away; the activity keeps what was. A plan that was closed stays closed."


def perform(desk: Desk, target: Target, sure: bool, guards: Guards) -> Outcome:
    """Reopen the tickets."""
    return desk.tickets.reopen(target.tickets, **guards)


ACT: Act[bool] = Act("ticket.reopen", perform, form)
