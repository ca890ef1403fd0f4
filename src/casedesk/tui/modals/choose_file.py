"""A modal that asks for a file by its path, with what may follow listed under it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from casedesk.tui.drawing import line_of
from casedesk.tui.modals.key_modal import LEAVE_QUESTION
from casedesk.tui.widgets.anchored import AnchoredScreen
from casedesk.tui.widgets.choice_list import ChoiceList
from casedesk.tui.widgets.path_line import NewPathLine, PathLine

if TYPE_CHECKING:
    from casedesk.tui.key_order import KeyOrder

REPLACE_QUESTION = "This file is there already. Replace it?   y yes · n no"

Take = Callable[["ChooseFile", Path], None]
"""Told which file was chosen. It ends the modal by `dismiss`, or says by `refuse` why it won't do."""


class ChooseFile(ModalScreen[Any], AnchoredScreen):
    """Stays until `take` has ended it. Ends with None for Esc.

    With `new`, the file is to be written: what is typed counts as it stands, and a file that is there already is
    taken only after a yes, which `replaces` remembers. A folder is handed on like a file.
    """

    AUTO_FOCUS = "PathLine"
    app: KeyOrder

    def __init__(self, title: str, about: str, start: Path, take: Take, *, enter: str, new: bool = False) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._start = start
        self._take = take
        self._enter = enter
        self._new = new
        self._yes: Callable[[], None] | None = None
        self.replaces = False
        placeholder = "Path of a file"
        self.path = NewPathLine(placeholder) if new else PathLine(placeholder)

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(line_of(self._title))
            yield Static(self._about, markup=False, id="file-about")
            yield self.path
            yield Static(markup=False, id="file-mistake")
            yield self.path.results
            yield Static(markup=False, id="form-hint")

    def on_mount(self) -> None:
        if self._start.is_dir():
            self.path.start_in(str(self._start))
        else:
            self.path.put(str(self._start))
        self._began = self.path.value
        self._hint()

    def _hint(self, question: str = "") -> None:
        hint = self.query_one("#form-hint", Static)
        hint.set_class(bool(question), "-asking")
        hint.update(question or f"Enter {self._enter} · Tab completes · ↓ ↑ choose · Esc leave")

    def refuse(self, sentence: str) -> None:
        """Say why the file won't do; another one can be named."""
        self.query_one("#file-mistake", Static).update(line_of(sentence, 1000))
        self.set_focus(self.path)

    @on(Input.Changed)
    def _forget_mistake(self) -> None:
        self.query_one("#file-mistake", Static).update("")

    @on(ChoiceList.Clicked)
    def _write_clicked(self) -> None:
        current = self.path.results.current
        if current is not None and current.refusal is None:
            self.path.put(str(current.value))

    @on(PathLine.Chosen)
    def _chosen(self, message: PathLine.Chosen) -> None:
        try:
            path = Path(message.path).expanduser()
            there = path.is_file()
        except (OSError, RuntimeError, ValueError):  # a `~name` that nobody has, a name that no file can have
            self.refuse("There can be no file of that name.")
            return
        if not self._new and path.is_dir():
            self.refuse(f"{path} is a folder; choose a file in it.")
        elif self._new and there:
            self._ask(REPLACE_QUESTION, lambda: self._hand_over(path, replaces=True))
        else:
            self._hand_over(path, replaces=False)

    def _hand_over(self, path: Path, *, replaces: bool) -> None:
        self.replaces = replaces
        self._take(self, path)

    def _ask(self, question: str, yes: Callable[[], None]) -> None:
        self._yes = yes
        self.set_focus(None)
        self._hint(question)

    def on_key(self, event: events.Key) -> None:
        if self._yes is not None:
            self._answer(self._yes, event.key)
        elif event.key == "escape":
            if self.path.value == self._began:
                self.dismiss(None)
            else:
                self._ask(LEAVE_QUESTION, self._leave)
        else:
            return
        event.stop()
        event.prevent_default()

    def _leave(self) -> None:
        self.dismiss(None)

    def _answer(self, yes: Callable[[], None], key: str) -> None:
        if key not in ("y", "Y", "n", "N", "escape", "enter"):
            return
        self._yes = None
        self._hint()
        self.set_focus(self.path)
        if key in ("y", "Y"):
            yes()
