"""The list of macros: which to run, which to change and how, and what there is to do with recording (X4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casedesk.domain.rights import MACROS_OWN, MACROS_SHARE
from casedesk.tui.forms import Choice, Form
from casedesk.tui.keyboard import key_name
from casedesk.tui.modals.change_macro import ANEW, KEY, RENAME, RETIRE, SHARE, STEPS
from casedesk.tui.modals.menu import CHANGE, menu_form

if TYPE_CHECKING:
    from casedesk.desk.values import Macro
    from casedesk.tui.macro_recording import Recording

RECORD: Final = "record"
SAVE: Final = "save"
DROP: Final = "drop"


def form(
    macros: Sequence[Macro], by_key: Mapping[str, Macro], recording: Recording, rights: frozenset[str]
) -> Form[Any]:
    """The macros to choose from with their keys, and what there is to do with them and with recording."""

    return menu_form(
        "Macros",
        "Macros",
        _choices(macros, by_key, recording, rights),
        [_changeable(macro, rights) for macro in macros],
        lambda macro: _changes(macro, recording, rights),
    )


def _choices(
    macros: Sequence[Macro], by_key: Mapping[str, Macro], recording: Recording, rights: frozenset[str]
) -> tuple[Choice, ...]:
    """The macros, and what else there is to do: making and changing them is a right of its own (M13)."""
    choices = [_choice(macro, by_key) for macro in macros]
    if recording.running:
        steps = len(recording.steps)
        none = None if steps else "nothing is recorded yet"
        save = Choice(SAVE, "Stop and save the recording", f"{steps} steps" if steps > 1 else "", none)
        choices = [save, Choice(DROP, "Throw the recording away"), *choices]
    elif MACROS_OWN in rights:
        choices.append(Choice(RECORD, "Record a macro", "from what you do next"))
    if macros and MACROS_OWN in rights:
        choices.append(Choice(CHANGE, "Change a macro", "name, key, steps; share it, retire it"))
    return tuple(choices)


def _choice(macro: Macro, by_key: Mapping[str, Macro]) -> Choice:
    key = f"{key_name(macro.key)} · " if by_key.get(macro.key) == macro else ""
    shared = "shared · " if macro.shared else ""
    return Choice(macro, macro.name, f"{key}{shared}{', '.join(macro.words)}")


def _changeable(macro: Macro, rights: frozenset[str]) -> Choice:
    """A macro to change; a shared one is refused without the right to share (M13)."""
    refusal = "to change a shared one is a right of its own" if macro.shared and MACROS_SHARE not in rights else None
    return Choice(macro, macro.name, "shared" if macro.shared else "", refusal)


def _changes(macro: Macro | None, recording: Recording, rights: frozenset[str]) -> tuple[Choice, ...]:
    """What can be changed of the macro."""
    if macro is None:
        return ()
    share = "Make it personal" if macro.shared else "Share it"
    return (
        Choice(RENAME, "Rename it"),
        Choice(KEY, "Give it another key", f"now {key_name(macro.key)}" if macro.key else "now none"),
        Choice(STEPS, "Move or remove steps", f"now {len(macro.steps)}"),
        Choice(ANEW, "Record its steps anew", refusal="another recording is running" if recording.running else None),
        Choice(SHARE, share, refusal=None if MACROS_SHARE in rights else "sharing is a right of its own"),
        Choice(RETIRE, "Retire it"),
    )
