"""Closing and reopening (A2, behaviour 1.1 and 1.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.recording import Recorder
from casedesk.domain import lifecycle
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.setup import StatusEntry


def close_ticket(
    desk: Desk,
    recorder: Recorder,
    ticket: model.Ticket,
    *,
    resolution: str | None = None,
    exit_state: str | None = None,
    status: StatusEntry | None = None,
) -> None:
    """Close the ticket: status, resolution, closer and instant, and its plan where that is still open.

    Raises InvalidInput when it is closed already, or naming what closing still needs.
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
    recorder.set(ticket, "closed_by_id", recorder.act.user_id)
    recorder.set(ticket, "wake_at", None)
    recorder.set(ticket, "status_id", to.id, kind="status", texts=(before, to.name))
    if option is not None:
        recorder.set(ticket, "resolution_id", option.id, kind="resolution", texts=("", option.name))


def reopen_ticket(desk: Desk, recorder: Recorder, ticket: model.Ticket, *, status: StatusEntry | None = None) -> None:
    """Open a closed ticket again. Resolution and closer are cleared; the feed keeps them. The plan stays closed."""
    if ticket.state != lifecycle.CLOSED:
        raise InvalidInput(f"#{ticket.id} isn't closed but {ticket.state}.")
    to = status or desk.setup.status_for(lifecycle.OPEN)
    before = desk.setup.status_name(ticket.status_id)
    recorder.set(ticket, "state", lifecycle.OPEN)
    recorder.set(ticket, "closed_at", None)
    recorder.set(ticket, "closed_by_id", None)
    recorder.set(ticket, "resolution_id", None)
    recorder.set(ticket, "status_id", to.id, kind="status", texts=(before, to.name), cause="reopened")
