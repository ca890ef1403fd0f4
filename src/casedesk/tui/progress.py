"""How far long work in a thread has come, as it is told to who started it."""

from __future__ import annotations

from textual.message import Message


class Progress(Message):
    """So many of so many are done. Of those that wait to be shown, only the last one is."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done = done
        self.total = total

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, type(self))
