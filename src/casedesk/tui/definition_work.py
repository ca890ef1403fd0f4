"""What a screen of definitions has the desk do, in threads and one thing after the other; answers come as messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.progress import Progress

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome
    from casedesk.tui.configuration.section import Altered
    from casedesk.tui.modals.progress import ProgressModal

    Change = Callable[[Desk], Outcome | Altered | None]

Item = TypeVar("Item")

PATIENCE = 2.0
"""Seconds that a key waits for the change before it."""

LONG = 200
"""Pieces of work from which on a bar is shown."""


class DefinitionWork(Widget):
    """Invisible; the screen asks it and hears from it. `read` gets from the desk what the screen shows."""

    class Shown(Message):
        """What there is now, None when it can't be read; `outcome` is what was done, or `error` why it wasn't."""

        def __init__(self, found: Any, outcome: Outcome | Altered | None, error: CasedeskError | None) -> None:
            super().__init__()
            self.found = found
            self.outcome = outcome
            self.error = error

    class _Progress(Progress):
        pass

    class _LookedUp(Message):
        def __init__(self, then: Callable[[], None]) -> None:
            super().__init__()
            self.then = then

    def __init__(self, desk: Desk, read: Callable[[Desk], Any]) -> None:
        super().__init__()
        self.display = False
        self._stop = False
        self._bar: ProgressModal | None = None
        self._desk = desk
        self._read = read
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def busy(self) -> bool:
        """Whether something that was asked for isn't done and shown yet."""
        return not self._idle.is_set()

    def read(self) -> None:
        """Read what there is."""
        self._start(None)

    def do(self, change: Change) -> None:
        """Make a change, and read what there is then. What was asked for before has to be settled."""
        self._start(change)

    def look_up(
        self, read: Callable[[Desk], Any], found: Callable[[Any], None], failed: Callable[[CasedeskError], None]
    ) -> None:
        """Read, in a thread, what a form needs; then call `found` with it, or `failed` with the error."""
        desk = self._desk

        def work() -> None:
            try:
                answer = read(desk)
            except CasedeskError as error:
                self.post_message(self._LookedUp(partial(failed, error)))
            else:
                self.post_message(self._LookedUp(partial(found, answer)))

        self.run_worker(work, thread=True, group="definitions")

    @on(_LookedUp)
    def _hand_over(self, message: _LookedUp) -> None:
        message.then()

    async def settle(self) -> bool:
        """Wait until what was asked for is done and shown; False when that takes too long.

        Not to be called where the screen's own messages are handled: it waits for one of them.
        """
        try:
            await asyncio.wait_for(self._idle.wait(), PATIENCE)
        except TimeoutError:
            return False
        return True

    def settled(self) -> None:
        """The screen has taken in what was done."""
        self._idle.set()

    def report(self, done: int, total: int) -> bool:
        """For a change that takes its time to tell how far it is, from its thread; False asks it to stop."""
        if total >= LONG:
            self.post_message(self._Progress(done, total))
        return not self._stop

    @on(_Progress)
    def _show_progress(self, message: _Progress) -> None:
        if not self.busy:
            return
        if self._bar is None:
            from casedesk.tui.modals.progress import ProgressModal

            self._bar = ProgressModal(self._ask_to_stop)
            self.app.push_screen(self._bar)
        self._bar.show_progress(message.done, message.total)

    def _ask_to_stop(self) -> None:
        self._stop = True

    @on(Shown)
    def _end_progress(self) -> None:
        if self._bar is not None:
            bar, self._bar = self._bar, None
            bar.dismiss(None)

    def _start(self, change: Change | None) -> None:
        self._idle.clear()
        self._stop = False
        desk = self._desk

        def work() -> None:
            outcome: Outcome | Altered | None = None
            error: CasedeskError | None = None
            try:
                outcome = change(desk) if change else None
            except CasedeskError as refusal:
                error = refusal
            try:
                self.post_message(self.Shown(self._read(desk), outcome, error))
            except CasedeskError as failure:
                self.post_message(self.Shown(None, outcome, failure))

        self.run_worker(work, thread=True, group="definitions")


def moved(items: Sequence[Item], place: int, by: int) -> list[Item]:
    """The items with the one at `place` moved, stopping at the ends."""
    left = [*items]
    item = left.pop(place)
    left.insert(max(0, min(place + by, len(left))), item)
    return left
