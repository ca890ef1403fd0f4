"""Change the status (M8, behaviour 1.1): what a ticket can't become is shown with the reason.

For pending it asks when the ticket is to open again by itself (behaviour 1.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.domain.lifecycle import CLOSED, PENDING, moves_from
from casedesk.domain.rights import TICKETS_CLOSE, TICKETS_REOPEN
from casedesk.domain.wake_up import wake_instant
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Choice, ChoiceField, FieldError, Form, TextField, Values
from casedesk.tui.modals import close
from casedesk.tui.modals.choosing import fits
from casedesk.tui.modals.close import Closing, about_plans, closing, closing_fields

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, PlanOfSome, TicketLine


NOW = "now"


@dataclass(frozen=True, slots=True)
class Change:
    """Another status, and for a pending one when it wakes up."""

    status: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the form needs beside the tickets: their plans, and what a wake-up is reckoned by."""

    plans: tuple[PlanOfSome, ...]
    now: datetime
    zone: ZoneInfo


def read(desk: Desk, numbers: Sequence[int]) -> Surroundings:
    """The tickets' plans, the instant and the desk's zone."""
    return Surroundings(desk.plans.of_tickets(numbers), desk.now(), desk.zone)


def form(target: Target) -> Form[Change | Closing]:
    """Asks for the status; for pending when it wakes up, and for one that closes what closing needs."""
    about: Surroundings = target.more
    states = dict(target.choices.statuses)
    choices = [choice for name, state in target.choices.statuses if (choice := _choice(target, name, state))]
    if not choices:
        raise InvalidInput("There is no status that you may choose.")

    def becomes(values: Values) -> str | None:
        return states.get(values.get("status") or "")

    closed_already = bool(target.lines) and all(line.state == CLOSED for line in target.lines)

    def closes(values: Values) -> bool:
        return becomes(values) == CLOSED and not closed_already

    return Form(
        title=target.title("Status"),
        fields=[
            ChoiceField(name="status", label="Status", choices=tuple(choices), initial=_first_change(choices)),
            TextField(
                name="wake",
                label="Wake it",
                required=False,
                initial=_present_wake_up(target, about.zone),
                placeholder="3d, 2h, tomorrow, 2026-12-01 09:00; or nothing",
                when=lambda values: becomes(values) == PENDING,
            ),
            *closing_fields(target, about.plans, closes),
        ],
        submit="Change the status",
        build=lambda values: _result(values, about, closes(values)),
        intro=about_plans(about.plans),
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
    stands_for = "" if name.casefold() == state else state
    return Choice(name, name, detail=", ".join(filter(None, (stands_for, fits(possible, len(reasons))))))


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


def _present_wake_up(target: Target, zone: ZoneInfo) -> str:
    """When all the tickets wake up already, as one would write it; nothing when they don't."""
    at: datetime | None = target.common(lambda line: line.wake_at)
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _result(values: Values, about: Surroundings, closes: bool) -> Change | Closing:
    status = str(values["status"])
    if closes:
        return replace(closing(values), status=status)
    wake = str(values.get("wake") or "")
    try:
        return Change(status, wake_instant(wake, about.now, about.zone) if wake else None)
    except InvalidInput as error:
        raise FieldError("wake", error.sentence) from error


def perform(desk: Desk, target: Target, change: Change | Closing, guards: Guards) -> Outcome:
    """Change the status, or close where the status closes."""
    if isinstance(change, Closing):
        return close.perform(desk, target, change, guards)
    return desk.tickets.set_status(target.tickets, change.status, until=change.until, **guards)


ACT: Act[Change | Closing] = Act("ticket.status", perform, form, read=read)
