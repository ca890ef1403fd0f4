"""Working out due times anew after a change of calendars or policies (behaviour 3.6), with a bar to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.progress import Progress

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.app import CasedeskApp

TITLE = "Working out due times anew"
WAY_OUT = "Esc stop; it goes on at the next sweep, within a minute"


class Recomputing(Widget):
    """Invisible; a screen starts it after whatever may have touched the set-up of service levels.

    The bar comes only when there is more than one piece of work. Whoever stops it loses nothing: the desk remembers
    where it was, and the next sweep goes on from there.
    """

    class Ended(Message):
        """So many tickets have other due times, perhaps."""

        def __init__(self, tickets: int) -> None:
            super().__init__()
            self.tickets = tickets

    class _Progress(Progress):
        pass

    class _Left(Message):
        """The thread has ended: with so many tickets done, or with an error."""

        def __init__(self, tickets: int, error: CasedeskError | None) -> None:
            super().__init__()
            self.tickets = tickets
            self.error = error

    app: CasedeskApp

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.display = False
        self._desk = desk
        self._busy = False
        self._again = False
        self._stop = False
        self._bar: Any = None

    def start(self) -> None:
        """Work out what is pending, in a thread; when that is under way already, once more after it."""
        if self._busy:
            self._again = True
            return
        self._busy, self._again, self._stop = True, False, False
        self.run_worker(self._work, thread=True, group="recompute")

    def _work(self) -> None:
        tickets, error = 0, None
        try:
            tickets = self._desk.service_levels.recompute(self._report)
        except CasedeskError as failure:
            error = failure
        self.post_message(self._Left(tickets, error))

    def _report(self, done: int, total: int) -> bool:
        """Called by the desk from its thread; False stops it."""
        self.post_message(self._Progress(done, total))
        return not self._stop

    @on(_Progress)
    def _show_progress(self, message: _Progress) -> None:
        if not self._busy or message.done >= message.total:
            return
        if self._bar is None:
            from casedesk.tui.modals.progress import ProgressModal

            self._bar = ProgressModal(self._ask_to_stop, title=TITLE, way_out=WAY_OUT)
            self.app.push_screen(self._bar)
        self._bar.show_progress(message.done, message.total)

    def _ask_to_stop(self) -> None:
        self._stop = True

    @on(_Left)
    def _end(self, message: _Left) -> None:
        seen = self._bar is not None
        if self._bar is not None:
            bar, self._bar = self._bar, None
            bar.dismiss(None)
        self._busy = False
        if message.error is not None:
            self.app.tell(f"Due times couldn't be worked out: {message.error.sentence}", "error")
        elif self._stop:
            self.app.tell(
                f"Stopped after {message.tickets:,} tickets; the next sweep goes on with the rest.", "warning"
            )
        elif seen:
            self.app.tell(f"Due times of {message.tickets:,} tickets worked out anew.")
        if message.tickets:
            self.post_message(self.Ended(message.tickets))
        if self._again:
            self.start()
