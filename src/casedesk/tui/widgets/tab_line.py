"""The tabs of the triage screen with their counts: `All │ New 41 │ Open 1,163 │ …`."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from casedesk.desk.values import TabCount
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn, cut_line

UNCOUNTED = frozenset({"all", "closed"})
"""Tabs whose count is left out: of no use to who works, and dear on a large desk."""


class TabLine(Drawn):
    """One line. Counts come in later than the titles; a tab is chosen with its number or a click."""

    class Clicked(Message):
        """A tab was clicked."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: Sequence[TabCount], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs = tabs
        self._counts: dict[str, int] = {tab.id: tab.count for tab in tabs if tab.count is not None}
        self.shown = tabs[0].id if tabs else ""

    def show(self, tab: str) -> None:
        """Light one of the tabs."""
        self.shown = tab
        self.refresh()

    def set_count(self, tab: str, count: int) -> None:
        """How many tickets a tab holds."""
        if self._counts.get(tab) != count:
            self._counts[tab] = count
            self.refresh()

    @property
    def is_counted(self) -> bool:
        """Whether every count that is shown is known by now."""
        return all(tab.id in self._counts for tab in self._tabs if tab.id not in UNCOUNTED)

    def _labels(self, width: int) -> list[tuple[str, str, str]]:
        """(id, title, count) of each tab with the blanks around it, as far as there is room for them."""
        labels = []
        for tab in self._tabs:
            count = self._counts.get(tab.id)
            said = f" {count:,}" if count is not None and tab.id not in UNCOUNTED else ""
            labels.append((tab.id, line_of(tab.title), said))
        needed = sum(len(title) + len(said) + 1 for _tab, title, said in labels)
        if needed + 2 * len(labels) <= width:
            return [(tab, f" {title}", f"{said} ") for tab, title, said in labels]
        if needed > width:
            return [(tab, title[:4], said) for tab, title, said in labels]
        return labels

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line: Line = []
        for tab, title, said in self._labels(width):
            shown = tab == self.shown
            blank = " " if title[:1] == " " else ""
            line += [("│" if line else "", "rule"), (blank, "text"), (title.strip(), "found" if shown else "text")]
            line.append((said, "accent" if shown else "muted"))
        return self.strip_of(cut_line(line, width), width)

    def on_click(self, event: events.Click) -> None:
        start = 0
        for tab, title, said in self._labels(self.size.width):
            end = start + len(title) + len(said) + 1
            if start <= event.x < end:
                self.post_message(self.Clicked(tab))
            start = end
