"""Doing what is due while the interface runs, as `casedesk sweep` does: once a minute, in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.acts import LINES_REFRESHED

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import TicketLine

SWEEP_SECONDS = 60.0
FIRST_AFTER = 2.0
"""Seconds after which it is first done: by then the list has been read."""


class Sweeping(Widget):
    """Sweeps for the screen it is on. Invisible; says what it did by messages."""

    class Swept(Message):
        """These tickets were changed; `lines` are they as they are now, as far as they are read again."""

        def __init__(self, numbers: tuple[int, ...], lines: tuple[TicketLine, ...]) -> None:
            super().__init__()
            self.numbers = numbers
            self.lines = lines

    class Failed(Message):
        """It could not be done, and this wasn't so the last time."""

        def __init__(self, error: CasedeskError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="sweeping")
        self.display = False
        self._desk = desk
        self._busy = False
        self._failure = ""

    def on_mount(self) -> None:
        self.set_timer(FIRST_AFTER, self.sweep)
        self.set_interval(SWEEP_SECONDS, self.sweep)

    def sweep(self) -> None:
        """Do what is due now, unless it is being done."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._sweep, thread=True, group="sweep", name="sweep")

    def _sweep(self) -> None:
        try:
            woken = self._desk.sweeping.run().woken
            if woken:
                self.post_message(self.Swept(woken, tuple(self._desk.tickets.lines(woken[:LINES_REFRESHED]))))
            self._failure = ""
        except CasedeskError as error:
            # A desk that can't be written to stays so for a while: said once, not every minute.
            if error.sentence != self._failure:
                self._failure = error.sentence
                self.post_message(self.Failed(error))
        finally:
            self._busy = False
