"""The macros in the interface: the list behind their key, the keys of their own, and recording (X4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.tui.acts import Request
from casedesk.tui.drawing import line_of
from casedesk.tui.keys import KeyMap, check_macro_key
from casedesk.tui.macro_recording import Recording, steps_of
from casedesk.tui.offering import Offering

if TYPE_CHECKING:
    from casedesk.desk.values import Macro, Outcome
    from casedesk.tui.acting import Acting


class Macros(Offering):
    """Knows the user's macros for the screen it is on."""

    TITLE = "Macros"

    class Recorded(Message):
        """Recording began or ended, or there is another step."""

    class _Listed(Message):
        def __init__(self, macros: Sequence[Macro], error: CasedeskError | None = None) -> None:
            super().__init__()
            self.macros = macros
            self.error = error

    def __init__(self, recording: Recording, acting: Acting) -> None:
        super().__init__(acting)
        self.recording = recording
        self._by_key: dict[str, Macro] = {}

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

    @on(_Listed)
    async def _take_list(self, message: _Listed) -> None:
        from casedesk.tui.modals.macro_menu import form

        self._by_key = _by_key(message.macros, self.app.keymap)
        rights = self.app.desk.user.rights
        await self.fill(message.error, lambda: form(message.macros, self._by_key, self.recording, rights))

    def choose(self, choice: Any) -> None:
        from casedesk.tui.modals.macro_menu import DROP, RECORD, SAVE
        from casedesk.tui.modals.menu import Wanted

        self._menu = None
        if isinstance(choice, Wanted):
            self._change(choice.what, choice.which)
        elif choice == RECORD:
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

        self._acting.start(run_macro.act_of(macro))

    def _change(self, what: str, macro: Macro) -> None:
        from casedesk.tui.modals.change_macro import ANEW, STEPS, act_of

        if what == ANEW:
            self.recording.start(macro)
            self.app.tell(f"Recording: what you do on tickets now becomes the steps of “{line_of(macro.name, 60)}”.")
        elif what == STEPS:
            from casedesk.tui.modals.change_steps import ChangeSteps

            self.app.push_screen(ChangeSteps(macro), lambda steps: self._change_steps(macro, steps))
        else:
            self._acting.start(act_of(what, macro, partial(check_macro_key, self.app.keymap)))

    def _change_steps(self, macro: Macro, steps: Sequence[Mapping[str, Any]] | None) -> None:
        from casedesk.tui.modals.change_macro import steps_act

        if steps is not None:
            self._acting.start(steps_act(macro, steps))

    # Recording

    def _save(self) -> None:
        from casedesk.tui.modals import save_macro

        check = partial(check_macro_key, self.app.keymap)
        self._acting.start(save_macro.act_of(self.recording.steps, check, self.recording.anew))

    def take_down(self, request: Request | None, outcome: Outcome) -> None:
        """An act was done: part of the recording, the end of it, or a change of the macros themselves."""
        from casedesk.tui.modals.save_macro import NewMacro

        if request is not None and isinstance(request.result, NewMacro):
            self.recording.stop()
        elif self.recording.running:
            self._take(request, outcome)
        if not outcome.done:
            self.reload()
        self.post_message(self.Recorded())

    def _take(self, request: Request | None, outcome: Outcome) -> None:
        if request is None:
            self.recording.undo() if outcome.name == "undo" else self.recording.redo()
            return
        if _of_macros(request):
            self.recording.take([])
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


def _of_macros(request: Request) -> bool:
    """Whether the act changed a macro, rather than tickets by one."""
    return request.act.action_id == "macros.open" and not request.act.needs_ticket


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
