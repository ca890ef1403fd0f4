"""A list of names to tick that is narrowed by typing, and that takes names which aren't in it yet."""

from __future__ import annotations

from collections.abc import Sequence

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, Ticks
from casedesk.tui.widgets.choice_list import TickList

NEW = "new"


class NameList(TickList):
    """While something is typed, only the names that have it inside are shown, those that begin with it first, and last
    the typed name itself where the list lacks it. Enter ticks the one under the cursor."""

    def __init__(self, choices: Sequence[Choice], ticked: frozenset[str], mixed: frozenset[str]) -> None:
        self._every = tuple(choices)
        super().__init__(choices, ticked, mixed)

    def press(self, key: str, character: str | None) -> bool:
        if key == "backspace" and self.typed:
            self._narrow(self.typed[:-1])
            return False
        return super().press(key, character)

    def move(self, by: int) -> None:
        """Move the cursor among the names shown; what was typed stays."""
        self._go(max(0, min(self.cursor + by, len(self.choices) - 1)))

    def _type(self, character: str) -> bool:
        self._narrow(self.typed + character)
        return False

    def _narrow(self, typed: str) -> None:
        wanted = " ".join(typed.split()).casefold()
        found = [choice for choice in self._every if wanted in line_of(choice.label).casefold()]
        found.sort(key=lambda choice: not line_of(choice.label).casefold().startswith(wanted))
        if wanted and all(choice.label.casefold() != wanted for choice in found):
            name = " ".join(typed.split())
            found.append(Choice(name, name, detail=NEW))
        self.offer(found)
        self.typed = typed

    def take_typed(self) -> bool:
        if not self.typed.strip():
            return False
        self.toggle()
        return True

    def toggle(self) -> None:
        chosen = self.current
        super().toggle()
        if chosen is None:
            return
        if chosen.value not in self.names:
            self.names.append(chosen.value)
            self._every = (*self._every, chosen)
        self.offer(self._every, cursor=self.names.index(chosen.value))

    def changed(self) -> bool:
        return super().changed() or bool(self.typed.strip())

    def put(self, ticks: Ticks) -> None:
        self._every = (*self._every, *(Choice(name, name, NEW) for name in ticks.added if name not in self.names))
        super().put(ticks)
        self.offer(self._every)
