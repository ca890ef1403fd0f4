"""What the screen of responses reads from the desk, in threads; a newer question takes the place of the older one."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.reading import CANCELLED, CHUNK, FIRST
from casedesk.tui.view_drawing import CELL_LENGTH

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import FeedEntry, PlanOfSome, Response, Ticket, ViewColumn, ViewRow
    from casedesk.domain.query import Completion


@dataclass(frozen=True)
class Opened:
    """A line that is open: the response, what was done with its ticket, and what its plan offers."""

    response: Response
    ticket: Ticket | None
    feed: Sequence[FeedEntry]
    plans: Sequence[PlanOfSome]


class ResponseReading(Widget):
    """Invisible; every answer is a message to the screen."""

    class Found(Message):
        """Ids of responses that match; `first` when they are the first, `whole` when they are the last."""

        def __init__(self, ids: Sequence[int], *, first: bool, whole: bool) -> None:
            super().__init__()
            self.ids = ids
            self.first = first
            self.whole = whole

    class RowsRead(Message):
        """Rows that were wanted, with the cells of `columns`."""

        def __init__(self, rows: Sequence[ViewRow], columns: tuple[ViewColumn, ...]) -> None:
            super().__init__()
            self.rows = rows
            self.columns = columns

    class LineRead(Message):
        """The line that was asked for last."""

        def __init__(self, opened: Opened) -> None:
            super().__init__()
            self.opened = opened

    class Completed(Message):
        """What may stand at the cursor of the filter."""

        def __init__(self, text: str, completions: Sequence[Completion]) -> None:
            super().__init__()
            self.text = text
            self.completions = completions

    class Failed(Message):
        """The desk refuses, or can't be read; `kind` is what was asked."""

        def __init__(self, kind: str, error: CasedeskError) -> None:
            super().__init__()
            self.kind = kind
            self.error = error

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="response-reading")
        self.display = False
        self._desk = desk
        self._threads: dict[str, int] = {}
        self._turns: dict[str, int] = {}
        self._gone = threading.Event()

    def on_unmount(self) -> None:
        self._gone.set()
        for thread in list(self._threads.values()):
            self._desk.interrupt(thread)

    def search(self, query: str, own_part: str = "") -> None:
        """Find the responses of `query`; `own_part` is what the user typed of it, checked first for its mistakes."""

        def read(current: Callable[[], bool]) -> None:
            self._desk.queries.check(own_part)
            first = True
            for piece in self._desk.views.stream_responses(query, first=FIRST, chunk=CHUNK):
                if not current():
                    return
                self.post_message(self.Found(array("q", piece), first=first, whole=False))
                first = False
            if current():
                self.post_message(self.Found((), first=first, whole=True))

        self._ask("search", read)

    def rows(self, columns: tuple[ViewColumn, ...], ids: Sequence[int]) -> None:
        """Read rows: the cells of the columns, and last the state of the ticket."""

        def read(current: Callable[[], bool]) -> None:
            state = self._desk.views.columns_named(["state"])
            rows = self._desk.views.rows((*columns, *state), ids, "responses", longest=CELL_LENGTH)
            self.post_message(self.RowsRead(rows, columns))

        self._ask("rows", read, newest_only=False)

    def line(self, response_id: int) -> None:
        """Read one response whole, with its ticket."""

        def read(current: Callable[[], bool]) -> None:
            desk = self._desk
            response = desk.responses.show(response_id)
            ticket = desk.tickets.show(response.ticket) if response.ticket is not None else None
            feed = desk.tickets.feed(response.ticket) if response.ticket is not None else []
            opened = Opened(response, ticket, feed, desk.response_actions.offered(response_id))
            if current():
                self.post_message(self.LineRead(opened))

        self._ask("line", read)

    def complete(self, text: str, cursor: int) -> None:
        """What may stand at the cursor of the filter."""

        def read(current: Callable[[], bool]) -> None:
            found = self._desk.complete(text, cursor)
            if current():
                self.post_message(self.Completed(text, found))

        self._ask("complete", read)

    def _ask(self, kind: str, read: Callable[[Callable[[], bool]], None], *, newest_only: bool = True) -> None:
        turn = self._turns[kind] = self._turns.get(kind, 0) + 1
        if newest_only and kind in self._threads:
            self._desk.interrupt(self._threads[kind])

        def current() -> bool:
            return not self._gone.is_set() and (not newest_only or self._turns[kind] == turn)

        def run() -> None:
            if not current():
                return
            self._threads[kind] = threading.get_ident()
            try:
                read(current)
            except CasedeskError as error:
                if error.code != CANCELLED and current():
                    self.post_message(self.Failed(kind, error))
            finally:
                if self._threads.get(kind) == threading.get_ident():
                    self._threads.pop(kind, None)

        self.run_worker(run, thread=True, group=f"responses {kind}", exclusive=newest_only)
