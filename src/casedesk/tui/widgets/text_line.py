"""A line of text to type: it takes only safe text, and leaves Enter and Esc to what is around it."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from casedesk.domain.text_safety import visible_line


class TextLine(Input):
    """One line of text."""

    virtual_size = Reactive(Size(0, 0))  # Textual's own lays the whole screen out anew with each character

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            visible_line(value), placeholder=visible_line(placeholder), select_on_focus=False, compact=True, id=id
        )

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(visible_line(event.text))
