"""A modal that shows a text and offers answers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from casedesk.tui.drawing import block_of, line_of
from casedesk.tui.modals.key_modal import KeyModal


class MessageModal(KeyModal[str | None]):
    """Shows a text and offers answers, each with its key; dismissed with the chosen key, or None for Esc."""

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.message_title = title
        self.text = text
        self.answers = dict(answers)

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(line_of(self.message_title))
            with VerticalScroll(id="form-fields", can_focus=False):
                yield Static(block_of(self.text), markup=False, id="message-text")
            words = [f"{key} {meaning}" for key, meaning in self.answers.items()]
            yield Static(line_of(" · ".join([*words, "Esc back"])), markup=False, id="form-hint")

    def press(self, key: str, character: str | None) -> bool:
        scroll = self.query_one("#form-fields", VerticalScroll)
        if character in self.answers:
            self.dismiss(character)
        elif key in ("escape", "enter", "q"):
            self.dismiss(None)
        elif key in ("down", "pagedown", "up", "pageup"):
            scroll.scroll_relative(y={"down": 1, "up": -1, "pagedown": 10, "pageup": -10}[key], animate=False)
        return True
