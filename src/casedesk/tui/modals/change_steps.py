"""The steps of a macro, to be moved and removed (X4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice
from casedesk.tui.modals.change_order import ChangeOrder

if TYPE_CHECKING:
    from casedesk.desk.values import Macro

Steps = tuple[Mapping[str, Any], ...]


class ChangeSteps(ChangeOrder[Steps]):
    """Shows a macro's steps; dismissed with those that stay, in their order, or with None when nothing is to change."""

    LAST_STAYS = "A macro has one step at least; retire it instead."

    def __init__(self, macro: Macro) -> None:
        self._macro = macro
        # By their places: two steps may be alike.
        super().__init__(f"Steps · {macro.name}", range(len(macro.steps)))

    def choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(place, line_of(self._macro.words[place], 200)) for place in self.entries)

    def result(self) -> Steps:
        return tuple(self._macro.steps[place] for place in self.entries)
