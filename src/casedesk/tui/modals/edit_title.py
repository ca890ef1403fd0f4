"""Write another title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form, TextField, Values

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

LONGEST = 300


def form(target: Target) -> Form[str]:
    """Asks for the title."""
    now = target.lines[0].title if target.lines else ""
    return Form(
        title=target.title("Title"),
        fields=[TextField(name="title", label="Title", initial=now, longest=LONGEST)],
        submit="Keep the title",
        build=_title,
    )


def _title(values: Values) -> str:
    return str(values["title"])


def perform(desk: Desk, target: Target, title: str, guards: Guards) -> Outcome:
    """Write the title."""
    return desk.tickets.edit_title(target.numbers[0], title, **guards)


ACT: Act[str] = Act("ticket.title", perform, form, many=False, repeatable=False)
