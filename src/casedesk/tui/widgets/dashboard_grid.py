"""The widgets of a dashboard in their places, scrolled to where the focus is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from casedesk.reports.dashboard import title_of
from casedesk.tui.dashboard_layout import Placed, placed
from casedesk.tui.look import Look
from casedesk.tui.widgets.dashboard_panes import Pane, pane_of

if TYPE_CHECKING:
    from casedesk.desk.values import DashboardWidget
    from casedesk.reports.dashboard import WidgetContent


class DashboardGrid(VerticalScroll, can_focus=False):
    """It is told which widgets there are and what they show."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.widgets: Sequence[DashboardWidget] = ()
        self.panes: dict[int, Pane] = {}
        self._places: list[Placed] = []

    async def show_widgets(self, widgets: Sequence[DashboardWidget]) -> None:
        """Show these widgets. One that was there already keeps what it shows, its cursor and the focus."""
        known = {widget.id: widget.kind for widget in self.widgets}
        had = self.focused_widget
        at = self.widgets.index(had) if had is not None else 0
        self.widgets = widgets
        kept = {each.id: self.panes[each.id] for each in widgets if known.get(each.id) == each.kind}
        gone = [pane for id_, pane in self.panes.items() if id_ not in kept]
        self.panes = {each.id: kept.get(each.id) or pane_of(each, title_of(each)) for each in widgets}
        if had is not None and had.id not in kept:
            self.screen.set_focus(None)  # Textual would give it to the filter
        for pane in gone:
            await pane.remove()
        if not self.children:
            await self.mount(*self.panes.values())  # at once: each by itself would lay out all that are there
        for place, widget in enumerate(widgets):
            pane = self.panes[widget.id]
            if pane.parent is None:
                await self.mount(pane, before=place if place < len(self.children) else None)
            elif self.children[place] is not pane:
                self.move_child(pane, before=place)
        self._place()
        if had is not None and had.id not in self.panes and widgets:
            self.screen.set_focus(self.panes[widgets[min(at, len(widgets) - 1)].id])

    def on_resize(self) -> None:
        self._place()

    def _place(self) -> None:
        self._places = placed(self.widgets, self.size.width, self.size.height)
        lines = {place.row: place.lines for place in self._places}
        self.styles.grid_rows = " ".join(map(str, lines.values()))
        for widget, place in zip(self.widgets, self._places, strict=True):
            styles = self.panes[widget.id].styles
            styles.column_span, styles.height = place.span, place.lines

    def show(self, content: WidgetContent, look: Look) -> None:
        """Show what a widget has, as long as it is here."""
        pane = self.panes.get(content.widget.id)
        if pane is not None:
            pane.show_content(content, look)

    # Where the focus is

    @property
    def focused_widget(self) -> DashboardWidget | None:
        """The widget with the focus."""
        focused = self.screen.focused
        return next((each for each in self.widgets if self.panes[each.id] is focused), None)

    @property
    def focused_pane(self) -> Pane | None:
        """The pane with the focus."""
        widget = self.focused_widget
        return self.panes[widget.id] if widget is not None else None

    def focus_first(self) -> None:
        """Give the focus to the first widget, if there is one."""
        if self.widgets:
            self.screen.set_focus(self.panes[self.widgets[0].id])

    def go(self, by: int) -> None:
        """To the next widget, or the one before, in a ring."""
        here = self.focused_widget
        if here is None:
            self.focus_first()
            return
        place = (self.widgets.index(here) + by) % len(self.widgets)
        self.screen.set_focus(self.panes[self.widgets[place].id])

    def go_beside(self, by: int) -> None:
        """To the widget below (1) or above (−1) the one with the focus; nowhere at the ends."""
        here = self.focused_widget
        if here is None:
            return
        own = self._places[self.widgets.index(here)]
        there = [at for at, each in enumerate(self._places) if each.row == own.row + by]
        if there:
            nearest = max(there, key=lambda at: own.overlap(self._places[at]))
            self.screen.set_focus(self.panes[self.widgets[nearest].id])
