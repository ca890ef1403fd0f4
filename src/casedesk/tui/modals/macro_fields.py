"""The name and the key of a macro as forms ask for them, checked at the field (X4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.macros import NAME_LENGTH, macro_key, macro_name
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import FieldError, TextField

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Macro

    CheckKey = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class CheckedField(TextField):
    """A line of text that is checked when it is left; `check` raises InvalidInput."""

    check: Callable[[str], object]

    def mistake(self, value: Any) -> str:
        if sentence := super().mistake(value):
            return sentence
        try:
            self.check(str(value))
        except InvalidInput as error:
            return error.sentence
        return ""


@dataclass(frozen=True, slots=True)
class Known:
    """The macros that a name or a key may clash with."""

    macros: Sequence[Macro]
    retired: Sequence[Macro]


def read_known(desk: Desk) -> Known:
    """The user's macros and the shared ones."""
    return Known(desk.macros.list(), desk.macros.list(retired=True))


def name_field(initial: str = "", **more: Any) -> CheckedField:
    """Asks for a name."""
    return CheckedField(name="name", label="Name", longest=NAME_LENGTH, initial=initial, check=macro_name, **more)


def check_free(name: str, macros: Sequence[Macro], *, shared: bool, but: Macro | None = None) -> None:
    """Raise FieldError when one of these macros has the name already; shared ones and one's own may have the same."""
    wanted = macro_name(name).casefold()
    for macro in macros:
        if macro != but and macro.shared == shared and macro.name.casefold() == wanted:
            whose = "shared macro" if shared else "macro of yours"
            raise FieldError("name", f"There is a {whose} “{line_of(macro.name)}” already.")


def key_field(check_key: CheckKey, macros: Sequence[Macro], but: Macro | None = None, **more: Any) -> CheckedField:
    """Asks for a key. `check_key` raises InvalidInput for one that means something else."""

    def check(text: str) -> None:
        key = macro_key(text)
        check_key(key)
        for macro in macros:
            if key and macro != but and macro.key == key:
                raise InvalidInput(f"The key {key} runs the macro “{line_of(macro.name)}” already.")

    return CheckedField(
        name="key",
        label="Key",
        required=False,
        initial=but.key if but else "",
        placeholder="One character or f1 to f12; empty for none.",
        check=check,
        **more,
    )
