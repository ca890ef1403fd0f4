"""How what is due is shown: the time left, with a sign of its own for each way it can stand (behaviour 3.7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from casedesk.desk.values import Ticket, TimerLine
from casedesk.tui.drawing import due, full_instant, line_of, short_span
from casedesk.tui.look import Line, Look, Span


def due_mark(due_at: datetime, soon_at: datetime | None, look: Look) -> Span:
    """In at most six cells: `<3d` left, `◔40m` about to be missed, `3d!` overdue. The due instant itself isn't."""
    left = due_at - look.now
    if left < timedelta(0):
        return f"{short_span(-left)}!", "bad"
    if is_due_soon(due_at, soon_at, look):
        return f"{_soon(look)}{short_span(left)}", "warning"
    return f"<{short_span(left)}", "muted"


def paused_mark(look: Look) -> Span:
    """In at most six cells: a timer runs, but stands still while the ticket is pending."""
    return ("paused" if look.plain else "‖"), "state-pending"


def is_due_soon(due_at: datetime, soon_at: datetime | None, look: Look) -> bool:
    """Not overdue, but about to be."""
    return soon_at is not None and soon_at <= look.now <= due_at


def due_head(ticket: Ticket, look: Look) -> Line:
    """What the head line says of the ticket's timers: `due in 1h 10m`, or each of several; nothing where none runs."""
    line = ticket.line
    running = [timer for timer in ticket.timers if timer.ended_at is None]
    if len(running) > 1:
        return [span for timer in running for span in _in_head(timer, look)]
    if line.due_at is not None and line.state != "closed":
        role = due_mark(line.due_at, line.due_soon_at, look)[1]
        sign = f"{_soon(look)} " if role == "warning" else ""
        return [(" · ", "muted"), (sign + due(line.due_at, look.now), "text" if role == "muted" else role)]
    return [(" · ", "muted"), _paused_words(look)] if line.paused else []


def _in_head(timer: TimerLine, look: Look) -> Line:
    mark = due_mark(timer.due_at, timer.warn_at, look) if timer.due_at else paused_mark(look)
    return [(" · ", "muted"), (f"{timer.kind} ", "muted"), mark]


def _paused_words(look: Look) -> Span:
    mark, role = paused_mark(look)
    return (mark if look.plain else f"{mark} paused"), role


def _soon(look: Look) -> str:
    return "~" if look.plain else "◔"


def timer_words(timer: TimerLine, look: Look) -> str:
    """A timer in words: how it stands, when it was or is due, and by which policy."""
    at = f"due {full_instant(timer.due_at, look.zone)}" if timer.due_at else ""
    if timer.ended_at is not None:
        said = f"{timer.standing} {full_instant(timer.ended_at, look.zone)}"
        return " · ".join(filter(None, [said, at, line_of(timer.policy)]))
    if timer.due_at is None:
        return f"paused while pending · {line_of(timer.policy)}"
    soon = "about to be missed: " if is_due_soon(timer.due_at, timer.warn_at, look) else ""
    return f"{at} ({soon}{due(timer.due_at, look.now)}) · {line_of(timer.policy)}"
