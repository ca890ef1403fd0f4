"""Add a note that other agents see (M11). A note always gets in, whatever others changed meanwhile (behaviour 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drafts import Drafted
from casedesk.tui.forms import Form, TextBlockField, Values, tickets_said

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[str]:
    """Asks for the note's text."""
    return Form(
        title=target.title("Add a note"),
        fields=[TextBlockField(name="body", label="Note", placeholder="Seen by the agents of this desk only.")],
        submit="Add the note" if target.count == 1 else f"Add the note to {tickets_said(target.count)}",
        build=_body,
    )


def _body(values: Values) -> str:
    return str(values["body"])


def perform(desk: Desk, target: Target, body: str, guards: Guards) -> Outcome:
    """Write the note on every ticket of the target."""
    return desk.tickets.add_note(target.tickets, body, **guards)


ACT: Act[str] = Act("ticket.note", perform, form, guarded=False, drafted=Drafted("note", "body"))
