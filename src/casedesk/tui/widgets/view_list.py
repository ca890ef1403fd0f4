"""The user's views beside the list of tickets, with how many tickets each holds: where a screen is wide enough."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from casedesk.desk.values import TabCount
from casedesk.tui.drawing import fit, line_of
from casedesk.tui.widgets.scrolled import Scrolled

ALL = ""
"""The id of the line for no view."""

_ALL_TICKETS = "All tickets"


class ViewList(Scrolled, can_focus=False):
    """A line a view, the one that is shown lit. A click chooses; the keys that turn over the views belong to the
    screen."""

    class Clicked(Message):
        """A view was clicked, or the line for all tickets (`ALL`)."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Views", id=id)
        self._views: Sequence[TabCount] = ()
        self._counts: dict[str, int] = {}
        self._shown = ALL

    def set_views(self, views: Sequence[TabCount]) -> None:
        """Other views; the counts that are known stay."""
        self._views = views
        self.scroll_to_top(self.top)
        self.refresh()

    def show_view(self, view: str) -> None:
        """Light one of the views, or the line for all tickets."""
        self._shown = view
        place = next((place for place, each in enumerate(self._views, 1) if each.id == view), 0)
        self.scroll_into_view(place)
        self.refresh()

    def set_count(self, view: str, count: int) -> None:
        """How many tickets a view holds."""
        if self._counts.get(view) != count:
            self._counts[view] = count
            self.refresh()

    @property
    def line_count(self) -> int:
        return len(self._views) + 1

    def draw_line(self, place: int, width: int) -> Strip:
        view = self._views[place - 1] if place else None
        shown = (view.id if view is not None else ALL) == self._shown
        count = self._counts.get(view.id) if view is not None else None
        said = f"{count:,}" if count is not None else ""
        title = line_of(view.title) if view is not None else _ALL_TICKETS
        sign = ("> " if self.app.preferences.plain else "▸ ") if shown else "  "
        room = max(1, width - len(sign) - len(said) - 2)
        ground = self.app.role_styles["selection-dim"] if shown else Style()
        return self.strip_of(
            [(sign, "accent"), (fit(title, room), "text"), (f" {said} ", "accent" if shown else "muted")], width, ground
        )

    def on_click(self, event: events.Click) -> None:
        place = self.place_at(event)
        if place is not None and place <= len(self._views):
            self.post_message(self.Clicked(self._views[place - 1].id if place else ALL))
