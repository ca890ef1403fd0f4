"""What a step of the assistant is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from casedesk.domain.rights import CONFIGURE
from casedesk.tui.drawing import cut, fit
from casedesk.tui.panels.lines import blank, paragraph
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.screens.assistant import AssistantScreen

Found = TypeVar("Found")

LABEL = 16
"""Cells of a label before its value."""

ADD, EDIT, RETIRE = "assistant.add", "assistant.edit", "assistant.retire"
MOVE_UP, MOVE_DOWN = "assistant.move_up", "assistant.move_down"
IMPORT, OPEN_TICKETS, SWITCH = "assistant.import", "assistant.tickets", "assistant.switch"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing a step needs to know: the width in cells, without symbols or with, and the keys by action."""

    width: int
    plain: bool
    keys: Mapping[str, str]


class Step(Generic[Found]):
    """One step. `words` are its own keys, by action, with what they do here, in the order of the bottom line."""

    id: ClassVar[str]
    title: ClassVar[str]
    right: ClassVar[str] = CONFIGURE
    words: ClassVar[Mapping[str, str]] = {}

    def read(self, desk: Desk) -> Found:
        """What the step shows; called in a thread. Raises CasedeskError."""
        raise NotImplementedError

    def rows(self, found: Found, drawing: Drawing) -> list[Row]:
        """What is shown."""
        raise NotImplementedError

    def first(self, found: Found) -> Hashable | None:
        """Where the cursor stands first."""
        return None

    def offers(self, action_id: str, found: Found, part: Hashable | None) -> bool:
        """Whether one of its keys means something with the cursor on `part`."""
        return action_id in self.words

    def next_word(self, found: Found) -> str:
        """What Enter does."""
        return "go on"

    async def go_on(self, host: AssistantScreen) -> bool:
        """Enter was pressed; False when that meant something else than going on to the next step."""
        return True

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        """One of its own keys was pressed."""


def intro(text: str, width: int) -> list[Row]:
    """What the step is about, and an empty line."""
    return [*(Row(line) for line in paragraph(text, width - 1, "muted")), Row(blank())]


def field(key: Hashable, label: str, value: str, width: int, *, empty: str = "none") -> Row:
    """A value that can be changed, with its label. `value` is safe text."""
    said = (cut(value, width - LABEL), "text") if value else (cut(empty, width - LABEL), "muted")
    return Row([(fit(label, LABEL), "muted"), said], key)


def spaced(rows: Sequence[Row]) -> list[Row]:
    """The rows, and an empty line where there are any."""
    return [*rows, Row(blank())] if rows else []


def count(number: int, one: str) -> str:
    """`1 ticket`, `1,204 tickets`."""
    return f"{number:,} {one}{'' if number == 1 else 's'}"
