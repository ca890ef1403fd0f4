"""The list of macros: which to run, which to change and how, and what there is to do with recording (X4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casedesk.domain.rights import MACROS_OWN, MACROS_SHARE
from casedesk.tui.forms import Choice, ChoiceField, Form, Values
from casedesk.tui.keyboard import key_name
from casedesk.tui.modals.change_macro import ANEW, KEY, RENAME, RETIRE, SHARE, STEPS

if TYPE_CHECKING:
    from casedesk.desk.values import Macro
    from casedesk.tui.macro_recording import Recording

RECORD: Final = "record"
SAVE: Final = "save"
DROP: Final = "drop"
CHANGE: Final = "change"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A macro that is to be changed, and what of it."""

    what: str
    macro: Macro


def form(
    macros: Sequence[Macro], by_key: Mapping[str, Macro], recording: Recording, rights: frozenset[str]
) -> Form[Any]:
    """The macros to choose from with their keys, and what there is to do with them and with recording.

    Letters and digits only go to a choice and Enter chooses it: of a name that is typed on, nothing falls through.
    """

    def ask_what(values: Values) -> bool:
        return values.get("chosen") == CHANGE

    return Form(
        title="Macros",
        fields=[
            ChoiceField(
                name="chosen", label="Macros", choices=_choices(macros, by_key, recording, rights), at_once=False
            ),
            ChoiceField(
                name="macro",
                label="Which",
                choices=tuple(_changeable(macro, rights) for macro in macros),
                when=ask_what,
                at_once=False,
            ),
            ChoiceField(
                name="what",
                label="Change",
                choices=lambda values: _changes(values.get("macro"), recording, rights),
                when=ask_what,
                at_once=False,
            ),
        ],
        submit="Choose",
        build=_chosen,
    )


def _chosen(values: Values) -> Any:
    return Wanted(values["what"], values["macro"]) if values["chosen"] == CHANGE else values["chosen"]


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
