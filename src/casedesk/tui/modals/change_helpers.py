"""Choose who works on the ticket beside its owner (N1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form, Ticks, Values
from casedesk.tui.modals.choosing import held_field

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Ticks]:
    """Asks which users help."""
    return Form(
        title=target.title("Helpers"),
        fields=[held_field("Helpers", target.choices.users, target.more, target)],
        submit="Change the helpers",
        build=_ticks,
    )


def _ticks(values: Values) -> Ticks:
    ticks: Ticks = values["names"]
    return ticks


def perform(desk: Desk, target: Target, ticks: Ticks, guards: Guards) -> Outcome:
    """Add who was ticked and remove who was unticked."""
    return desk.tickets.set_helpers(target.tickets, add=ticks.added, remove=ticks.removed, **guards)


ACT: Act[Ticks] = Act(
    "ticket.helpers", perform, form, read=lambda desk, numbers: desk.tickets.holding("helper", numbers)
)
