"""Changing the status, closing and reopening (A2, M8, behaviour 1.1, 1.3 and 1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.instants import instant_text, moment
from casedesk.desk.recording import Recorder
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import InvalidInput, Unchanged

if TYPE_CHECKING:
    from datetime import datetime

    from casedesk.desk.desk import Desk
    from casedesk.desk.setup import StatusEntry


def change_status(
    desk: Desk, recorder: Recorder, ticket: model.Ticket, to: StatusEntry, until: datetime | None = None
) -> None:
    """Give the ticket one of the desk's statuses; a pending one returns to open at `until`.

    Closing and reopening are rights of their own. Raises InvalidInput, naming the allowed statuses, for a move that
    isn't allowed, and Unchanged when the ticket is so already.
    """
    wake_at = int(until.timestamp()) if until else None
    if ticket.status_id == to.id and ticket.wake_at == wake_at:
        raise Unchanged(f"#{ticket.id} is {to.name} already.")
    lifecycle.check_move(ticket.state, to.state, _names_by_state(desk))
    if to.state == lifecycle.CLOSED and ticket.state != lifecycle.CLOSED:
        desk.require(rights.TICKETS_CLOSE)
    elif ticket.state == lifecycle.CLOSED and to.state != lifecycle.CLOSED:
        desk.require(rights.TICKETS_REOPEN)
    move_to(desk, recorder, ticket, to, wake_at)


def move_to(
    desk: Desk,
    recorder: Recorder,
    ticket: model.Ticket,
    to: StatusEntry,
    wake_at: int | None = None,
    *,
    cause: str = "",
) -> None:
    """The same without asking for anybody's right: rules act by their own. Raises InvalidInput."""
    lifecycle.check_move(ticket.state, to.state, _names_by_state(desk))
    if to.state == lifecycle.CLOSED and ticket.state != lifecycle.CLOSED:
        close_ticket(desk, recorder, ticket, status=to)
    elif ticket.state == lifecycle.CLOSED and to.state != lifecycle.CLOSED:
        reopen_ticket(desk, recorder, ticket, status=to, cause=cause or "reopened")
    else:
        texts = (desk.setup.status_name(ticket.status_id), to.name)
        recorder.set(ticket, "state", to.state)
        recorder.set(ticket, "status_id", to.id, kind="status", texts=texts, cause=cause)
        _set_wake_up(desk, recorder, ticket, wake_at)


def _names_by_state(desk: Desk) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for status in desk.setup.statuses():
        if not status.retired:
            names.setdefault(status.state, []).append(status.name)
    return names


def _set_wake_up(desk: Desk, recorder: Recorder, ticket: model.Ticket, wake_at: int | None) -> None:
    """Record the wake-up instant in words where the ticket is pending; leaving pending only forgets it."""
    before, after = ("" if at is None else instant_text(desk, moment(at)) for at in (ticket.wake_at, wake_at))
    kind = "wake-up" if ticket.state == lifecycle.PENDING else ""
    recorder.set(ticket, "wake_at", wake_at, kind=kind, texts=(before, after))


def close_ticket(
    desk: Desk,
    recorder: Recorder,
    ticket: model.Ticket,
    *,
    resolution: str | None = None,
    exit_state: str | None = None,
    status: StatusEntry | None = None,
    by_rule: bool = False,
) -> None:
    """Close the ticket: status, resolution, closer and instant, and its plan where that is still open.

    What a rule closes has no closer. Raises InvalidInput when it is closed already, or naming what closing still needs.
    """
    if ticket.state == lifecycle.CLOSED:
        raise InvalidInput(f"#{ticket.id} is closed already.")
    options = desk.setup.entries("resolution")
    if options and not resolution:
        names = ", ".join(option.name for option in options)
        raise InvalidInput(f"Closing #{ticket.id} needs a resolution: {names}.")
    option = desk.setup.entry("resolution", resolution) if resolution else None
    if ticket.plan_id is not None and ticket.plan_closed_at is None:
        desk.plans.close(recorder, ticket, exit_state)
    elif exit_state and ticket.plan_id is None:
        raise InvalidInput(f"#{ticket.id} has no plan, so there is no exit state to choose.")
    to = status or desk.setup.status_for(lifecycle.CLOSED)
    before = desk.setup.status_name(ticket.status_id)
    recorder.set(ticket, "state", lifecycle.CLOSED)
    recorder.set(ticket, "closed_at", recorder.at)
    recorder.set(ticket, "closed_by_id", None if by_rule else recorder.act.user_id)
    recorder.set(ticket, "wake_at", None)
    recorder.set(ticket, "status_id", to.id, kind="status", texts=(before, to.name))
    if option is not None:
        recorder.set(ticket, "resolution_id", option.id, kind="resolution", texts=("", option.name))


def reopen_ticket(
    desk: Desk,
    recorder: Recorder,
    ticket: model.Ticket,
    *,
    status: StatusEntry | None = None,
    cause: str = "reopened",
) -> None:
    """Open a closed ticket again. Resolution and closer are cleared; the feed keeps them. The plan stays closed."""
    if ticket.state != lifecycle.CLOSED:
        raise InvalidInput(f"#{ticket.id} isn't closed but {ticket.state}.")
    to = status or desk.setup.status_for(lifecycle.OPEN)
    before = desk.setup.status_name(ticket.status_id)
    recorder.set(ticket, "state", lifecycle.OPEN)
    recorder.set(ticket, "closed_at", None)
    recorder.set(ticket, "closed_by_id", None)
    recorder.set(ticket, "resolution_id", None)
    recorder.set(ticket, "status_id", to.id, kind="status", texts=(before, to.name), cause=cause)
