"""The list of macros: which to run, and what there is to do with recording (X4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from textual.await_complete import AwaitComplete

from casedesk.tui.actions import key_name
from casedesk.tui.forms import Choice, ChoiceField, Form
from casedesk.tui.modals.form_modal import FormModal

if TYPE_CHECKING:
    from casedesk.desk.values import Macro
    from casedesk.tui.macro_recording import Recording

RECORD: Final = "record"
SAVE: Final = "save"
DROP: Final = "drop"


class MacroMenu(FormModal[Any]):
    """Tells what was chosen as it goes, before another key is handed on: that one is for the form that follows.

    The app hands keys on, so it is the app that has to be told first; a screen's own callback would come too late.
    """

    def __init__(self, chosen: Callable[[Any], None]) -> None:
        super().__init__("Macros")
        self._chosen = chosen

    def dismiss(self, result: Any = None) -> AwaitComplete:
        left = super().dismiss(result)
        self.app.call_next(self._chosen, result)
        return left


def form(macros: Sequence[Macro], by_key: Mapping[str, Macro], recording: Recording) -> Form[Any]:
    """The macros to choose from with their keys, and what there is to do with recording."""
    choices = [_choice(macro, by_key) for macro in macros]
    if recording.running:
        steps = len(recording.steps)
        none = None if steps else "nothing is recorded yet"
        save = Choice(SAVE, "Stop and save the recording", f"{steps} steps" if steps > 1 else "", none)
        choices = [save, Choice(DROP, "Throw the recording away"), *choices]
    else:
        choices.append(Choice(RECORD, "Record a macro", "from what you do next"))
    return Form(
        title="Macros",
        fields=[ChoiceField(name="chosen", label="Macros", choices=tuple(choices))],
        submit="Choose",
        build=lambda values: values["chosen"],
    )


def _choice(macro: Macro, by_key: Mapping[str, Macro]) -> Choice:
    key = f"{key_name(macro.key)} · " if by_key.get(macro.key) == macro else ""
    shared = "shared · " if macro.shared else ""
    return Choice(macro, macro.name, f"{key}{shared}{', '.join(macro.words)}")
