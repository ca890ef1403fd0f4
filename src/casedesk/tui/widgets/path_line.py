"""A line for the path of a file, with what may follow listed under it."""

from __future__ import annotations

from textual import events, on
from textual.message import Message
from textual.widgets import Input

from casedesk.tui.forms import Choice, Unfound
from casedesk.tui.importing import complete_path
from casedesk.tui.widgets.search_line import SearchLine


class PathLine(SearchLine):
    """Tab writes what the cursor of the list is on; Enter goes into a folder or takes a file."""

    replaced_by_typing = False

    class Chosen(Message):
        """A file was chosen; whether it is there is not yet known."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self, placeholder: str = "Path of a CSV, TSV, JSON, JSON Lines or Excel file") -> None:
        super().__init__(complete_path, placeholder=placeholder)

    def start_in(self, folder: str) -> None:
        """Begin in a folder."""
        self.put(folder if folder.endswith("/") else f"{folder}/")

    def put(self, path: str) -> None:
        """Write a path."""
        self.value = path
        self.cursor_position = len(path)

    @on(Input.Changed)
    def _start_anew(self, event: Input.Changed) -> None:
        """A whole path typed or pasted behind the folder that stands there takes its place."""
        for start in ("//", "/~"):
            _, found, rest = event.value.rpartition(start)
            if found:
                self.put(start[1] + rest)

    @on(Input.Submitted)
    def _take_path(self, event: Input.Submitted) -> None:
        event.stop()
        if self.looking:
            self.when_found(self._take_chosen)
        else:
            self._take_chosen()

    def _take_chosen(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        path = chosen.text if isinstance(chosen, Unfound) else str(chosen.value)
        if path.endswith("/") and not isinstance(chosen, Unfound):
            self.put(path)
        else:
            self.post_message(self.Chosen(path))

    def complete(self) -> None:
        """Write what the cursor of the list is on."""
        current = self.results.current
        if current is not None and current.refusal is None:
            self.put(str(current.value))

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            if self.looking:
                self.when_found(self.complete)
            else:
                self.complete()
        else:
            await super()._on_key(event)
            event.prevent_default()


class NewPathLine(PathLine):
    """For a file that is to be written: Enter takes what stands there, unless the cursor went down the list."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder)
        self._went_down = False

    def chosen(self) -> Choice | Unfound | None:
        typed = self.value.strip()
        return super().chosen() if self._went_down or not typed else Unfound(typed)

    def show_results(self, shown: bool) -> None:
        """Show what begins so, without a cursor as yet; nothing of that name is no mistake here."""
        super().show_results(shown and bool(self.results.choices))
        self.results.cursor = -1

    def complete(self) -> None:
        """Write what the cursor of the list is on, or else its first."""
        if not self._went_down:
            self.results.cursor = 0
        super().complete()

    @on(Input.Changed)
    def _type_on(self) -> None:
        self._went_down = False

    async def _on_key(self, event: events.Key) -> None:
        self._went_down = self._went_down or (event.key == "down" and bool(self.results.choices))
        await super()._on_key(event)
