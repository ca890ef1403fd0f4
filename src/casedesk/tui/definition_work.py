"""What a screen of definitions has the desk do, in threads and one thing after the other; answers come as messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

    Change = Callable[[Desk], Outcome]

Item = TypeVar("Item")

PATIENCE = 2.0
"""Seconds that a key waits for the change before it."""


class DefinitionWork(Widget):
    """Invisible; the screen asks it and hears from it. `read` gets from the desk what the screen shows."""

    class Shown(Message):
        """What there is now, None when it can't be read; `outcome` is what was done, or `error` why it wasn't."""

        def __init__(self, found: Any, outcome: Outcome | None, error: CasedeskError | None) -> None:
            super().__init__()
            self.found = found
            self.outcome = outcome
            self.error = error

    def __init__(self, desk: Desk, read: Callable[[Desk], Any]) -> None:
        super().__init__()
        self.display = False
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

    def _start(self, change: Change | None) -> None:
        self._idle.clear()
        desk = self._desk

        def work() -> None:
            outcome, error = None, None
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
