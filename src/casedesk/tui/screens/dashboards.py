"""Dashboards: views, figures and charts side by side; each leads to what is behind it (S6 to S9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on

from casedesk.domain.rights import TICKETS_ACTION, VIEWS_SHARE
from casedesk.tui.acting import Acting
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.drawing import line_of
from casedesk.tui.recomputing import Recomputing
from casedesk.tui.screens.dashboard_changing import DashboardChanging
from casedesk.tui.widgets.cursor_pane import CursorPane
from casedesk.tui.widgets.dashboard_panes import Beside, Opened, ViewWidget
from casedesk.tui.widgets.key_line import Hint, KeyLine

if TYPE_CHECKING:
    from casedesk.desk.values import ViewRow
    from casedesk.reports import Rows
    from casedesk.reports.dashboard import WidgetContent


SHOWN_KEYS = (
    "dashboard.open", "dashboard.action", "dashboard.define", "dashboard.period", "dashboard.filter",
    "dashboard.choose", "dashboard.home", "dashboard.back", "dashboard.add", "dashboard.change", "dashboard.remove",
    "dashboard.share", "dashboard.edit", "dashboard.new", "dashboard.copy", "dashboard.export",
)  # fmt: skip
"""The keys of the bottom line; the help has all."""

CHANGING = frozenset(
    f"dashboard.{name}" for name in ("add", "change", "remove", "move_up", "move_down", "edit", "share", "retire")
)
ON_WIDGET = frozenset(f"dashboard.{name}" for name in ("open", "change", "remove", "move_up", "move_down"))
ON_DASHBOARD = CHANGING | {f"dashboard.{name}" for name in ("period", "filter", "home", "copy", "export", "choose")}


class DashboardsScreen(DashboardChanging):
    """Ends when the user goes to the tickets."""

    BINDINGS = bindings("dashboard")

    # What can be done here

    @property
    def content(self) -> WidgetContent | None:
        """What the widget with the focus shows."""
        widget = self.widget
        return self.contents.get(widget.id) if widget is not None else None

    @property
    def row(self) -> ViewRow | None:
        """The row under the cursor."""
        pane = self.grid.focused_pane
        return pane.row if isinstance(pane, ViewWidget) else None

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here."""
        if action_id in CHANGING and not self.may_change:
            return False
        if action_id in ON_WIDGET and self.widget is None:
            return False
        if action_id in ON_DASHBOARD and self.dashboard is None:
            return False
        if action_id == "dashboard.action":
            return self.row is not None and not self.refusal()
        if action_id == "dashboard.define":
            return self.content is not None and self.content.figure is not None
        if action_id == "dashboard.share" and not self.app.desk.can(VIEWS_SHARE):
            return False
        return bool({"dashboard", "page", "app"} & set(BY_ID[action_id].where))

    def show_keys(self) -> None:
        pinned = self.dashboard is not None and self.dashboard.pinned
        words = {"dashboard.home": "unpin" if pinned else "pin"}
        names = [name for name in SHOWN_KEYS if self.offers(name)]
        hints = [Hint(name, self.key_of(name), words.get(name, BY_ID[name].short)) for name in names]
        self.keys.show([*hints, Hint("program.help", self.key_of("program.help"), "help")])

    @on(KeyLine.Clicked)
    def _key_clicked(self, message: KeyLine.Clicked) -> None:
        # The app runs it, as it does for keys: an action may wait for a message to this screen.
        self.app.call_later(self.run_action, BY_ID[message.action_id].call)

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    # Moving

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        self.show_keys()

    @on(CursorPane.Moved)
    def _row_moved(self) -> None:
        self.show_keys()

    @on(Beside)
    def _go_beside(self, message: Beside) -> None:
        self.grid.go_beside(message.by)

    def action_dashboard_next(self) -> None:
        self.grid.go(1)

    def action_dashboard_previous(self) -> None:
        self.grid.go(-1)

    async def action_dashboard_turn_back(self) -> None:
        await self.turn(-1)

    async def action_dashboard_turn_on(self) -> None:
        await self.turn(1)

    def action_dashboard_back(self) -> None:
        if not self.filter.bring_back():
            self.dismiss()

    # What is behind a widget

    @on(CursorPane.Opened)
    @on(Opened)
    def action_dashboard_open(self) -> None:
        """List what a figure counts, open the row under the cursor, or go to the report of a chart."""
        content = self.content
        if content is None or content.error:
            self.app.tell(content.error if content is not None else "There is nothing to open yet.", "warning")
        elif content.figure is not None:
            self._open_figure(content)
        elif content.view is not None:
            self._open_row(content)
        elif content.report is not None:
            from casedesk.tui.report_view import ReportView
            from casedesk.tui.screens.reports import ReportsScreen

            asked = content.report.request
            view = ReportView(asked.report, asked.period, asked.query, asked.working, by={asked.report: asked.by})
            self.app.push_screen(
                ReportsScreen(self.opened, self.recording, view, poll_seconds=self.reading.poll_seconds)
            )

    def _open_figure(self, content: WidgetContent) -> None:
        figure = content.figure
        if figure is None or figure.rows is None or not figure.n:
            self.app.tell("Nothing was counted here, so that there is nothing to list.", "warning")
            return
        self._list(figure.rows, content.title)

    def _list(self, rows: Rows, title: str) -> None:
        if rows.scope == "tickets":
            from casedesk.tui.screens.counted_tickets import CountedTicketsScreen

            screen = CountedTicketsScreen(
                self.opened, self.app.preferences, self.recording, rows.query, line_of(title, 60)
            )
            self.app.push_screen(screen)
        else:
            from casedesk.tui.screens.responses import ResponsesScreen

            self.app.push_screen(ResponsesScreen(query=rows.query, title=line_of(title, 60)))

    def _open_row(self, content: WidgetContent) -> None:
        row, view = self.row, content.view
        if row is None or view is None:
            self.app.tell("There is no row to open.", "warning")
        elif view.scope == "tickets":
            from casedesk.tui.screens.behind_widget import TicketsBehindWidget

            self.app.push_screen(
                TicketsBehindWidget(
                    self.opened, self.app.preferences, self.recording, content.query, line_of(content.title, 60), row.id
                )
            )
        else:
            from casedesk.tui.screens.behind_widget import ResponsesBehindWidget

            self.app.push_screen(ResponsesBehindWidget(view, content.query, row.id, self.refusal()))

    def action_dashboard_define(self) -> None:
        content = self.content
        if content is None or content.figure is None or content.report is None:
            self.app.tell("Go to a figure first.", "warning")
            return
        from casedesk.tui.modals.figure_meaning import FigureMeaning

        self.app.push_screen(FigureMeaning(content.figure, content.report, ""))

    # Actions of a plan (S7)

    def refusal(self) -> str:
        """Why no action can be started from the widget with the focus; nothing where one can (S7)."""
        content, dashboard = self.content, self.dashboard
        if content is None or content.view is None or dashboard is None:
            return "Actions start from a row of a view."
        if not dashboard.pinned:
            key = self.key_of("dashboard.home")
            return f"Actions start from a pinned dashboard or from the ticket list; {key} pins this one."
        if not content.view.allow_actions:
            return f"The view “{line_of(content.view.name, 60)}” doesn't allow actions."
        return "" if self.app.desk.can(TICKETS_ACTION) else "You may not act by an action plan."

    def action_dashboard_action(self) -> None:
        content, row, widget = self.content, self.row, self.widget
        if refusal := self.refusal():
            self.app.tell(refusal, "warning")
            return
        if row is None or content is None or content.view is None or widget is None or self.dashboard is None:
            self.app.tell("There is no row to act on.", "warning")
            return
        from casedesk.tui.screens.behind_widget import action_from

        self.acting.start(action_from(self.dashboard.id, widget.place, content.view, row))

    @on(Acting.Done)
    def _show_done(self) -> None:
        self.acting.settled()
        self.read_again()

    @on(Acting.LookAt)
    @on(Recomputing.Ended)
    def _look_again(self) -> None:
        self.read_again()

    # Period and query

    def action_dashboard_filter(self) -> None:
        self.filter.edit()

    def action_dashboard_earlier(self) -> None:
        if (period := self.period) is not None:
            self.chosen_period = period.before()
            self.read_again()

    def action_dashboard_later(self) -> None:
        period = self.period
        if period is None:
            return
        later = period.after()
        if later.first > self.app.desk.now().astimezone(later.zone).date():
            self.app.tell("Nothing of the next period has come yet.", "warning")
            return
        self.chosen_period = later
        self.read_again()

    def action_dashboard_reload(self) -> None:
        self.work.read()
