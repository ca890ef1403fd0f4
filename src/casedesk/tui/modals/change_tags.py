"""Add and remove tags; a new word becomes a new tag (M2, M4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form, Ticks, Values
from casedesk.tui.modals.choosing import held_field

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Ticks]:
    """Asks which tags the tickets have; typing finds one, or makes it."""
    return Form(
        title=target.title("Tags"),
        fields=[held_field("Tags", target.choices.tags, target.more, target, allow_new=True)],
        submit="Change the tags",
        build=_ticks,
    )


def _ticks(values: Values) -> Ticks:
    ticks: Ticks = values["names"]
    return ticks


def perform(desk: Desk, target: Target, ticks: Ticks, guards: Guards) -> Outcome:
    """Add what was ticked and remove what was unticked."""
    return desk.tickets.tag(target.tickets, add=ticks.added, remove=ticks.removed, **guards)


ACT: Act[Ticks] = Act("ticket.tag", perform, form, read=lambda desk, numbers: desk.tickets.holding("tag", numbers))
