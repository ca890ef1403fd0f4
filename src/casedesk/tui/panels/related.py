"""The tab Related: parent, sub-tickets, merges, further contacts and accounts, the contact's other tickets (N5)."""

from __future__ import annotations

from typing import Final

from casedesk.desk.values import Related, Ticket
from casedesk.desk.values.related import RELATED_KINDS
from casedesk.tui.drawing import line_of, short_span
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, paragraph
from casedesk.tui.widgets.drawn import cut_line, spread

HEADINGS: Final = {
    "merged into": "Merged into",
    "parent": "Parent",
    "sub-ticket": "Sub-tickets",
    "contact": "Other contacts",
    "account": "Other accounts",
    "merged": "Merged into this",
    "same contact": "Other tickets of the contact",
}


class RelatedTab:
    """The tab, with the record that the cursor is on and the kinds that aren't shown."""

    def __init__(self) -> None:
        self.hidden: frozenset[str] = frozenset()
        self._number: int | None = None
        self._cursor = 0
        self._places: list[int] = []

    def records(self, ticket: Ticket) -> list[Related]:
        """What is shown, in its order."""
        return [record for record in ticket.related if record.kind not in self.hidden]

    def current(self, ticket: Ticket) -> Related | None:
        """The record under the cursor."""
        records = self.records(ticket)
        return records[min(self._cursor, len(records) - 1)] if records else None

    def move(self, ticket: Ticket, by: int) -> int:
        """Move the cursor, stopping at the ends; the line that it stands on then."""
        last = len(self.records(ticket)) - 1
        self._cursor = max(0, min(self._cursor + by, last))
        return self._places[self._cursor] if self._cursor < len(self._places) else 0

    def write(self, ticket: Ticket, look: Look, width: int) -> list[Line]:
        """The lines of the tab."""
        if ticket.number != self._number:
            self._number, self._cursor = ticket.number, 0
        lines: list[Line] = []
        self._places = []
        records, current = self.records(ticket), self.current(ticket)
        for kind in RELATED_KINDS:
            same = [record for record in records if record.kind == kind]
            if not same:
                continue
            lines += [blank()] if lines else []
            lines.append(heading(f"{HEADINGS[kind]} {len(same)}" if len(same) > 1 else HEADINGS[kind], width))
            for record in same:
                self._places.append(len(lines))
                lines.append(_record(record, look, width, at_cursor=record is current))
        if not lines:
            said = "Nothing of what is shown is" if self.hidden else "Nothing is"
            lines += paragraph(f"{said} related to this ticket.", width, "muted")
        if self.hidden:
            names = ", ".join(HEADINGS[kind].lower() for kind in RELATED_KINDS if kind in self.hidden)
            lines += [blank(), *paragraph(f"Not shown: {names}.", width, "muted")]
        return lines


def _record(record: Related, look: Look, width: int, *, at_cursor: bool) -> Line:
    """`▸○ 12 Late delivery        ana 3d`, or a name with what tells it from others."""
    mark = (">" if look.plain else "▸") if at_cursor else " "
    line = record.line
    if line is None:
        name: Line = [(mark, "accent"), (line_of(record.title), "text"), (f"  {line_of(record.detail)}", "muted")]
        return cut_line(name, width)
    role = "muted" if line.state == "closed" else "text"
    left: Line = [(mark, "accent"), look.state(line.state), (f" {line.number} ", "muted"), (line_of(line.title), role)]
    owner = f"{line_of(line.owner, 12)} " if line.owner else ""
    return spread(left, [(f"{owner}{short_span(look.now - line.created_at)}", "muted")], width)
