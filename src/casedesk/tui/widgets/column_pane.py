"""The columns of a file that is about to be imported: what each is taken for, with its first cells."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip

from casedesk.intake.mapping import KEEP
from casedesk.tui.actions import bindings
from casedesk.tui.drawing import cut, fit, line_of
from casedesk.tui.importing import ANSWER, VARIABLE, Proposal, meaning
from casedesk.tui.look import Line, Span
from casedesk.tui.panels.lines import blank, paragraph
from casedesk.tui.widgets.drawn import spread
from casedesk.tui.widgets.scrolled import Scrolled

MEANING = 26
"""Cells for what a column is."""


class ColumnPane(Scrolled):
    """What was found out about the file stays at the top; the columns below have a cursor."""

    BINDINGS = bindings("page")
    margin = 1

    class Opened(Message):
        """The column under the cursor was clicked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Columns", id=id)
        self.cursor = 0
        self._proposal: Proposal | None = None
        self._campaign = ""
        self._found: list[Line] = []

    def show(self, proposal: Proposal, campaign: str) -> None:
        """Show a proposal. The cursor stays on its column when the file is the same."""
        if self._proposal is None or self._proposal.path != proposal.path:
            self.cursor = 0
            self.top = 0
        self._proposal = proposal
        self._campaign = campaign
        self.cursor = min(self.cursor, len(proposal.columns) - 1)
        self.set_title([(line_of(proposal.path.name, 60), "text")])
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        proposal, width = self._proposal, self.inner_width
        if proposal is None or width <= 0:
            return
        lines = paragraph(proposal.description, width)
        for warning in proposal.warnings:
            lines += paragraph(f"! {warning}", width, "warning")
        named: Line = [(" · campaign ", "muted"), (line_of(self._campaign), "strong")] if self._campaign else []
        lines.append([("rows are ", "muted"), (proposal.kind, "strong"), *named])
        room = max(3, self.inner_height - 5)
        if len(lines) > room:
            lines = [*lines[: room - 1], [(f"… and {len(lines) - room + 1} more lines", "muted")]]
        self._found = [*lines, blank(), self._row([("Column", "muted")], ("is", "muted"), "first cells", width)]
        self.fixed = len(self._found)

    def on_resize(self) -> None:
        self._lay_out()
        self.scroll_into_view(self.cursor)
        self.refresh()

    @property
    def line_count(self) -> int:
        columns = len(self._proposal.columns) if self._proposal else 0
        return len(self._found) + columns

    def draw_line(self, place: int, width: int) -> Strip:
        if place < len(self._found):
            return self.strip_of(self._found[place], width)
        proposal, place = self._proposal, place - len(self._found)
        assert proposal is not None
        column = proposal.columns[place]
        kept = column.target.startswith((ANSWER, VARIABLE)) or column.target in (KEEP, "ignore")
        name: Line = [(line_of(column.header), "text")]
        if "".join(column.label.split()).casefold() != "".join(column.header.split()).casefold():
            name.append((f"  {line_of(column.label)}", "muted"))
        means = (meaning(column, proposal.kind), "muted" if kept else "accent")
        line = self._row(name, means, proposal.examples(place), width)
        if place != self.cursor:
            return self.strip_of(line, width)
        line[0] = ("▸ ", "accent")
        return self.strip_of(line, width, self.app.role_styles["selection" if self.has_focus else "selection-dim"])

    def _row(self, name: Line, means: Span, examples: str, width: int) -> Line:
        names = max(12, min(44, (width - MEANING) // 2))
        room = max(8, min(MEANING, width - names - 3))
        rest = max(0, width - names - room - 4)
        return [
            ("  ", "text"),
            *spread(name if names > 30 else name[:1], [], names),
            (" ", "text"),
            (fit(means[0], room) + " ", means[1]),
            (cut(line_of(examples), rest), "muted"),
        ]

    def _go(self, place: int) -> None:
        if self._proposal is None:
            return
        self.cursor = max(0, min(place, len(self._proposal.columns) - 1))
        self.scroll_into_view(self.cursor)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        place = self.place_at(event)
        if place is not None and place >= len(self._found):
            self._go(place - len(self._found))
            self.post_message(self.Opened())

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_move_down(self) -> None:
        self._go(self.cursor + 1)

    def action_move_up(self) -> None:
        self._go(self.cursor - 1)

    def action_move_first(self) -> None:
        self._go(0)

    def action_move_last(self) -> None:
        self._go(self.line_count)

    def action_move_page_up(self) -> None:
        self._go(self.cursor - max(1, self.lines_seen - 1))

    def action_move_page_down(self) -> None:
        self._go(self.cursor + max(1, self.lines_seen - 1))
