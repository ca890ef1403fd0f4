"""A work of several steps, done in a thread while a bar shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widgets import Static

from casedesk.domain.errors import CasedeskError
from casedesk.tui.drawing import line_of
from casedesk.tui.modals.progress import CELLS, ProgressModal

if TYPE_CHECKING:
    from casedesk.desk.restoring import Steps

Work = Callable[["Steps"], Any]
"""Called in a thread with what it tells its steps to, which answers False when it is to stop. Raises CasedeskError."""

Ended = Callable[[Any, CasedeskError | None], None]
"""Called on the event loop with what the work has returned, or with its error."""

NOTHING_CHANGED = "Esc stop; nothing is changed then"


class StepsModal(ProgressModal):
    """Does the work, leaves, and hands on how it ended. A step of unknown length has no figures."""

    class _Step(Message):
        def __init__(self, name: str, done: int, total: int) -> None:
            super().__init__()
            self.name = name
            self.done = done
            self.total = total

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, StepsModal._Step)

    class _Ended(Message):
        def __init__(self, result: Any, error: CasedeskError | None) -> None:
            super().__init__()
            self.result = result
            self.error = error

    def __init__(self, title: str, work: Work, ended: Ended, *, way_out: str = NOTHING_CHANGED) -> None:
        super().__init__(self._ask_to_stop, title=title, way_out=way_out)
        self._work = work
        self._ended = ended
        self._stopping = False
        self._told = ("", 0, 0)

    def on_mount(self) -> None:
        super().on_mount()
        self.run_worker(self._do, thread=True, group="steps")

    def on_unmount(self) -> None:
        self._stopping = True

    def _ask_to_stop(self) -> None:
        self._stopping = True

    def _do(self) -> None:
        try:
            self.post_message(self._Ended(self._work(self._tell), None))
        except CasedeskError as error:
            self.post_message(self._Ended(None, error))

    def _tell(self, name: str, done: int, total: int) -> bool:
        told = (name, done, total)
        if told != self._told:  # some ask many times a second whether to go on
            self._told = told
            self.post_message(self._Step(name, done, total))
        return not self._stopping

    @on(_Step)
    def _show_step(self, message: _Step) -> None:
        share = min(1.0, message.done / message.total) if message.total else 0.0
        filled = round(CELLS * share)
        figure = f"{share:4.0%}" if message.total else "    "
        line = f"{'━' * filled}{'┄' * (CELLS - filled)} {figure} {line_of(message.name, 40)}"
        self.query_one("#progress-bar", Static).update(line)

    def _draw(self) -> None:
        self.query_one("#progress-bar", Static).update("┄" * CELLS)

    @on(_Ended)
    def _leave(self, message: _Ended) -> None:
        self.dismiss(None)
        # By the app: this modal is on its way out, and what comes next may be a screen.
        self.app.call_later(self._ended, message.result, message.error)
