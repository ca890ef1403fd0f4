"""Change what a macro is: its name, its key, its steps, for whom it is; and retire it (X4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casedesk.domain.macros import macro_key
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Form, Values
from casedesk.tui.modals.macro_fields import check_free, key_field, name_field, read_known

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Macro, Outcome
    from casedesk.tui.modals.macro_fields import CheckKey, Known

RENAME: Final = "rename"
KEY: Final = "key"
SHARE: Final = "share"
STEPS: Final = "steps"
ANEW: Final = "anew"
RETIRE: Final = "retire"


def act_of(what: str, macro: Macro, check_key: CheckKey) -> Act[Any]:
    """The act that renames, shares or retires the macro, or gives it another key.

    `check_key` raises InvalidInput for a key that means something else.
    """
    if what == RENAME:
        return _rename(macro)
    if what == KEY:
        return _give_key(macro, check_key)
    return _share(macro) if what == SHARE else _retire(macro)


def steps_act(macro: Macro, steps: Sequence[Mapping[str, Any]]) -> Act[None]:
    """The act that gives the macro these steps in place of its own."""

    def perform(desk: Desk, target: Target, result: None, guards: Guards) -> Outcome:
        return desk.macros.change(macro, steps=steps)

    return Act("macros.open", perform, needs_ticket=False, guarded=False, repeatable=False)


def _rename(macro: Macro) -> Act[str]:
    def form(target: Target) -> Form[str]:
        known: Known = target.more

        def build(values: Values) -> str:
            name = str(values["name"])
            check_free(name, [*known.macros, *known.retired], shared=macro.shared, but=macro)
            return name

        return Form(_titled("Rename", macro), [name_field(macro.name)], "Rename it", build)

    def perform(desk: Desk, target: Target, name: str, guards: Guards) -> Outcome:
        return desk.macros.change(macro, new_name=name)

    return Act("macros.open", perform, form, read=_read, needs_ticket=False, guarded=False, repeatable=False)


def _give_key(macro: Macro, check_key: CheckKey) -> Act[str]:
    def form(target: Target) -> Form[str]:
        known: Known = target.more
        fields = [key_field(check_key, known.macros, macro)]
        return Form(_titled("Key", macro), fields, "Give it that key", lambda values: macro_key(values["key"]))

    def perform(desk: Desk, target: Target, key: str, guards: Guards) -> Outcome:
        return desk.macros.change(macro, key=key)

    return Act("macros.open", perform, form, read=_read, needs_ticket=False, guarded=False, repeatable=False)


def _share(macro: Macro) -> Act[bool]:
    """Share it, or make it personal: then the others lose it, which is said before."""
    sure, said = "Share it", "Everybody may run it then, and whoever may share macros may change it."
    if macro.shared:
        sure, said = "Make it personal", "Only you can run it then; everybody else loses it."

    def form(target: Target) -> Form[bool]:
        check_free(macro.name, [*target.more.macros, *target.more.retired], shared=not macro.shared)
        return _confirmed(_titled(sure.removesuffix(" it"), macro), sure, said)

    def perform(desk: Desk, target: Target, result: bool, guards: Guards) -> Outcome:
        return desk.macros.change(macro, shared=not macro.shared)

    return Act("macros.open", perform, form, read=_read, needs_ticket=False, guarded=False, repeatable=False)


def _retire(macro: Macro) -> Act[bool]:
    whose = "everybody's" if macro.shared else "your"
    said = f"It leaves {whose} list of macros. What was done by it stays as it is."

    def form(target: Target) -> Form[bool]:
        return _confirmed(_titled("Retire", macro), "Retire it", said)

    def perform(desk: Desk, target: Target, result: bool, guards: Guards) -> Outcome:
        return desk.macros.retire(macro)

    return Act("macros.open", perform, form, needs_ticket=False, guarded=False, repeatable=False)


def _confirmed(title: str, sure: str, said: str) -> Form[bool]:
    """Asks whether it is meant; only Enter says so, never a letter that was meant for something else."""
    field = ChoiceField(name="sure", label=sure, choices=(Choice(True, sure),), at_once=False)
    return Form(title, [field], sure, lambda values: bool(values["sure"]), intro=f"{said}\n")


def _titled(what: str, macro: Macro) -> str:
    return f"{what} · {line_of(macro.name, 60)}"


def _read(desk: Desk, _numbers: tuple[int, ...]) -> Known:
    return read_known(desk)
