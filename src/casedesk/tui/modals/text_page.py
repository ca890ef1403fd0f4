"""A modal with a page of text that scrolls, and perhaps keys that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from casedesk.tui.drawing import line_of
from casedesk.tui.keyboard import key_name
from casedesk.tui.widgets.anchored import AnchoredScreen
from casedesk.tui.widgets.page import Page, Writer

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp


class TextPage(ModalScreen[str | None], AnchoredScreen):
    """Shows the lines that `writer` makes for a width. Ends with the key that answered it, or with None for Esc.

    `answers` are keys with what they do; they go before the keys that scroll.
    """

    app: CasedeskApp

    BINDINGS = [("escape,q", "dismiss", "Back")]
    AUTO_FOCUS = "#text-page"

    def __init__(self, title: str, writer: Writer, answers: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._title = title
        self._writer = writer
        self._answers = answers or {}

    def compose(self) -> ComposeResult:
        yield Page(line_of(self._title, 100), id="text-page")

    def on_mount(self) -> None:
        page = self.query_one("#text-page", Page)
        words = [f"{key_name(key)} {meaning}" for key, meaning in self._answers.items()]
        page.set_note([(" · ".join([*words, "↑ ↓ scroll", "Esc back"]), "muted")])
        page.write(self._writer)

    def on_key(self, event: events.Key) -> None:
        answer = next((key for key in (event.character, event.key) if key in self._answers), None)
        if answer is not None:
            event.stop()
            event.prevent_default()
            self.dismiss(answer)
