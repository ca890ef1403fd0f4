"""Which lines of tickets the list knows, and which it has to ask for: only those near the ones seen are kept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import islice

from casedesk.desk.values import TicketLine
from casedesk.desk.values.views import Cell

Cells = Mapping[int, tuple[Cell, ...]]
"""The cells of a view's columns, by ticket."""

NO_CELLS: Cells = {}

PAGE = 128
"""Lines that are asked for at once."""

LINES_KEPT = 8192


class KnownLines:
    """The lines by ticket number, and the cells beside them where a view has columns of its own.

    A line that somebody may have changed is doubtful: it is drawn as it was, and asked for when it is seen.
    """

    def __init__(self) -> None:
        self.any_due = False
        """Whether a ticket has been seen that is due, sleeps or has its time stopped."""
        self._with_cells = False
        self._lines: dict[int, TicketLine] = {}
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._doubtful: set[int] = set()
        self._asked: set[int] = set()

    def line(self, number: int | None) -> TicketLine | None:
        """The line of a ticket."""
        return None if number is None else self._lines.get(number)

    def cells(self, number: int) -> tuple[Cell, ...] | None:
        """The cells of a ticket; None where the usual columns are shown."""
        return self._cells.get(number) if self._with_cells else None

    def use_cells(self, wanted: bool) -> None:
        """Other columns are shown: those of a view, or the usual ones, which need no cells."""
        self._with_cells = wanted
        self._cells.clear()
        self._asked.clear()

    def put(self, lines: Iterable[TicketLine], cells: Cells) -> None:
        """Take lines and cells in, and let those go that were taken in first when they are too many."""
        for line in lines:
            self._lines[line.number] = line
            self._doubtful.discard(line.number)
            self.any_due = self.any_due or bool(line.due_at or line.wake_at or line.paused)
        self._cells.update(cells)
        if len(self._lines) > LINES_KEPT:
            for number in list(islice(self._lines, LINES_KEPT // 2)):
                del self._lines[number]
                self._cells.pop(number, None)
            self._asked.clear()

    def differ(self, lines: Iterable[TicketLine], cells: Cells, seen: Container[int]) -> bool:
        """Whether a ticket that is seen would look different with these."""
        return any(line.number in seen and self._lines.get(line.number) != line for line in lines) or any(
            number in seen and self._cells.get(number) != found for number, found in cells.items()
        )

    def doubt(self, numbers: Iterable[int] | None = None) -> None:
        """Ask for these lines again, or for all, when they are seen."""
        self._doubtful.update(self._lines if numbers is None else numbers)
        self._asked.clear()

    def ask_again(self) -> None:
        """The rows have changed: what was asked for before, by row, may be other tickets now."""
        self._asked.clear()

    def lacks(self, number: int) -> bool:
        """Whether the ticket has to be asked for."""
        known = number in self._lines and (not self._with_cells or number in self._cells)
        return not known or number in self._doubtful

    def to_ask(self, numbers: Sequence[int], row: int) -> list[int]:
        """The tickets around a row that have to be asked for; none once they were asked for."""
        page = row // PAGE
        if page in self._asked:
            return []
        self._asked.add(page)
        return [number for number in numbers[page * PAGE : (page + 1) * PAGE] if self.lacks(number)]
