"""How far a long act has come, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from casedesk.tui.modals.key_modal import KeyModal

CELLS = 40


class ProgressModal(KeyModal[None]):
    """A bar and a count; Esc asks the act to stop. What was done until then stays done."""

    def __init__(
        self, stop: Callable[[], None], *, title: str = "", way_out: str = "Esc stop; what is done stays done"
    ) -> None:
        super().__init__()
        self._stop = stop
        self._title = title
        self._way_out = way_out
        self._shown = (0, 1)

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(self._title) if self._title else None
            yield Static(markup=False, id="progress-bar")
            yield Static(self._way_out, markup=False, id="form-hint")

    def on_mount(self) -> None:
        self._draw()

    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` tickets are done."""
        self._shown = (done, total)
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        done, total = self._shown
        filled = CELLS * done // max(1, total)
        bar = f"{'━' * filled}{'┄' * (CELLS - filled)}  {done:,} of {total:,}"
        self.query_one("#progress-bar", Static).update(bar)

    def press(self, key: str, character: str | None) -> bool:
        if key == "escape":
            self._stop()
            self.query_one("#form-hint", Static).update("Stopping…")
        return True
