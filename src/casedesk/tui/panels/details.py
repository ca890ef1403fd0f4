"""The tab Details: number, people, dates, source and ids (N4)."""

from __future__ import annotations

from datetime import datetime

from casedesk.desk.values import Ticket
from casedesk.tui.drawing import due, full_instant, short_span
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, labelled, pairs
from casedesk.tui.timing import timer_words


def write_details(ticket: Ticket, look: Look, width: int) -> list[Line]:
    """The lines of the tab."""
    line = ticket.line

    def when(at: datetime | None) -> str | None:
        return None if at is None else f"{full_instant(at, look.zone)} ({short_span(look.now - at)} ago)"

    response = ticket.response
    blocks: list[list[tuple[str, str | None]]] = [
        [
            ("Number", f"#{ticket.number} (version {ticket.version})"),
            ("Status", line.status if line.status == line.state else f"{line.status} ({line.state})"),
            ("Priority", line.priority),
            ("Topic", line.topic),
            ("Owner", line.owner),
            ("Helpers", ", ".join(ticket.helpers)),
            ("Team", line.team),
            ("Account", ticket.account),
        ],
        [
            ("Opened", when(line.created_at)),
            ("Opened by", f"{ticket.opened_by} ({ticket.origin})"),
            ("Answered", when(response.answered_at) if response else None),
            ("Updated", when(line.updated_at)),
            ("Due", _due(ticket, look)),
            ("Wakes up", full_instant(line.wake_at, look.zone) if line.wake_at else None),
            ("Closed", when(line.closed_at)),
            ("Resolution", ticket.resolution),
        ],
        [
            ("Plan", ticket.plan.name if ticket.plan else None),
            ("Exit state", ticket.exit_state),
            ("Campaign", line.campaign),
            ("Source", ticket.source or (response.source if response else None)),
            ("External id", ticket.external_id),
            ("Response id", response.external_id if response else None),
            ("Language", ticket.language),
        ],
    ]
    written = [[row for label, value in block for row in labelled(label, value, width)] for block in blocks]
    if ticket.timers:
        timers = [(timer.kind.capitalize(), timer_words(timer, look)) for timer in ticket.timers]
        written.insert(2, [heading("Timers", width), *pairs(timers, width)])
    first, *others = written
    return [*first, *(line for block in others for line in (blank(), *block))]


def _due(ticket: Ticket, look: Look) -> str | None:
    at = ticket.line.due_at
    if at is None:
        return None
    whole = full_instant(at, look.zone)
    return whole if ticket.line.state == "closed" else f"{whole} ({due(at, look.now)})"
