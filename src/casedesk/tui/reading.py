"""What the interface reads from the desk, and how: in threads, with answers that come back as messages.

Each kind of question has its own group of workers. A newer question of a kind takes the place of the older one: its
read is interrupted in the desk, and an answer that was on its way is dropped by its generation.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from casedesk.desk.values import FeedEntry, Ticket, TicketLine
from casedesk.domain.errors import CasedeskError
from casedesk.tui.view_drawing import CELL_LENGTH

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ViewColumn
    from casedesk.desk.values.views import Cell
    from casedesk.domain.query import Completion

FIRST, CHUNK = 256, 16_384
BREATH = 0.12
"""Seconds between the first tickets and the rest: meanwhile they are drawn, and the one under the cursor is read."""
READ_AHEAD = 24
PAUSE = 0.03
"""Seconds after which the tickets around the cursor's are read ahead."""
POLL_SECONDS = 1.0
CANCELLED = "cancelled"
"""The code of the error that an interrupted read ends with."""


class Reading(Widget):
    """Asks the desk for the screen it is on. Invisible; every answer is a message to the screen."""

    class Found(Message):
        """The first tickets that match, with their lines."""

        def __init__(
            self,
            generation: int,
            numbers: Sequence[int],
            lines: Sequence[TicketLine],
            cells: Mapping[int, tuple[Cell, ...]],
            whole: bool,
        ) -> None:
            super().__init__()
            self.generation = generation
            self.numbers = numbers
            self.lines = lines
            self.cells = cells
            self.whole = whole

    class FoundMore(Message):
        """More tickets that match; `whole` when they were the last."""

        def __init__(self, generation: int, numbers: array[int], whole: bool) -> None:
            super().__init__()
            self.generation = generation
            self.numbers = numbers
            self.whole = whole

    class NotFound(Message):
        """The query could not be answered: a mistake in it, or a store that fails."""

        def __init__(self, generation: int, error: CasedeskError) -> None:
            super().__init__()
            self.generation = generation
            self.error = error

    class LinesRead(Message):
        """Lines that were wanted, with the cells of the view's `columns`."""

        def __init__(
            self,
            lines: Sequence[TicketLine],
            cells: Mapping[int, tuple[Cell, ...]],
            columns: tuple[ViewColumn, ...],
        ) -> None:
            super().__init__()
            self.lines = lines
            self.cells = cells
            self.columns = columns

    class TicketRead(Message):
        """A ticket, whole, with its feed; or why it can't be shown."""

        def __init__(
            self, number: int, ticket: Ticket | None, feed: Sequence[FeedEntry], error: CasedeskError | None
        ) -> None:
            super().__init__()
            self.number = number
            self.ticket = ticket
            self.feed = feed
            self.error = error

    class Counted(Message):
        """How many tickets match a tab's query; or how many there are altogether (tab `all`)."""

        def __init__(self, tab: str, count: int) -> None:
            super().__init__()
            self.tab = tab
            self.count = count

    class Completed(Message):
        """What may stand at the cursor of the filter."""

        def __init__(self, text: str, completions: Sequence[Completion]) -> None:
            super().__init__()
            self.text = text
            self.completions = completions

    class Changed(Message):
        """Somebody changed the desk; `new` tickets match the query that aren't in the list."""

        def __init__(self, new: int) -> None:
            super().__init__()
            self.new = new

    class StillMatching(Message):
        """Of the tickets `asked`, these still match the list's query; the lines are those of `asked`."""

        def __init__(self, asked: Sequence[int], matching: frozenset[int]) -> None:
            super().__init__()
            self.asked = asked
            self.matching = matching

    class Failed(Message):
        """The desk can't be read."""

        def __init__(self, error: CasedeskError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, desk: Desk, *, poll_seconds: float = POLL_SECONDS) -> None:
        super().__init__(id="reading")
        self.display = False
        self._desk = desk
        self.poll_seconds = poll_seconds
        self.columns: tuple[ViewColumn, ...] = ()
        """The columns of the view that is shown; none are the usual ones."""
        self._generation = 0
        self._superseded = threading.Event()  # set when there is a newer search than the one that waits for it
        self._wanted_number: int | None = None
        self._ahead: dict[int, Reading.TicketRead] = {}
        self._epoch = 0
        self._pause: Timer | None = None
        self._readers: dict[str, int] = {}  # kind of question → thread that is reading for it
        self._lock = threading.Lock()
        self._gone = threading.Event()
        self._following = False

    def on_unmount(self) -> None:
        self._gone.set()
        self._superseded.set()
        for kind in list(self._readers):
            self._interrupt(kind)

    # Threads

    def _start(self, kind: str, read: Callable[[], None], *, newest_only: bool = True) -> None:
        """Run `read` in a thread; with `newest_only`, in the place of the last one of its kind."""
        if newest_only:
            self._interrupt(kind)
        self.run_worker(read, thread=True, group=kind, exclusive=newest_only, name=kind)

    def _interrupt(self, kind: str) -> None:
        with self._lock:
            thread = self._readers.get(kind)
            if thread is not None:
                self._desk.interrupt(thread)

    @contextmanager
    def _reads(self, kind: str) -> Iterator[None]:
        """While a thread reads, it is known under its kind, so that a newer question can interrupt it."""
        thread = threading.get_ident()
        with self._lock:
            self._readers[kind] = thread
        try:
            yield
        finally:
            with self._lock:
                if self._readers.get(kind) == thread:
                    del self._readers[kind]

    # The list

    def search(self, query: str, own_part: str = "") -> int:
        """Find the tickets of `query`; `own_part` is what the user typed of it, checked first for its mistakes."""
        self._generation += 1
        generation = self._generation
        self._superseded.set()
        superseded = self._superseded = threading.Event()
        self._start("search", lambda: self._search(generation, superseded, query, own_part))
        return generation

    def _search(self, generation: int, superseded: threading.Event, query: str, own_part: str) -> None:
        try:
            with self._reads("search"):
                if generation == self._generation:
                    self._stream(generation, superseded, query, own_part)
        except CasedeskError as error:
            if error.code != CANCELLED:
                self.post_message(self.NotFound(generation, error))

    def _stream(self, generation: int, superseded: threading.Event, query: str, own_part: str) -> None:
        if own_part:
            self._desk.tickets.check(own_part)
        pieces = self._desk.tickets.stream(query, first=FIRST, chunk=CHUNK)
        first = next(pieces, ())
        lines = self._desk.tickets.lines(first[:64])
        cells = self._cells(self.columns, first[:64])
        whole = len(first) < FIRST
        self.post_message(self.Found(generation, first, lines, cells, whole))
        if whole or superseded.wait(BREATH):
            return
        for piece in pieces:
            if generation != self._generation or self._gone.is_set():
                return
            self.post_message(self.FoundMore(generation, array("q", piece), False))
        self.post_message(self.FoundMore(generation, array("q"), True))

    def is_current(self, generation: int) -> bool:
        """True for an answer to the last question."""
        return generation == self._generation

    def lines(self, numbers: Sequence[int]) -> None:
        """Read the lines of tickets."""

        columns = self.columns

        def read() -> None:
            lines = self._desk.tickets.lines(numbers)
            self.post_message(self.LinesRead(lines, self._cells(columns, numbers), columns))

        self._ask("lines", read, each=True)

    def _cells(self, columns: tuple[ViewColumn, ...], numbers: Sequence[int]) -> dict[int, tuple[Cell, ...]]:
        if not columns:
            return {}
        rows = self._desk.views.rows(columns, numbers, longest=CELL_LENGTH)
        return {row.id: row.cells for row in rows}

    def still_matching(self, query: str, numbers: Sequence[int]) -> None:
        """Which of these tickets match the query now."""

        def read() -> None:
            among = f"number:{','.join(map(str, numbers))}"
            matching = frozenset(self._desk.tickets.numbers(f"{query} {among}"))
            self.post_message(self.StillMatching(numbers, matching))

        self._ask("matching", read, each=True)

    # One ticket

    def ticket(self, number: int, neighbours: Sequence[int] = ()) -> TicketRead | None:
        """Read a ticket whole; only the last one asked for is answered. One that was read ahead is returned at once.

        `neighbours` are read ahead, so that the next step of the cursor finds its ticket ready.
        """
        self._wanted_number = number
        known, epoch = self._ahead.get(number), self._epoch
        if self._pause is not None:
            self._pause.stop()
        if known is None:
            self._start("ticket", lambda: self._read_tickets(number, [number], epoch))
        self._pause = self.set_timer(PAUSE, lambda: self._read_neighbours(number, neighbours))
        return known

    def _read_neighbours(self, number: int, neighbours: Sequence[int]) -> None:
        """Once the ticket is drawn: a thread that reads at that moment would hold the drawing up."""
        wanted = [each for each in neighbours if each not in self._ahead]
        if wanted and number == self._wanted_number:
            epoch = self._epoch
            self._start("ahead", lambda: self._read_tickets(number, wanted, epoch))

    def forget(self, numbers: Iterable[int] | None = None) -> None:
        """The desk has changed: what was read ahead doesn't hold any more; of `numbers` alone, where they are named."""
        self._epoch += 1
        for number in list(self._ahead) if numbers is None else numbers:
            self._ahead.pop(number, None)

    def _read_tickets(self, number: int, wanted: Sequence[int], epoch: int) -> None:
        for each in wanted:
            if number != self._wanted_number or self._gone.is_set():
                return
            read = self._read_ticket(each, "ticket" if each == number else "ahead")
            if read is None:
                return
            if each == number:
                self.post_message(read)
            if epoch == self._epoch and read.error is None:
                while len(self._ahead) >= READ_AHEAD:
                    del self._ahead[next(iter(self._ahead))]
                self._ahead[each] = read

    def _read_ticket(self, number: int, kind: str) -> TicketRead | None:
        """The ticket with its feed, or why not; None when the read was interrupted."""
        try:
            with self._reads(kind):
                ticket = self._desk.tickets.show(number)
                return self.TicketRead(number, ticket, self._desk.tickets.feed(number), None)
        except CasedeskError as error:
            return None if error.code == CANCELLED else self.TicketRead(number, None, (), error)

    # Counts, completions, changes

    def count(self, queries: Sequence[tuple[str, str]]) -> None:
        """Count the tickets of each (tab, query), one after the other."""

        def read() -> None:
            for tab, query in queries:
                self.post_message(self.Counted(tab, self._desk.tickets.count(query)))

        self._ask("count", read)

    def complete(self, text: str, cursor: int) -> None:
        """What may stand at the cursor."""

        def read() -> None:
            self.post_message(self.Completed(text, self._desk.complete(text, cursor)))

        self._ask("complete", read)

    def _ask(self, kind: str, read: Callable[[], None], *, each: bool = False) -> None:
        """Run a simple question; `each` when an older one of its kind still matters."""

        def run() -> None:
            try:
                with self._reads(kind):
                    read()
            except CasedeskError as error:
                if error.code != CANCELLED:
                    self.post_message(self.Failed(error))

        self._start(kind, run, newest_only=not each)

    def follow(self, new_query: Callable[[], str | None]) -> None:
        """Look again and again whether anybody changed the desk, from one thread of its own; once is enough to ask.

        `new_query` gives the query of the tickets that would be new in the list, or None.
        """
        if not self._following:
            self._following = True
            self.run_worker(lambda: self._follow(new_query), thread=True, group="follow", name="follow")

    def _follow(self, new_query: Callable[[], str | None]) -> None:
        try:
            seen = self._desk.change_token()
            while not self._gone.wait(self.poll_seconds):
                token = self._desk.change_token()
                if token != seen:
                    seen = token
                    query = new_query()
                    self.post_message(self.Changed(self._desk.tickets.count(query) if query else 0))
        except CasedeskError as error:
            self.post_message(self.Failed(error))
        finally:
            self._following = False
