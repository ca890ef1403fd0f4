"""Keep what was recorded as a macro: its name, its key, and for whom it is (X4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import MACROS_SHARE
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, FieldError, Form, TextField, Values

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


@dataclass(frozen=True, slots=True)
class NewMacro:
    """A macro as it is saved."""

    name: str
    key: str
    shared: bool
    steps: tuple[dict[str, Any], ...]


def act_of(steps: Sequence[dict[str, Any]], check_key: Callable[[str], None]) -> Act[NewMacro]:
    """The act that saves the steps. `check_key` raises InvalidInput for a key that means something else."""

    def ask(target: Target) -> Form[NewMacro]:
        return form(target, tuple(steps), check_key)

    def read(desk: Desk, _numbers: tuple[int, ...]) -> tuple[str, ...]:
        return desk.macros.words(steps)

    return Act("macros.open", perform, ask, read=read, needs_ticket=False, guarded=False, repeatable=False)


def form(target: Target, steps: tuple[dict[str, Any], ...], check_key: Callable[[str], None]) -> Form[NewMacro]:
    """Asks for name and key, and whether all may run it where the user may share."""
    fields: list[Field] = [
        TextField(name="name", label="Name", longest=60),
        TextField(name="key", label="Key", required=False, placeholder="One character or f1 to f12; empty for none."),
    ]
    if MACROS_SHARE in target.user.rights:
        whose = (Choice(False, "Personal", "only you run it"), Choice(True, "Shared", "everybody may run it"))
        fields.append(ChoiceField(name="shared", label="For whom", choices=whose, initial=False))

    def build(values: Values) -> NewMacro:
        key = values["key"].strip()
        key = key.lower() if len(key) > 1 else key
        try:
            check_key(key)
        except InvalidInput as error:
            raise FieldError("key", error.sentence) from error
        return NewMacro(values["name"], key, bool(values.get("shared")), steps)

    said: Sequence[str] = target.more
    return Form(
        title="Save the macro",
        fields=fields,
        submit="Save the macro",
        build=build,
        intro="\n".join([*(f"{place}. {line_of(words, 60)}" for place, words in enumerate(said, 1)), ""]),
    )


def perform(desk: Desk, target: Target, new: NewMacro, guards: Guards) -> Outcome:
    """Make the macro."""
    return desk.macros.make(new.name, new.steps, key=new.key, shared=new.shared)
