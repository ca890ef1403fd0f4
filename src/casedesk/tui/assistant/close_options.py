"""The desk's own close options (A3): what closing a ticket asks for."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final

from casedesk.desk.assistant import CLOSE_OPTIONS
from casedesk.tui.assistant.step import ADD, EDIT, MOVE_DOWN, MOVE_UP, RETIRE, Drawing, Step, intro
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Form, TextField
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.screens.assistant import AssistantScreen

LIST: Final = "close options"


class CloseOptions(Step[tuple[str, ...]]):
    """A list that is added to, renamed, retired from and put into order."""

    id, title = CLOSE_OPTIONS, "Close options"
    words = {ADD: "add", EDIT: "rename", RETIRE: "retire", MOVE_UP: "up", MOVE_DOWN: "down"}

    def read(self, desk: Desk) -> tuple[str, ...]:
        return tuple(entry.name for entry in desk.lists.entries(LIST, counted=False))

    def rows(self, found: tuple[str, ...], drawing: Drawing) -> list[Row]:
        width = drawing.width
        said = "Whoever closes a ticket chooses one of these. They are the usual ones; make them yours."
        rows = [Row([(f"{place:>2} ", "muted"), (line_of(name), "text")], name) for place, name in enumerate(found, 1)]
        none = f"None: tickets are closed without being asked for one. {drawing.keys[ADD]} adds one."
        return [*intro(said, width), *(rows or intro(none, width))]

    def first(self, found: tuple[str, ...]) -> Hashable | None:
        return found[0] if found else None

    def offers(self, action_id: str, found: tuple[str, ...], part: Hashable | None) -> bool:
        return action_id == ADD or (action_id in self.words and part in found)

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        name = str(host.part or "")
        if action_id == ADD:
            await host.ask(lambda: _form("Add a close option", "", "Add it"), lambda new: _add(host, new))
        elif action_id == EDIT:
            await host.ask(lambda: _form("Rename the close option", name, "Rename it"), lambda new: _rename(host, new))
        elif action_id == RETIRE:
            host.change(lambda desk: desk.lists.retire(LIST, name))
        else:
            _move(host, name, -1 if action_id == MOVE_UP else 1)


def _form(title: str, name: str, submit: str) -> Form[str]:
    return Form(
        title=title,
        fields=[TextField(name="name", label="Name", initial=name, longest=100, placeholder="Refunded, Passed on …")],
        submit=submit,
        build=lambda values: " ".join(str(values["name"]).split()),
    )


def _add(host: AssistantScreen, new: str) -> None:
    host.change(lambda desk: desk.lists.add(LIST, new), new)


def _rename(host: AssistantScreen, new: str) -> None:
    name = str(host.part)
    host.change(lambda desk: desk.lists.rename(LIST, name, new), new)


def _move(host: AssistantScreen, name: str, by: int) -> None:
    """Move the option; at the ends of the list it stays."""
    from casedesk.desk.lists import Place

    names: tuple[str, ...] = host.content
    place = names.index(name) + 1 + by
    if 1 <= place <= len(names):
        host.change(lambda desk: desk.lists.move(LIST, name, Place(to=place)), name)
