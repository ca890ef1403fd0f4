"""While a backup takes the desk's place: the desk is left and closed, the backup restored, and that desk shown.

A restore needs the file for itself, so every screen that reads from the desk goes away first, and with it its threads.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from casedesk.domain.errors import CasedeskError
from casedesk.tui.drawing import block_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.restoring import Steps
    from casedesk.desk.values import Restored
    from casedesk.tui.app import CasedeskApp, Opened

PATIENCE: Final = 10.0
"""Seconds that the desk's readers get to end by themselves."""

PAUSE: Final = 0.05
LONG: Final = 12.0
"""Seconds for which the end is told: it names two files."""


@dataclass(frozen=True)
class Ending:
    """How it ended. Without `opened`, the desk couldn't be opened again, and `error` says why."""

    restored: Restored | None
    opened: Opened | None
    error: CasedeskError | None


def leave_and_restore(app: CasedeskApp, source: str) -> None:
    """Leave every screen, restore the backup at the path `source`, and show the desk that is there then."""
    app.run_worker(_leave(app, source), group="restore", exclusive=True)


async def _leave(app: CasedeskApp, source: str) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    while loop.time() < until and any(
        not worker.is_finished and worker.group not in ("follow", "restore") for worker in app.workers
    ):
        await asyncio.sleep(PAUSE)
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    # Textual gives the screen that it begins with no callback, and looks for one when that is switched.
    app.screen._push_result_callback(app, None)
    await app.switch_screen(RestoreScreen(app.desk, source))


class RestoreScreen(Screen[None]):
    """Nothing can be done here but wait; or leave, where no desk could be opened again."""

    app: CasedeskApp

    def __init__(self, desk: Desk, source: str) -> None:
        super().__init__()
        self._desk = desk
        self._source = source
        self._lost = False

    def compose(self) -> ComposeResult:
        with Vertical(id="restoring"):
            yield Static("The desk is being restored.", markup=False, id="restoring-words")

    def on_mount(self) -> None:
        from casedesk.tui.modals.steps import StepsModal

        self.app.push_screen(StepsModal("Restore", self._restore, self._show))

    def _restore(self, steps: Steps) -> Ending:
        """Restore, and open the desk that is there then: the backup, or the one as it was. Called in a thread."""
        from casedesk.desk import Desk
        from casedesk.desk.restoring import restore
        from casedesk.tui.app import open_desk

        desk = self._desk
        real, name = (desk.behind or desk.user).login, desk.user.login
        desk.close()
        restored: Restored | None = None
        error: CasedeskError | None = None
        try:
            restored = restore(desk.path, self._source, user=real, acting_as=name, clock=desk.clock, progress=steps)
        except CasedeskError as refusal:
            error = refusal
        try:
            return Ending(restored, open_desk(Desk.open(desk.path, user=real, acting_as=name, clock=desk.clock)), error)
        except CasedeskError as failure:
            return Ending(restored, None, failure)

    def _show(self, ending: Ending | None, error: CasedeskError | None) -> None:
        app = self.app
        if ending is None or ending.opened is None:
            self._say_lost(ending.restored if ending else None, error or (ending.error if ending else None))
            return
        app.show_desk(ending.opened)
        done = ending.restored
        if done is None:
            why = ending.error.sentence if ending.error is not None else ""
            app.call_later(app.tell, f"Nothing was restored. {why}", "error", seconds=LONG)
            return
        kept = f" What was there is kept beside it as {Path(done.kept).name}." if done.kept is not None else ""
        app.call_later(app.tell, f"{Path(self._source).name} is the desk now.{kept}", seconds=LONG)

    def _say_lost(self, restored: Restored | None, error: CasedeskError | None) -> None:
        """Say why there is no desk to go on with, and how to get the one before back."""
        self._lost = True
        lines = ["The backup is restored." if restored else "Nothing was restored."]
        lines += [error.sentence] if error is not None else []
        if restored is not None and restored.kept is not None:
            lines += ["What was there is kept. This brings it back:", "",
                      f"casedesk --desk {quote(restored.path)} restore {quote(restored.kept)}"]  # fmt: skip
        lines += ["", "q or Esc leaves the program."]
        self.query_one("#restoring-words", Static).update(block_of("\n".join(lines)))

    def on_key(self, event: events.Key) -> None:
        if self._lost and event.key in ("q", "escape", "enter"):
            self.app.exit()
