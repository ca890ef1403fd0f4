"""How the triage screen shows a saved view: its filter, its columns, and the campaign that it is limited to (S5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from casedesk.tui.acting import Acting
from casedesk.tui.drawing import line_of
from casedesk.tui.screens.finding import Finding
from casedesk.tui.views import Screenful, Views

if TYPE_CHECKING:
    from casedesk.desk.values import View


class Viewing(Finding):
    """The part of the triage screen that knows which view is shown."""

    saved_views: Views

    def action_views_open(self) -> None:
        self.saved_views.open()

    def action_responses_open(self) -> None:
        from casedesk.tui.screens.responses import ResponsesScreen

        self.app.push_screen(ResponsesScreen(), self._left_responses)

    def _left_responses(self, changed: bool | None) -> None:
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

            self.app.push_screen(ResponsesScreen(view=view), self._left_responses)
            return
        self._take(view)
        if view is not None and view.problems:
            self.app.tell("\n".join((f"{line_of(view.name, 60)}:", *view.problems)), "warning")
        self.filter.set_text(view.query if view is not None else "")
        self.show_tab("all")

    def _take(self, view: View | None) -> None:
        self.view = view
        self.reading.columns = view.shown_columns if view is not None else ()
        self.tickets.set_columns(self.reading.columns)
        self.show_titles()

    @on(Views.Listed)
    def _follow_view(self, message: Views.Listed) -> None:
        """The view that is shown may have been changed, by anybody, or deleted."""
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
            self.filter.set_text(self.view.query)
        else:
            self.show_view(None)
