"""Keep what was recorded: as a macro with its name, its key, and for whom it is, or as the steps of one (X4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.macros import macro_key
from casedesk.domain.rights import MACROS_SHARE
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, Form, Values
from casedesk.tui.modals.macro_fields import Known, check_free, key_field, name_field, read_known

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Macro, Outcome
    from casedesk.tui.macro_recording import Step
    from casedesk.tui.modals.macro_fields import CheckKey


@dataclass(frozen=True, slots=True)
class NewMacro:
    """A macro as it is saved; with `instead_of`, the steps that one gets in place of its own."""

    name: str
    key: str
    shared: bool
    steps: tuple[Step, ...]
    instead_of: Macro | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the form needs to know: the macros there are, and the recorded steps in words."""

    known: Known
    words: tuple[str, ...]


def act_of(steps: Sequence[Step], check_key: CheckKey, anew: Macro | None = None) -> Act[NewMacro]:
    """The act that saves the steps, which are those of `anew` if it was recorded anew. `check_key` raises
    InvalidInput for a key that means something else."""

    def ask(target: Target) -> Form[NewMacro]:
        return form(target, tuple(steps), check_key, anew)

    def read(desk: Desk, _numbers: tuple[int, ...]) -> Surroundings:
        return Surroundings(read_known(desk), desk.macros.words(steps))

    return Act("macros.open", perform, ask, read=read, needs_ticket=False, guarded=False, repeatable=False)


def form(target: Target, steps: tuple[Step, ...], check_key: CheckKey, anew: Macro | None) -> Form[NewMacro]:
    """Asks for name and key, and whether all may run it where the user may share."""
    about: Surroundings = target.more

    def is_new(values: Values) -> bool:
        return not values.get("instead")

    fields: list[Field] = [
        name_field(when=is_new),
        key_field(check_key, about.known.macros, when=is_new),
    ]
    if anew is not None:
        fields.insert(0, _instead_field(anew))
    if MACROS_SHARE in target.user.rights:
        whose = (Choice(False, "Personal", "only you run it"), Choice(True, "Shared", "everybody may run it"))
        fields.append(ChoiceField(name="shared", label="For whom", choices=whose, initial=False, when=is_new))

    def build(values: Values) -> NewMacro:
        if anew is not None and values["instead"]:
            return NewMacro(anew.name, anew.key, anew.shared, steps, anew)
        shared = bool(values.get("shared"))
        check_free(values["name"], about.known.macros, shared=shared)
        return NewMacro(values["name"], macro_key(values["key"]), shared, steps)

    return Form(
        title="Save the macro",
        fields=fields,
        submit="Save the macro",
        build=build,
        intro="\n".join([*(f"{place}. {line_of(words, 60)}" for place, words in enumerate(about.words, 1)), ""]),
    )


def _instead_field(anew: Macro) -> ChoiceField:
    was = f"in place of {', '.join(anew.words)}"
    choices = (Choice(True, f"As “{anew.name}”", was), Choice(False, "As another macro"))
    return ChoiceField(name="instead", label="Save", choices=choices, at_once=False)


def perform(desk: Desk, target: Target, new: NewMacro, guards: Guards) -> Outcome:
    """Make the macro, or give the one that was recorded anew its steps."""
    if new.instead_of is not None:
        return desk.macros.change(new.instead_of, steps=new.steps)
    return desk.macros.make(new.name, new.steps, key=new.key, shared=new.shared)
