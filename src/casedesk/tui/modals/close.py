"""Close with a resolution, and with an exit state while a plan is open (A2, behaviour 1.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, Form, Values, choices_of, tickets_said
from casedesk.tui.modals.choosing import fits

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, PlanOfSome, Ticket

SUB_TICKETS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Closing:
    """How tickets are closed; `status` is the one chosen, None for the desk's usual one."""

    resolution: str | None
    exit_state: str | None
    status: str | None = None


def open_plans(desk: Desk, numbers: Sequence[int]) -> tuple[PlanOfSome, ...]:
    """The tickets' plans, as the forms need them."""
    return desk.plans.of_tickets(numbers)


def form(target: Target) -> Form[Closing]:
    """Asks for the resolution, and for the exit state of plans that are still open."""
    if target.lines and all(line.state == "closed" for line in target.lines):
        which = f"#{target.numbers[0]} is" if target.count == 1 else "All of them are"
        raise InvalidInput(f"{which} closed already.")
    fields = closing_fields(target, target.more, lambda _values: True)
    return Form(
        title=target.title("Close"),
        fields=fields or [ChoiceField(name="sure", label="Close", choices=(Choice(True, "Close"),))],
        submit=f"Close the {tickets_said(target.count)}",
        build=closing,
        intro=" ".join(filter(None, (about_plans(target.more), about_sub_tickets(target.ticket)))),
    )


def closing_fields(target: Target, plans: Sequence[PlanOfSome], when: Callable[[Values], bool]) -> list[Field]:
    """What closing tickets with these plans asks for, on the condition `when`."""
    fields: list[Field] = []
    if target.choices.close_options:
        options = choices_of(target.choices.close_options)
        fields.append(ChoiceField(name="resolution", label="Resolution", choices=options, when=when))
    exits = exit_states(plans)
    if exits:
        fields.append(ChoiceField(name="exit_state", label="Exit state", choices=exits, when=when))
    return fields


def exit_states(plans: Sequence[PlanOfSome]) -> tuple[Choice, ...]:
    """The exit states of the plans that are still open, those that fit most tickets first."""
    working = [plan for plan in plans if plan.open]
    total = sum(plan.open for plan in working)
    counts: dict[str, int] = {}
    for plan in working:
        for name in plan.exit_states:
            counts[name] = counts.get(name, 0) + plan.open
    names = sorted(counts, key=lambda name: -counts[name])
    return tuple(Choice(name, name, detail=fits(counts[name], total)) for name in names)


def about_plans(plans: Sequence[PlanOfSome]) -> str:
    """What to know before choosing one exit state for tickets of different plans; nothing when all have the same."""
    working = [plan for plan in plans if plan.open]
    if len({plan.exit_states for plan in working}) < 2:
        return ""
    named = ", ".join(f"{plan.name} ({plan.open:,})" for plan in working)
    return f"Different plans are open: {named}. Tickets whose plan lacks the exit state stay as they are."


def about_sub_tickets(ticket: Ticket | None) -> str:
    """Which sub-tickets of the ticket stay open when it is closed (N5); nothing when none do."""
    related = ticket.related if ticket is not None else ()
    parts = [part for part in related if part.kind == "sub-ticket" and part.line is not None]
    names = [line_of(part.said, 40) for part in parts if part.line is not None and part.line.state != "closed"]
    more = ["…"] if len(names) > SUB_TICKETS_NAMED else []
    return f"Sub-tickets stay open: {', '.join([*names[:SUB_TICKETS_NAMED], *more])}." if names else ""


def closing(values: Values) -> Closing:
    """The form's result."""
    return Closing(values.get("resolution"), values.get("exit_state"))


def perform(desk: Desk, target: Target, closing: Closing, guards: Guards) -> Outcome:
    """Close the tickets."""
    return desk.tickets.close(target.tickets, closing.resolution, closing.exit_state, status=closing.status, **guards)


ACT: Act[Closing] = Act("ticket.close", perform, form, read=open_plans)
