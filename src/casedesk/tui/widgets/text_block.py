"""Several lines of text to type: only safe text, and Enter and Esc are left to the form around it."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from casedesk.domain.text_safety import visible, visible_line


class TextBlock(TextArea):
    """Several lines of text. Enter goes on in the form; ctrl+o (shift+enter where it is told apart) starts a line."""

    def __init__(self, value: str = "", *, placeholder: str = "") -> None:
        super().__init__(
            visible(value), soft_wrap=True, show_line_numbers=False, compact=True, placeholder=visible_line(placeholder)
        )
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("ctrl+o", "shift+enter"):
            event.stop()
            event.prevent_default()
            self.insert("\n")
        elif event.key == "enter":
            event.prevent_default()
        else:
            await super()._on_key(event)
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert(visible(event.text))
