"""The macros in the interface: the list behind their key, the keys of their own, and recording (X4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.tui.actions import KeyMap, check_macro_key
from casedesk.tui.acts import Act, Request
from casedesk.tui.macro_recording import Recording, steps_of

if TYPE_CHECKING:
    from casedesk.desk.values import Macro, Outcome
    from casedesk.tui.app import CasedeskApp


class Macros(Widget):
    """Knows the user's macros for the screen it is on. Invisible.

    What runs or saves a macro is handed to `start` at once, so that a key typed right after is for its form.
    """

    class Recorded(Message):
        """Recording began or ended, or there is another step."""

    class _Listed(Message):
        def __init__(self, macros: Sequence[Macro], error: CasedeskError | None = None) -> None:
            super().__init__()
            self.macros = macros
            self.error = error

    app: CasedeskApp

    def __init__(self, recording: Recording, start: Callable[[Act[Any]], None]) -> None:
        super().__init__(id="macros")
        self.display = False
        self._start = start
        self.recording = recording
        self._by_key: dict[str, Macro] = {}
        self._menu: Any = None

    # The list

    def reload(self) -> None:
        """Read the macros again, and with them their keys."""
        desk = self.app.desk

        def read() -> None:
            try:
                self.post_message(self._Listed(desk.macros.list()))
            except CasedeskError as error:
                self.post_message(self._Listed((), error))

        self.run_worker(read, thread=True, group="macros", exclusive=True)

    def open(self) -> None:
        """Show the list of macros, and what there is to do with recording."""
        from casedesk.tui.modals.macro_menu import MacroMenu

        self._menu = MacroMenu(self._chosen)
        self.app.push_screen(self._menu)
        self.reload()

    @on(_Listed)
    async def _take_list(self, message: _Listed) -> None:
        from casedesk.tui.modals.macro_menu import form

        menu, self._menu = self._menu, None
        self._by_key = _by_key(message.macros, self.app.keymap)
        if menu is not None and message.error is not None:
            menu.dismiss(None)
            self.app.tell(message.error.sentence, "error")
        elif menu is not None:
            await menu.show_form(form(message.macros, self._by_key, self.recording))

    def _chosen(self, choice: Any) -> None:
        from casedesk.tui.modals.macro_menu import DROP, RECORD, SAVE

        self._menu = None
        if choice == RECORD:
            self.recording.start()
            self.app.tell("Recording: what you do on tickets now becomes the steps of a macro.")
        elif choice == DROP:
            self.recording.stop()
            self.app.tell("The recording is thrown away.")
        elif choice == SAVE:
            self._save()
        elif choice is not None:
            self._run(choice)
        self.post_message(self.Recorded())

    def press(self, key: str, character: str | None) -> bool:
        """Take a key that runs a macro; False when it runs none."""
        macro = self._by_key.get(character or "") or self._by_key.get(key)
        if macro is not None:
            self._run(macro)
        return macro is not None

    def _run(self, macro: Macro) -> None:
        from casedesk.tui.modals import run_macro

        self._start(run_macro.act_of(macro))

    # Recording

    def _save(self) -> None:
        from casedesk.tui.modals import save_macro

        check = partial(check_macro_key, self.app.keymap)
        self._start(save_macro.act_of(self.recording.steps, check))

    def take_down(self, request: Request | None, outcome: Outcome) -> None:
        """An act was done: part of the recording, or the end of it."""
        from casedesk.tui.modals.save_macro import NewMacro

        if request is not None and isinstance(request.result, NewMacro):
            self.recording.stop()
            self.reload()
        elif self.recording.running:
            self._take(request, outcome)
        self.post_message(self.Recorded())

    def _take(self, request: Request | None, outcome: Outcome) -> None:
        if request is None:
            self.recording.undo() if outcome.name == "undo" else self.recording.redo()
            return
        steps = steps_of(request, self.app.desk.now())
        self.recording.take(steps or [])
        if steps is None:
            self.app.tell("That was done, and can't be part of a macro.", "warning")

    @property
    def said(self) -> str:
        """That is recorded, for the head line; nothing otherwise."""
        count = len(self.recording.steps)
        if not self.recording.running:
            return ""
        sign = "" if self.app.preferences.plain else "● "
        return f"{sign}recording {count} step{'' if count == 1 else 's'}"


def _by_key(macros: Sequence[Macro], keymap: KeyMap) -> dict[str, Macro]:
    """The macros by their keys, own ones before shared ones; a key that means an action stays the action's."""
    found: dict[str, Macro] = {}
    for macro in macros:
        if macro.key and macro.key not in found and not _taken(macro.key, keymap):
            found[macro.key] = macro
    return found


def _taken(key: str, keymap: KeyMap) -> str:
    """Why the key can't run a macro; nothing when it can."""
    try:
        check_macro_key(keymap, key)
    except InvalidInput as error:
        return error.sentence
    return ""
