"""A plan's parts as the plan editor shows them: what each is, and its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.tui.drawing import line_of
from casedesk.tui.look import Line, Span
from casedesk.tui.panels.lines import blank, heading, paragraph
from casedesk.tui.widgets.cursor_pane import Row
from casedesk.tui.widgets.drawn import cut_line, spread, width_of

if TYPE_CHECKING:
    from casedesk.desk.values import ActionDefinition, PlanDefinition

PLAN, CAMPAIGNS, EXIT_STATE, ACTION, STATUS = "plan", "campaigns", "exit state", "action", "status"

CLOSING = {"no": "", "ask": "may close the plan", "always": "closes the plan"}


NARROW_LIST = 30
"""Cells of a list of plans up to which the number of open tickets stands without a word."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something of a plan that can be gone to. A status has the `name` of its own and that of its `action`."""

    kind: str
    name: str = ""
    action: str = ""


def plan_rows(plans: Sequence[PlanDefinition], width: int) -> list[Row]:
    """The list of plans: each with its open tickets, retired ones said to be so."""
    rows = []
    for plan in plans:
        count = f"{plan.open_tickets:,} open" if width > NARROW_LIST else f"{plan.open_tickets:,}"
        note: Span = ("retired" if plan.retired else count, "muted")
        right = [note] if plan.retired or plan.open_tickets else []
        line = spread([(line_of(plan.name), "muted" if plan.retired else "text")], right, width - 1)
        rows.append(Row(line, plan.name))
    return rows or [Row([("none yet", "muted")])]


def part_rows(plan: PlanDefinition, keys: dict[str, str], width: int) -> list[Row]:
    """The parts of a plan. `keys` are those that add an exit state, an action and a status, by kind."""
    rows = [Row(line) for line in paragraph(plan.description, width - 1, "muted")] if plan.description else []
    closing = "closing it closes the ticket, too" if plan.closes_ticket else "closing it leaves the ticket open"
    rows.append(Row([(f"{'Plan':<11}", "muted"), (closing, "text")], Part(PLAN)))
    linked: Span = (line_of(", ".join(plan.campaigns)), "text") if plan.campaigns else ("none", "muted")
    rows.append(Row(cut_line([(f"{'Campaigns':<11}", "muted"), linked], width), Part(CAMPAIGNS)))
    rows += [Row(blank()), Row(heading("Exit states", width - 1))]
    rows += [Row(cut_line([(line_of(name), "text")], width), Part(EXIT_STATE, name)) for name in plan.exit_states]
    if not plan.exit_states:
        rows.append(_none(keys[EXIT_STATE]))
    rows += [Row(blank()), Row(heading("Actions", width - 1))]
    for action in plan.actions:
        rows += _action_rows(action, keys, width)
    return rows if plan.actions else [*rows, _none(keys[ACTION])]


def _action_rows(action: ActionDefinition, keys: dict[str, str], width: int) -> list[Row]:
    notes = [
        CLOSING[action.closes_plan],
        "" if action.comment_allowed else "no comment",
        f"in {len(action.plans)} plans" if len(action.plans) > 1 else "",
        "" if action.statuses or action.closes_plan == "always" else "completed at once",
    ]
    name: Line = [(line_of(action.name), "strong")]
    said = _as_fits([note for note in notes if note], width - 2 - width_of(name))
    rows = [Row(spread(name, [(said, "muted")] if said else [], width - 1), Part(ACTION, action.name))]
    for status, completes in action.statuses:
        line = spread(
            [("  ", "text"), (line_of(status), "text")],
            [("completes it", "good") if completes else ("leaves it open", "warning")],
            width - 1,
        )
        rows.append(Row(line, Part(STATUS, status, action.name)))
    return rows


def _as_fits(notes: Sequence[str], room: int) -> str:
    """As many of the notes as there is room for beside the name; the first one always."""
    while len(notes) > 1 and len(" · ".join(notes)) > room:
        notes = notes[:-1]
    return " · ".join(notes)


def _none(key: str) -> Row:
    return Row([("none yet", "muted"), (f" · {key} adds one", "muted")] if key else [("none yet", "muted")])
