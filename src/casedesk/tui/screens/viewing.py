"""How the triage screen shows a saved view: its filter, its columns, and the campaign that it is limited to (S5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on

from casedesk.desk.values import TabCount
from casedesk.tui.acting import Acting
from casedesk.tui.drawing import line_of
from casedesk.tui.screens.finding import Finding
from casedesk.tui.views import Screenful, Views
from casedesk.tui.widgets.tab_line import MORE, TabLine
from casedesk.tui.widgets.view_list import ALL, ViewList

if TYPE_CHECKING:
    from casedesk.desk.values import View


class Viewing(Finding):
    """The part of the triage screen that knows which view is shown.

    The views stand in a list of their own where the screen is vast, and behind the tabs elsewhere.
    """

    saved_views: Views
    view_list: ViewList
    _views: Sequence[View] = ()

    def action_views_open(self) -> None:
        self.saved_views.open()

    def action_responses_open(self) -> None:
        from casedesk.tui.screens.responses import ResponsesScreen

        self.app.push_screen(ResponsesScreen(), self.come_back)

    def come_back(self, changed: bool | None) -> None:
        """Another screen was left, on which perhaps something was changed."""
        if changed:
            self.action_list_reload()

    def action_list_reload(self) -> None:
        """Read the list again."""
        raise NotImplementedError

    def screenful(self) -> Screenful:
        """What the list shows, for the menu of views."""
        from casedesk.tui.modals.change_view import Showing
        from casedesk.tui.modals.view_menu import Shown

        text = self.filter.text.strip()
        campaign = self.view.campaign if self.view is not None else None
        tab = self.tabs[self.tab_line.shown].query
        whole = " ".join(part for part in (tab, f"({text})" if tab and text else text) if part)
        return Screenful(Shown(self.view, text), Showing("tickets", whole, campaign, self.reading.columns))

    @on(Views.Chosen)
    def _choose_view(self, message: Views.Chosen) -> None:
        self.show_view(message.view)

    def show_view(self, view: View | None) -> None:
        """Show a view, with its filter to narrow down further; None shows all tickets in the usual columns."""
        if view is not None and view.scope == "responses":
            from casedesk.tui.screens.responses import ResponsesScreen

            self.app.push_screen(ResponsesScreen(view=view), self.come_back)
            return
        self._take(view)
        if view is not None and view.problems:
            self.app.tell("\n".join((f"{line_of(view.name, 60)}:", *view.problems)), "warning")
        self.filter.set_text(view.query if view is not None else "")
        self.show_tab("all")

    def _take(self, view: View | None) -> None:
        self.view = view
        self.tab_line.show_view(tab_of(view) if view is not None else "")
        self.view_list.show_view(tab_of(view) if view is not None else ALL)
        self.reading.columns = view.shown_columns if view is not None else ()
        self.tickets.set_columns(self.reading.columns)
        self.set_class(view is not None, "-columns")
        self._count_views()
        self.show_titles()

    # The views beside the list, or behind the tabs

    def show_views(self, views: Sequence[View]) -> None:
        """Show the views, and count those that there is room for."""
        self._views = views
        self.view_list.set_views([TabCount(tab_of(view), view.name, "", None) for view in views])
        self.set_class(bool(views), "-views")
        self._place_views()

    @on(events.Resize)
    def _place_views(self) -> None:
        """Show the views where there is room for them; a screen that was made smaller knows its class only later."""
        self.call_after_refresh(self._put_behind_tabs)

    def _put_behind_tabs(self) -> None:
        behind = () if self.has_class("-vast") else self._views
        self.tab_line.set_views([TabCount(tab_of(view), view.name, "", None) for view in behind])
        self._count_views()

    def _count_views(self) -> None:
        """Count the views that there is room for, where it isn't known how many they list."""
        visible = set(self.tab_line.visible_views())
        beside = self.has_class("-vast")
        followed = [view for view in self._views if beside or tab_of(view) in visible]
        if followed != self.saved_views.followed:
            self.saved_views.followed = followed
            self.saved_views.count(followed)

    @on(Views.Counted)
    def _show_view_count(self, message: Views.Counted) -> None:
        self.tab_line.set_count(tab_of(message.view), message.count)
        self.view_list.set_count(tab_of(message.view), message.count)

    @on(TabLine.Clicked)
    def _view_clicked(self, message: TabLine.Clicked) -> None:
        if message.tab == MORE:
            self.saved_views.open()
        for view in self._views:
            if tab_of(view) == message.tab:
                self.show_view(view)

    @on(ViewList.Clicked)
    def _view_in_list_clicked(self, message: ViewList.Clicked) -> None:
        self.show_view(next((view for view in self._views if tab_of(view) == message.view), None))

    def action_views_next(self) -> None:
        self._turn_view(1)

    def action_views_previous(self) -> None:
        self._turn_view(-1)

    def _turn_view(self, by: int) -> None:
        """Show the next view of tickets, or the one before; all tickets come between the last and the first."""
        ring = [None, *(view for view in self._views if view.scope == "tickets" and not view.broken)]
        if len(ring) == 1:
            self.app.tell(f"There are no views yet; {self.key_of('views.open')} saves what is shown as one.", "warning")
            return
        place = next((place for place, view in enumerate(ring) if view and self.view and view.id == self.view.id), 0)
        self.show_view(ring[(place + by) % len(ring)])

    @on(Views.Listed)
    def _follow_view(self, message: Views.Listed) -> None:
        """The view that is shown may have been changed, by anybody, or deleted."""
        if message.error is None:
            self.show_views(message.views)
        if self.view is None or message.error is not None:
            return
        now = next((view for view in message.views if view.id == self.view.id), None)
        if now is None:
            self.app.tell(f"The view “{line_of(self.view.name, 60)}” is gone.", "warning")
            self._take(None)
            self.search()
        elif now != self.view:
            untouched = self.filter.text.strip() == self.view.query
            self._take(now)
            if untouched and self.filter.text.strip() != now.query:
                self.filter.set_text(now.query)
            self.search()

    @on(Acting.Done)
    def _read_views_again(self, message: Acting.Done) -> None:
        if not message.outcome.done:
            self.saved_views.take_in(message.request)

    def view_said(self) -> str:
        """The name of what is shown: the view, with a star where its filter was changed, and the tab."""
        tab = self.tabs[self.tab_line.shown]
        if self.view is None:
            return tab.title
        changed = "*" if self.filter.text.strip() != self.view.query else ""
        name = f"{self.view.name}{changed}"
        return name if tab.id == "all" else f"{name} · {tab.title}"

    def action_pane_back(self) -> None:
        """One step back: to the list, then from the marks, from a changed filter, from the view."""
        at_rest = self.focused is self.tickets and not self.tickets.marks
        if self.view is None or not at_rest:
            super().action_pane_back()
        elif self.filter.text.strip() != self.view.query:
            if not self.filter.bring_back():
                self.filter.set_text(self.view.query)
        else:
            self.show_view(None)


def tab_of(view: View) -> str:
    """What a view is called in the line of tabs."""
    return f"view {view.id}"
