"""Keys one after the other: none is handed on before the one before it has done what it does.

Textual hands a key to the widget that has the focus, and its binding runs only when the key has come back up to the
app. Somebody who types `/late` fast would have the `l` sent to the list while the `/` is still on its way up, where
`l` means something else. So the app waits for each key: a message posted right behind it takes the same way up, and
what comes through the same queues comes in the same order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from textual import events, on
from textual.app import App
from textual.message import Message

PATIENCE = 3.0
"""Seconds after which a key that never came back (its widget was taken away) no longer holds up the others. On a busy
machine what a key does may take a second, and the next one must not overtake it."""


class KeyOrder(App[None]):
    """An app whose keys and pastes are handed on one by one."""

    class Done(Message):
        """The key that was handed on as the `turn`th is through."""

        def __init__(self, turn: int) -> None:
            super().__init__()
            self.turn = turn

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0
        self._under_way = False
        self._held: deque[events.Event] = deque()
        self._forgotten_until = -1.0

    async def on_event(self, event: events.Event) -> None:
        typed = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if not typed:
            await super().on_event(event)
        elif event.time <= self._forgotten_until:
            return
        elif self._under_way:
            self._held.append(event)
            if len(self._held) == 1:
                self._wait_for_turn()
        else:
            await self._hand_on(event)

    def put_back(self, keys: Sequence[events.Key]) -> None:
        """Keys that came to a screen which is gone: they go to the one that is there now, in the order of typing."""
        known = [key for key in keys if key.time > self._forgotten_until]
        self._held = deque(sorted((*known, *self._held), key=lambda event: event.time))
        if known and not self._under_way:
            self._under_way = True
            self.post_message(self.Done(self._turn))

    def forget_typed(self) -> None:
        """Drop every key typed until now and not handed on: it was for a form that doesn't come, and would mean
        something else anywhere else."""
        self._forgotten_until = Message().time  # the clock of the keys' own times
        self._held.clear()

    async def _hand_on(self, event: events.Event) -> None:
        self._turn += 1
        self._under_way = True
        if self._held:
            self._wait_for_turn()
        await super().on_event(event)
        (self.focused or self.screen).post_message(self.Done(self._turn))

    @on(Done)
    async def _next_key(self, message: Done) -> None:
        message.stop()
        if message.turn == self._turn:
            await self._go_on()

    async def _go_on(self) -> None:
        self._under_way = False
        if self._held:
            await self._hand_on(self._held.popleft())

    def _wait_for_turn(self) -> None:
        """Wait for the key that is under way, but not for ever; a later key gets all its time again."""
        turn = self._turn

        async def go_on_all_the_same() -> None:
            if turn == self._turn and self._under_way:
                await self._go_on()

        self.set_timer(PATIENCE, go_on_all_the_same)
