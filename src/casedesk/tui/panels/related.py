"""The tab Related: parent, sub-tickets, merges, further contacts and accounts, the contact's other tickets (N5)."""

from __future__ import annotations

from typing import Final

from casedesk.desk.values import Related, Ticket
from casedesk.desk.values.related import RELATED_KINDS
from casedesk.tui.drawing import line_of, short_span
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, paragraph, way
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
    """The tab, with the record that the cursor is on and the kinds that aren't shown.

    `relate_key` and `kinds_key` are the keys that lead out of an empty tab, as they are written; empty where there is
    no key, or the user may not do it.
    """

    def __init__(self) -> None:
        self.hidden: frozenset[str] = frozenset()
        self.relate_key = self.kinds_key = ""
        self._cursors: dict[int, int] = {}  # by ticket: who comes back to one finds the cursor where it was
        self._places: list[int] = []

    def records(self, ticket: Ticket) -> list[Related]:
        """What is shown, in its order."""
        return [record for record in ticket.related if record.kind not in self.hidden]

    def current(self, ticket: Ticket) -> Related | None:
        """The record under the cursor."""
        records = self.records(ticket)
        return records[min(self._cursors.get(ticket.number, 0), len(records) - 1)] if records else None

    def move(self, ticket: Ticket, by: int) -> int:
        """Move the cursor, stopping at the ends; the line that it stands on then."""
        last = len(self.records(ticket)) - 1
        cursor = max(0, min(min(self._cursors.get(ticket.number, 0), last) + by, last))
        self._cursors[ticket.number] = cursor
        return self._places[cursor] if cursor < len(self._places) else 0

    def write(self, ticket: Ticket, look: Look, width: int) -> list[Line]:
        """The lines of the tab."""
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
        return [*(lines or self._empty(ticket, width)), *self._left_out(width)]

    def _empty(self, ticket: Ticket, width: int) -> list[Line]:
        """Words where nothing is shown, and the key that leads out."""
        if ticket.related:
            return paragraph("Everything that this ticket is related to is of a kind that isn't shown.", width, "muted")
        lines = paragraph("This ticket isn't related to anything.", width, "muted")
        what = "sets a parent, or adds a sub-ticket, a contact or an account."
        return [*lines, *(way(self.relate_key, what, width) if self.relate_key else [])]

    def _left_out(self, width: int) -> list[Line]:
        if not self.hidden:
            return []
        names = ", ".join(HEADINGS[kind].lower() for kind in RELATED_KINDS if kind in self.hidden)
        lines = [blank(), *paragraph(f"Not shown: {names}.", width, "muted")]
        return [*lines, *(way(self.kinds_key, "chooses what is shown.", width) if self.kinds_key else [])]


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
