"""A menu of what is kept under names: which to take, and which to change and in what. Its answer is known to who asked
before another key is handed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from textual.await_complete import AwaitComplete

from casedesk.tui.forms import Choice, ChoiceField, Form, Offer, Values
from casedesk.tui.modals.form_modal import FormModal

CHANGE: Final = "change"
"""The choice that asks which is to be changed, and what of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be changed, and what of it."""

    what: str
    which: Any


def menu_form(
    title: str,
    label: str,
    choices: Offer,
    changeable: Sequence[Choice],
    changes: Callable[[Any], Sequence[Choice]],
    *,
    first: Any = None,
) -> Form[Any]:
    """Ask for one of the choices; after CHANGE, for one of the changeable ones and for one of its changes.

    Letters and digits only go to a choice and Enter chooses it: of a name that is typed on, nothing falls through.
    """

    def ask_what(values: Values) -> bool:
        return values.get("chosen") == CHANGE

    def build(values: Values) -> Any:
        return Wanted(values["what"], values["which"]) if ask_what(values) else values["chosen"]

    fields = [
        ChoiceField(name="chosen", label=label, choices=choices, initial=first, at_once=False),
        ChoiceField(
            name="which", label="Which", choices=tuple(changeable), initial=first, when=ask_what, at_once=False
        ),
        ChoiceField(
            name="what",
            label="Change",
            choices=lambda values: tuple(changes(values.get("which"))),
            when=ask_what,
            at_once=False,
        ),
    ]
    return Form(title, fields, "Choose", build)


class Menu(FormModal[Any]):
    """Tells what was chosen while it goes: what comes next is there before another key is handed on.

    A screen's own callback is called only when nothing else is waiting, and by then keys that were typed ahead have
    gone to the list of tickets.
    """

    def __init__(self, title: str, chosen: Callable[[Any], None]) -> None:
        super().__init__(title)
        self._chosen = chosen

    def dismiss(self, result: Any = None) -> AwaitComplete:
        left = super().dismiss(result)
        self._chosen(result)
        return left
