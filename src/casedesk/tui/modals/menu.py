"""A form whose answer is known to who asked before another key is handed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.await_complete import AwaitComplete

from casedesk.tui.modals.form_modal import FormModal


class Menu(FormModal[Any]):
    """Tells what was chosen while it goes: what comes next is there before another key is handed on.

    A screen's own callback is called only when nothing else is waiting, and by then keys that were typed ahead have
    gone to the list of tickets.
    """

    def __init__(self, title: str, chosen: Callable[[Any], None]) -> None:
        super().__init__(title)
        self._chosen = chosen

    def dismiss(self, result: Any = None) -> AwaitComplete:
        left = super().dismiss(result)
        self._chosen(result)
        return left
