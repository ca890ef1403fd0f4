"""How far a long act has come, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from casedesk.tui.modals.key_modal import KeyModal

CELLS = 40


class ProgressModal(KeyModal[None]):
    """A bar and a count; Esc asks the act to stop. What was done until then stays done."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__()
        self._stop = stop
        self._shown = (0, 1)

    def compose(self) -> ComposeResult:
        with Vertical(id="form"):
            yield Static(markup=False, id="progress-bar")
            yield Static("Esc stop; what is done stays done", markup=False, id="form-hint")

    def on_mount(self) -> None:
        self.show_progress(*self._shown)

    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` tickets are done."""
        self._shown = (done, total)
        if self.is_mounted:
            filled = CELLS * done // max(1, total)
            self.query_one("#progress-bar", Static).update(
                f"{'━' * filled}{'┄' * (CELLS - filled)}  {done:,} of {total:,}"
            )

    def press(self, key: str, character: str | None) -> bool:
        if key == "escape":
            self._stop()
            self.query_one("#form-hint", Static).update("Stopping…")
        return True
