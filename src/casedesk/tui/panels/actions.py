"""The tab Actions: the plan as it stands, what was done by it, and what may be chosen now (S9 to S12)."""

from __future__ import annotations

from casedesk.desk.values import ActionChoice, PlanState, RecordedAction, Ticket
from casedesk.tui.drawing import instant, line_of
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, paragraph
from casedesk.tui.widgets.drawn import cut_line


def write_actions(ticket: Ticket, look: Look, width: int) -> list[Line]:
    """The lines of the tab."""
    lines: list[Line] = []
    if ticket.plan is not None:
        lines += _plan(ticket.plan, look, width)
    if ticket.actions:
        lines += [blank(), heading(f"Done {len(ticket.actions)}", width)]
        for done in reversed(ticket.actions):
            lines += _recorded(done, look, width)
    if ticket.plan is not None and ticket.plan.closed_at is None:
        lines += [blank(), heading("May be chosen", width)]
        for choice in ticket.plan.actions:
            lines += _choice(choice, look, width, ends=ticket.plan.closes_ticket)
    if not lines:
        lines += paragraph("This ticket has no action plan.", width, "muted")
    return lines


def _plan(plan: PlanState, look: Look, width: int) -> list[Line]:
    lines = [cut_line([(line_of(plan.name), "strong")], width)]
    if plan.closed_at is not None:
        state = f"closed {instant(plan.closed_at, look.zone, look.now)} · {line_of(plan.exit_state or 'no exit state')}"
        lines.append(cut_line([(state, "state-closed")], width))
    else:
        lines.append([("open", "state-open")])
    return lines + (paragraph(plan.description, width, "muted") if plan.description else [])


def _recorded(done: RecordedAction, look: Look, width: int) -> list[Line]:
    """`✓ 20 Nov 14:31 ana  Call: Reached`, and the comment under it."""
    sign = ("x" if look.plain else "✓") if done.completed else ("-" if look.plain else "…")
    what = line_of(done.action) + (f": {line_of(done.status)}" if done.status else "")
    when = instant(done.at, look.zone, look.now)
    line: Line = [
        (f"{sign} ", "good" if done.completed else "warning"),
        (f"{when} {line_of(done.actor)}  ", "muted"),
        (what, "text"),
        (" · closed the plan" if done.closed_plan else "", "muted"),
    ]
    return [cut_line(line, width), *(paragraph(done.comment, width, "text", indent=2) if done.comment else [])]


def _choice(choice: ActionChoice, look: Look, width: int, *, ends: bool) -> list[Line]:
    """An action with its statuses, or with why it can't be chosen; `ends`: closing the plan closes the ticket."""
    name = line_of(choice.name)
    if choice.refusal is not None:
        return [cut_line([("  ", "muted"), (name, "muted"), (f" – {line_of(choice.refusal)}", "muted")], width)]
    said = " · ".join(line_of(status) for status in choice.statuses)
    closes = {"ask": "may close the plan", "always": "closes the plan"}.get(choice.closes_plan, "")
    closes += " and the ticket" if closes and ends else ""
    tail = "  ".join(part for part in (said, closes) if part)
    return [cut_line([("▸ " if not look.plain else "> ", "accent"), (name, "text"), (f"  {tail}", "muted")], width)]
