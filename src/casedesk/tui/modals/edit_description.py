"""Write the description in the user's own editor (N4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drafts import Drafted
from casedesk.tui.forms import Form, TextBlockField, Values

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

LONGEST = 1_000_000


def form(target: Target) -> Form[str]:
    """Shows the description; the editor opens at once."""
    now = target.ticket.description if target.ticket else ""
    return Form(
        title=target.title("Description"),
        fields=[TextBlockField(name="text", label="Description", initial=now, required=False, longest=LONGEST)],
        submit="Keep the description",
        build=_text,
        in_editor=True,
    )


def _text(values: Values) -> str:
    return str(values["text"])


def perform(desk: Desk, target: Target, text: str, guards: Guards) -> Outcome:
    """Write the description."""
    return desk.tickets.edit_description(target.numbers[0], text, **guards)


ACT: Act[str] = Act(
    "ticket.description", perform, form, many=False, repeatable=False, drafted=Drafted("description", "text")
)
