"""The ticket list: draws only the lines seen of any number of tickets.

It holds the numbers of all tickets found and the lines of those near the ones seen; lines that are missing are drawn
as placeholders and asked for by a message. The cursor and the marks are ticket numbers, so that they outlive
filtering, sorting and what others change.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from textual.message import Message
from textual.strip import Strip

from casedesk.desk.values import TicketLine, ViewColumn
from casedesk.tui.actions import bindings
from casedesk.tui.look import Line, Look
from casedesk.tui.view_drawing import Layout
from casedesk.tui.widgets.drawn import cut_line
from casedesk.tui.widgets.known_lines import NO_CELLS, Cells, KnownLines
from casedesk.tui.widgets.marks import Marks
from casedesk.tui.widgets.row_cursor import RowCursor
from casedesk.tui.widgets.ticket_line import SIGNS, Columns, due_span, line_spans, second_line

STRIPS_KEPT = 4096


class TicketList(RowCursor):
    """The list. Whoever reads the desk tells it results and lines; it tells upwards what the user does."""

    BINDINGS = bindings("list")

    class CursorMoved(Message):
        """The cursor stands on another ticket, or on none."""

        def __init__(self, number: int | None) -> None:
            super().__init__()
            self.number = number

    class MarksChanged(Message):
        """Other tickets are marked."""

    class LinesWanted(Message):
        """The lines of these tickets are needed for what is seen."""

        def __init__(self, numbers: Sequence[int]) -> None:
            super().__init__()
            self.numbers = numbers

    def __init__(self, look: Look, *, density: str = "compact", id: str | None = None) -> None:
        super().__init__("Tickets", id=id)
        self.numbers: array[int] = array("q")
        self.marks = Marks()
        self._look = look
        self.row_height = 2 if density == "comfortable" else 1
        self._wanted: int | None = None  # the ticket that the cursor belongs to, as last chosen by the user
        self._marked_last: int | None = None
        self._shown: int | None = None  # the ticket last told upwards
        self._known = KnownLines()
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._notice: tuple[str, ...] = ()
        self._columns: tuple[ViewColumn, ...] = ()
        self.highest = 0
        """The highest ticket number of the result."""

    # What it is told

    def set_columns(self, columns: tuple[ViewColumn, ...]) -> None:
        """The columns of a view, under a line with their titles; none are the usual ones."""
        if columns == self._columns:
            return
        self._columns = columns
        self._known.use_cells(bool(columns))
        self._strips.clear()
        self.fixed = 1 if columns else 0
        self.scroll_to_top(self.top)
        self.refresh()

    def show_result(self, numbers: Sequence[int], lines: Iterable[TicketLine] = (), cells: Cells = NO_CELLS) -> None:
        """Show another result, or its beginning. The cursor stays on its ticket, if that is in it, at its height."""
        height_on_screen = self.row - self._top_row
        self.numbers = array("q", numbers)
        self.highest = max(self.numbers, default=0)
        self._notice = ()
        self._known.ask_again()
        self._known.put(lines, cells)
        row = self._find(self._wanted)
        self.row = row if row is not None else 0
        self._scroll_to_row(self.row - height_on_screen if row is not None else 0)
        self.show_row()
        self._tell_cursor()
        self.refresh()

    def add_result(self, numbers: Sequence[int]) -> None:
        """The result goes on. A cursor that waits for its ticket jumps to it; else only what is seen is drawn."""
        begun, thumb = len(self.numbers), self.thumb()
        self.numbers.extend(numbers)
        self.highest = max(self.highest, max(numbers, default=0))
        self.marks.matching(len(self.numbers))
        if self._wanted is not None and self.cursor != self._wanted and self._wanted in numbers:
            self.row = begun + array("q", numbers).index(self._wanted)
            self._scroll_to_row(self.row - self.rows_seen // 2)
            self._tell_cursor()
            self.refresh()
        elif begun < self._top_row + self.rows_seen:
            self.refresh()
        else:
            self.refresh_thumb(thumb)

    def put_lines(self, lines: Iterable[TicketLine], cells: Cells = NO_CELLS) -> None:
        """Lines that were asked for, or that changed. Those that aren't seen cost no drawing.

        Cells of a view's columns that don't come with a changed line are asked for when they are seen.
        """
        seen = frozenset(self.numbers[self._top_row : self._top_row + self.rows_seen + 1])
        lines = list(lines)
        shown = self._known.differ(lines, cells, seen)
        self._known.put(lines, cells)
        if self._columns and not cells:
            self._known.doubt(line.number for line in lines)
        if shown:
            self.refresh()

    def forget(self) -> None:
        """Somebody changed the desk: lines are read again when they are seen, the old ones drawn until then."""
        self._known.doubt()
        self.refresh()

    def drop(self, numbers: Iterable[int]) -> None:
        """Tickets that don't match any more leave. The cursor goes to the one that comes into its place."""
        gone = set(numbers)
        if not gone:
            return
        self.marks.drop(gone)
        rows = sorted((row for number in gone if (row := self._find(number)) is not None), reverse=True)
        for row in rows:
            del self.numbers[row]
        self.marks.matching(len(self.numbers))
        before = sum(row < self.row for row in rows)
        self.row = max(0, min(self.row - before, len(self.numbers) - 1))
        self._wanted = self.cursor
        self._known.ask_again()
        self.show_row()
        self._tell_cursor()
        self.refresh()

    def say(self, *notice: str) -> None:
        """Words in place of tickets: why there are none, and the key that leads on. The last result goes."""
        self.numbers = array("q")
        self.row = 0
        self._notice = notice
        self._tell_cursor()
        self.refresh()

    def set_look(self, look: Look) -> None:
        """Another time, or other lists of the desk."""
        self._look = look
        self._strips.clear()
        self.refresh()

    def set_density(self, density: str) -> None:
        """One line a ticket (compact) or two (comfortable)."""
        top = self._top_row
        self.row_height = 2 if density == "comfortable" else 1
        self._strips.clear()
        self._scroll_to_row(top)
        self.show_row()
        self.refresh()

    # What it can be asked

    @property
    def cursor(self) -> int | None:
        """The number of the ticket under the cursor."""
        return self.numbers[self.row] if self.row < len(self.numbers) else None

    @property
    def cursor_line(self) -> TicketLine | None:
        """The line of the ticket under the cursor, when it is known."""
        return self._known.line(self.cursor)

    def neighbours(self) -> list[int]:
        """The tickets around the cursor's, the next one first."""
        return [self.numbers[row] for row in (self.row + 1, self.row - 1) if 0 <= row < len(self.numbers)]

    def versions(self, numbers: Iterable[int]) -> dict[int, int]:
        """The versions shown of those tickets whose lines are known."""
        return {number: line.version for number in numbers if (line := self._known.line(number)) is not None}

    def place_of(self, number: int) -> int | None:
        """The row of a ticket in the result, or None."""
        return self._find(number)

    def go_to(self, number: int) -> bool:
        """Put the cursor on a ticket; False when it isn't in the result (it goes there if it still comes)."""
        self._wanted = number
        row = self._find(number)
        if row is not None:
            self.go_to_row(row)
        return row is not None

    # Keys

    def action_ticket_enter(self) -> None:
        if self.cursor is not None:
            self.post_message(self.Opened())

    def mark_here(self) -> None:
        """Mark the ticket under the cursor, or take its mark away, and go on to the next."""
        if self.cursor is not None:
            self.marks.toggle(self.cursor)
            self._marked_last = self.cursor
            self.post_message(self.MarksChanged())
            self.refresh()
            self.go_to_row(self.row + 1)

    def mark_range(self) -> None:
        """Mark every ticket from the one marked last to the one under the cursor, whichever comes first."""
        if self.cursor is None:
            return
        start = self._find(self._marked_last)
        first, last = sorted((self.row if start is None else start, self.row))
        self.marks.mark(self.numbers[first : last + 1])
        self._marked_last = self.cursor
        self.post_message(self.MarksChanged())
        self.refresh()

    def mark_all(self, query: str) -> None:
        """Mark all that match the query; when something is marked already, nothing."""
        if not self.marks:
            self.marks.mark_all(query, len(self.numbers))
        else:
            self.marks.clear()
        self.post_message(self.MarksChanged())
        self.refresh()

    def clear_marks(self) -> None:
        """Take all marks away."""
        self.marks.clear()
        self.post_message(self.MarksChanged())
        self.refresh()

    # The cursor's row

    @property
    def row_count(self) -> int:
        return len(self.numbers)

    def row_chosen(self, before: int) -> None:
        self._wanted = self.cursor
        self._tell_cursor()

    def _tell_cursor(self) -> None:
        if self._wanted is None:
            self._wanted = self.cursor
        if self.cursor != self._shown:
            self._shown = self.cursor
            self.post_message(self.CursorMoved(self.cursor))

    def _find(self, number: int | None) -> int | None:
        if number is None:
            return None
        try:
            return self.numbers.index(number)
        except ValueError:
            return None

    # Scrolling

    @property
    def _top_row(self) -> int:
        return self.top // self.row_height

    def _scroll_to_row(self, row: int) -> None:
        self.scroll_to_top(row * self.row_height)

    def on_resize(self) -> None:
        self._strips.clear()
        self.show_row()

    # Lines

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def draw_line(self, place: int, width: int) -> Strip:
        if not self.numbers:
            return self._notice_strip(place, width)
        if place < self.fixed:
            return self.strip_of([(" " * SIGNS, "muted"), *self._layout(width).head()], width)
        row, part = divmod(place - self.fixed, self.row_height)
        number = self.numbers[row]
        line, cells = self._known.line(number), self._known.cells(number)
        if self._known.lacks(number) and (missing := self._known.to_ask(self.numbers, row)):
            self.post_message(self.LinesWanted(missing))
        at_cursor = (row == self.row) + (row == self.row and self.has_focus)
        key = (number, line, part, at_cursor, number in self.marks, width, cells, self._known.any_due)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= STRIPS_KEPT:
                self._strips.clear()
            strip = self._strips[key] = self._draw(number, line, part, at_cursor, width)
        return strip

    @property
    def _digits(self) -> int:
        """Cells of the longest number, and five at least."""
        return len(str(max(self.highest, 10_000)))

    def _layout(self, width: int) -> Layout:
        """The columns of the view in the width of the list."""
        return Layout.for_width(self._columns, width - SIGNS, {"number": self._digits})

    def _draw(self, number: int, line: TicketLine | None, part: int, at_cursor: int, width: int) -> Strip:
        columns = Columns.for_width(width, self._digits, due=self._known.any_due)
        styles = self.app.role_styles
        base = styles[("text", "selection-dim", "selection")[at_cursor]]
        marked = "✓" if not self._look.plain else "*"
        cursor = "▸" if not self._look.plain else ">"
        mark = marked if number in self.marks else cursor if at_cursor else " "
        if line is None:
            spans: Line = [(mark, "accent"), ("   ", "text"), (f"{number:>{columns.number}} …", "muted")]
            return self.strip_of(spans if part == 0 else [], width, base)
        if part == 1:
            return self.strip_of(second_line(line, columns), width, base)
        if self._columns:
            return self.strip_of(self._view_spans(line, self._layout(width), mark), width, base)
        return self.strip_of(line_spans(line, columns, self._look, mark=mark), width, base)

    def _view_spans(self, line: TicketLine, layout: Layout, mark: str) -> Line:
        """The signs, and the cells of the view's columns."""
        cells = self._known.cells(line.number) or ()
        due = due_span(line, self._look)
        return [
            (mark, "accent"),
            self._look.state(line.state),
            (" ", "text"),
            self._look.priority(line.priority),
            *layout.cells(cells, self._look, score_kind=line.score_kind, due=due),
        ]

    def _notice_strip(self, y: int, width: int) -> Strip:
        place = y - max(0, (self.inner_height - len(self._notice)) // 3)
        if not 0 <= place < len(self._notice):
            return self.strip_of([], width)
        text = cut_line([(self._notice[place], "strong" if place == 0 else "muted")], max(0, width - 4))
        return self.strip_of([("  ", "text"), *text], width)
