"""What a form advises while it is filled in: records that may be meant already, found in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from casedesk.domain.errors import CasedeskError
from casedesk.tui.forms import Choice
from casedesk.tui.widgets.choice_list import ChoiceList

PAUSE = 0.25
"""Seconds without a change after which it looks."""

Look = Callable[[dict[str, Any]], Sequence[Choice]]


class Advice(Vertical):
    """A list that comes and goes below the fields. `taken` is true while the cursor is in it."""

    class Shown(Message):
        """There is other advice, or none any more."""

    class _Found(Message):
        def __init__(self, values: dict[str, Any], choices: Sequence[Choice]) -> None:
            super().__init__()
            self.values = values
            self.choices = choices

    def __init__(self, title: str, look: Look) -> None:
        super().__init__(id="form-advice")
        self.display = False
        self.taken = False
        self._title = title
        self._look = look
        self._wanted: dict[str, Any] = {}
        self._pause: Timer | None = None
        self.choices = ChoiceList(at_once=False)

    def compose(self) -> ComposeResult:
        yield Static(self._title, markup=False, classes="field-heading")
        yield self.choices

    @property
    def offers(self) -> bool:
        """Whether there is anything to go to."""
        return bool(self.choices.choices)

    def consider(self, values: dict[str, Any]) -> None:
        """Look again, once these values have stood for a moment."""
        if values == self._wanted:
            return
        self._wanted = values
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, lambda: self._start(values))

    def _start(self, values: dict[str, Any]) -> None:
        def look() -> None:
            try:
                found = self._look(values)
            except CasedeskError:
                found = ()  # advice is an extra: the form itself tells what is wrong with the desk
            self.post_message(self._Found(values, found))

        self.run_worker(look, thread=True, group="advice", exclusive=True)

    def on_advice__found(self, message: _Found) -> None:
        if message.values == self._wanted and not self.taken:
            self.choices.offer(message.choices)
            self.display = bool(message.choices)
            self.post_message(self.Shown())
