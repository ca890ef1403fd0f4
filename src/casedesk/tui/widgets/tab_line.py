"""The tabs of the triage screen with their counts, and the user's views behind them:
`All │ New 41 │ Open 1,163 │ … ┃ Unhappy 3 │ Call back 12`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from casedesk.desk.values import TabCount
from casedesk.tui.drawing import cut, line_of
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn, cut_line

UNCOUNTED = frozenset({"all", "closed"})
"""Tabs whose count is left out: of no use to who works, and dear on a large desk."""

MORE = "more"
"""The id of what stands for the views that there is no room for."""

_VIEW_WIDTH, _ROOM_FOR_COUNT = 20, 8
"""Cells of a view's title at most, and those that are kept free for a count that is still to come."""
_LEAST_OF_TAB = 5
"""Cells to which titles are cut where there is too little room for them."""
_LEAST_OF_VIEW, _ROOM_FOR_MORE = 8, 10
"""Cells below which a title says nothing, and those that are kept free for `+12 more`."""


class _Label(NamedTuple):
    """What stands for a tab or view: its parts, and what parts it from the one before."""

    id: str
    title: str
    said: str  # its count with the blanks around it
    rule: str = "│"

    @property
    def width(self) -> int:
        """Its cells with the rule before it."""
        return cell_len(self.title) + len(self.said) + 1


class TabLine(Drawn):
    """One line. Counts come in later than the titles; a tab is chosen with its number or a click.

    Views stand behind the tabs as far as there is room for them. One of each can be lit at the same time: the tab
    narrows the view down.
    """

    class Clicked(Message):
        """A tab or view was clicked, or what stands for the views that aren't shown (`MORE`)."""

        def __init__(self, tab: str) -> None:
            super().__init__()
            self.tab = tab

    def __init__(self, tabs: Sequence[TabCount], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tabs = tabs
        self._views: Sequence[TabCount] = ()
        self._counts: dict[str, int] = {tab.id: tab.count for tab in tabs if tab.count is not None}
        self.shown = tabs[0].id if tabs else ""
        self.shown_view = ""

    def set_tabs(self, tabs: Sequence[TabCount]) -> None:
        """Other tabs; the counts that are known stay."""
        self._tabs = tabs
        self.refresh()

    def set_views(self, views: Sequence[TabCount]) -> None:
        """The views behind the tabs; the counts that are known stay."""
        self._views = views
        self.refresh()

    def show(self, tab: str) -> None:
        """Light one of the tabs."""
        self.shown = tab
        self.refresh()

    def show_view(self, view: str) -> None:
        """Light one of the views, or none."""
        self.shown_view = view
        self.refresh()

    def set_count(self, tab: str, count: int) -> None:
        """How many tickets a tab or view holds."""
        if self._counts.get(tab) != count:
            self._counts[tab] = count
            self.refresh()

    @property
    def is_counted(self) -> bool:
        """Whether every count that is shown is known by now."""
        return all(tab.id in self._counts for tab in self._tabs if tab.id not in UNCOUNTED)

    def visible_views(self) -> list[str]:
        """The ids of the views that there is room for."""
        known = {view.id for view in self._views}
        return [label.id for label in self._labels(self.size.width) if label.id in known]

    def _labels(self, width: int) -> list[_Label]:
        """The tabs, with the blanks around them as far as there is room for those, and the views behind them."""
        tabs = []
        for tab in self._tabs:
            count = self._counts.get(tab.id)
            said = f" {count:,}" if count is not None and tab.id not in UNCOUNTED else ""
            tabs.append(_Label(tab.id, line_of(tab.title), said))
        needed = sum(label.width for label in tabs)
        if needed + 2 * len(tabs) <= width:
            tabs = [label._replace(title=f" {label.title}", said=f"{label.said} ") for label in tabs]
            return [*tabs, *self._view_labels(width - sum(label.width for label in tabs))]
        if needed <= width:
            return tabs
        longest = max((cell_len(label.title) for label in tabs), default=0)
        while (
            longest > _LEAST_OF_TAB
            and sum(min(label.width, label.width - cell_len(label.title) + longest) for label in tabs) > width
        ):
            longest -= 1
        return [label._replace(title=cut(label.title, longest)) for label in tabs]

    def _view_labels(self, room: int) -> list[_Label]:
        """As many views as fit into so many cells, and how many more there are. The one that is lit is among them."""
        labels = self._fitting(self._views, room, _VIEW_WIDTH)
        lit = [view for view in self._views if view.id == self.shown_view]
        if not lit or lit[0].id in {label.id for label in labels}:
            return labels
        others = [view for view in self._views if view not in lit]
        cells = room - _ROOM_FOR_COUNT - 2 - (_ROOM_FOR_MORE if others else 0)
        return self._fitting([*lit, *others], room, min(_VIEW_WIDTH, cells)) if cells >= _LEAST_OF_VIEW else labels

    def _fitting(self, views: Sequence[TabCount], room: int, widest: int) -> list[_Label]:
        """As many of the views as fit, with titles of at most `widest` cells."""
        labels: list[_Label] = []
        for place, view in enumerate(views):
            count = self._counts.get(view.id)
            said = f" {count:,} " if count is not None else " "
            title = f" {cut(line_of(view.title), widest)}"
            label = _Label(view.id, title, said, rule="│" if labels else "┃")
            left = len(views) - place
            more = _Label(MORE, f" +{left} more", " ", rule="│" if labels else "┃")
            # A count that comes in later doesn't push out what stands behind it.
            kept = max(label.width, cell_len(title) + _ROOM_FOR_COUNT)
            if kept + (more.width if left > 1 else 0) > room:
                return [*labels, more] if more.width <= room else labels
            labels.append(label)
            room -= kept
        return labels

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        line: Line = []
        for label in self._labels(width):
            shown = label.id in (self.shown, self.shown_view)
            blank = " " if label.title[:1] == " " else ""
            line += [(label.rule if line else "", "rule"), (blank, "text")]
            line.append((label.title.strip(), "found" if shown else "text"))
            line.append((label.said, "accent" if shown else "muted"))
        return self.strip_of(cut_line(line, width), width)

    def on_click(self, event: events.Click) -> None:
        start = 0
        for label in self._labels(self.size.width):
            end = start + label.width
            if start <= event.x < end:
                self.post_message(self.Clicked(label.id))
            start = end
