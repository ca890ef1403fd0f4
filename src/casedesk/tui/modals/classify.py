"""Choose the classifications (M12): ticked are those that every ticket has, half ticked those that some have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form, Ticks, Values
from casedesk.tui.modals.choosing import held_field

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Ticks]:
    """Asks which classifications the tickets have."""
    if not target.choices.classifications and not target.more:
        raise InvalidInput("The desk has no classifications to choose from.")
    return Form(
        title=target.title("Classify"),
        fields=[held_field("Classifications", target.choices.classifications, target.more, target)],
        submit="Classify",
        build=_ticks,
    )


def _ticks(values: Values) -> Ticks:
    ticks: Ticks = values["names"]
    return ticks


def perform(desk: Desk, target: Target, ticks: Ticks, guards: Guards) -> Outcome:
    """Add what was ticked and remove what was unticked."""
    return desk.tickets.classify(target.tickets, add=ticks.added, remove=ticks.removed, **guards)


ACT: Act[Ticks] = Act(
    "ticket.classify", perform, form, read=lambda desk, numbers: desk.tickets.holding("classification", numbers)
)
