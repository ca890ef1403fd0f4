"""Change the status (M8, behaviour 1.1): what a ticket can't become is shown with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.domain.lifecycle import CLOSED, moves_from
from casedesk.domain.rights import TICKETS_CLOSE, TICKETS_REOPEN
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Choice, ChoiceField, Form, Values
from casedesk.tui.modals import close
from casedesk.tui.modals.choosing import fits
from casedesk.tui.modals.close import Closing, about_plans, closing, closing_fields, open_plans

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, TicketLine


NOW = "now"


def form(target: Target) -> Form[str | Closing]:
    """Asks for the status; for one that closes, also for what closing needs."""
    states = dict(target.choices.statuses)
    choices = [choice for name, state in target.choices.statuses if (choice := _choice(target, name, state))]
    if not choices:
        raise InvalidInput("There is no status that you may choose.")

    def closes(values: Values) -> bool:
        return states.get(values.get("status") or "") == CLOSED

    return Form(
        title=target.title("Status"),
        fields=[
            ChoiceField(name="status", label="Status", choices=tuple(choices), initial=_first_change(choices)),
            *closing_fields(target, closes),
        ],
        submit="Change the status",
        build=lambda values: _result(values, closes(values)),
        intro=about_plans(target.more),
    )


def _choice(target: Target, name: str, state: str) -> Choice | None:
    """A status with how many tickets may take it; none at all without the right to close or to reopen (M13)."""
    if state == CLOSED and TICKETS_CLOSE not in target.user.rights:
        return None
    reasons = [_refusal(line, name, state, TICKETS_REOPEN in target.user.rights) for line in target.lines]
    possible = sum(reason is None for reason in reasons)
    if reasons and set(reasons) == {NOW} and state != CLOSED:
        return Choice(name, name, detail=NOW)
    if reasons and not possible:
        return Choice(name, name, refusal=reasons[0] if len(set(reasons)) == 1 else "fits none of them")
    return Choice(name, name, detail=fits(possible, len(reasons)))


def _first_change(choices: Sequence[Choice]) -> str | None:
    """The first status that would change something."""
    return next((choice.value for choice in choices if choice.refusal is None and choice.detail != NOW), None)


def _refusal(line: TicketLine, name: str, state: str, may_reopen: bool) -> str | None:
    """Why the ticket can't get that status, or None."""
    if line.status == name:
        return NOW
    if line.state != state and state not in moves_from(line.state):
        return f"not from {line.state}"
    if line.state == CLOSED and state != CLOSED and not may_reopen:
        return "reopening is a right of its own"
    return None


def _result(values: Values, closes: bool) -> str | Closing:
    status = str(values["status"])
    return replace(closing(values), status=status) if closes else status


def perform(desk: Desk, target: Target, change: str | Closing, guards: Guards) -> Outcome:
    """Change the status, or close where the status closes."""
    if isinstance(change, Closing):
        return close.perform(desk, target, change, guards)
    return desk.tickets.set_status(target.tickets, change, **guards)


ACT: Act[str | Closing] = Act("ticket.status", perform, form, read=open_plans)
