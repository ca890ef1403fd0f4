"""Doing what is due while the interface runs, as `casedesk sweep` does: once a minute, in a thread."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.acts import LINES_REFRESHED

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Swept, TicketLine

SWEEP_SECONDS = 60.0
FIRST_AFTER = 2.0
"""Seconds after which it is first done: by then the list has been read."""
TELL_SECONDS = 0.5


def changed(swept: Swept) -> tuple[int, ...]:
    """The tickets that it did something to, each once."""
    return tuple(dict.fromkeys((*swept.woken, *swept.breached, *swept.warned, *swept.ruled)))


def words(swept: Swept) -> str:
    """What was done, in one line: `#5 woke up · 2 tickets are overdue`."""
    told = (
        (swept.woken, "woke up", "woke up"),
        (swept.breached, "missed what was due", "missed what was due"),
        (swept.warned, "is due soon", "are due soon"),
        (swept.ruled, "was taken up by rules", "were taken up by rules"),
    )
    said = [f"#{numbers[0]} {one}" if len(numbers) == 1 else f"{len(numbers):,} tickets {many}"
            for numbers, one, many in told if numbers]  # fmt: skip
    return " · ".join([*said, f"{swept.timed:,} tickets timed anew"] if swept.timed else said)


class Sweeping(Widget):
    """Sweeps for the screen it is on. Invisible; says what it did by messages."""

    class Swept(Message):
        """What was done to tickets; `lines` are those tickets as they are now, as far as they are read again."""

        def __init__(self, swept: Swept, lines: tuple[TicketLine, ...]) -> None:
            super().__init__()
            self.swept = swept
            self.lines = lines

        @property
        def numbers(self) -> tuple[int, ...]:
            """The tickets that woke up, are about to miss a target or have missed one."""
            return changed(self.swept)

    class Timing(Message):
        """How far working out all timers anew is, in tickets."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

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
        self._told = 0.0
        self._gone = False

    def on_mount(self) -> None:
        self.set_timer(FIRST_AFTER, self.sweep)
        self.set_interval(SWEEP_SECONDS, self.sweep)

    def sweep(self) -> None:
        """Do what is due now, unless it is being done."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._sweep, thread=True, group="sweep", name="sweep")

    def on_unmount(self) -> None:
        self._gone = True

    def _tell(self, done: int, total: int) -> bool:
        """Say how far it is, now and then; False ends it where the screen is gone. It goes on from there later."""
        now = monotonic()
        if now - self._told >= TELL_SECONDS:
            self._told = now
            self.post_message(self.Timing(done, total))
        return not self._gone

    def _sweep(self) -> None:
        self._told = monotonic()
        try:
            swept = self._desk.sweeping.run(self._tell)
            numbers = changed(swept)
            if numbers or swept.timed:
                self.post_message(self.Swept(swept, tuple(self._desk.tickets.lines(numbers[:LINES_REFRESHED]))))
            self._failure = ""
        except CasedeskError as error:
            # A desk that can't be written to stays so for a while: said once, not every minute.
            if error.sentence != self._failure:
                self._failure = error.sentence
                self.post_message(self.Failed(error))
        finally:
            self._busy = False
