"""How the triage screen shows the other screens, and takes in what was done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.screens.viewing import Viewing

if TYPE_CHECKING:
    from casedesk.tui.app import Opened
    from casedesk.tui.report_view import ReportView


class Visiting(Viewing):
    """The part of the triage screen from which one goes to the other screens, and comes back to the list."""

    opened: Opened
    _report_view: ReportView | None = None
    """How the reports were looked at last."""

    def action_triage_mode(self) -> None:
        if not self.whole:
            self.app.tell("The list is still being read; try again in a moment.", "warning")
            return
        cursor = self.tickets.cursor
        place = None if cursor is None else self.tickets.place_of(cursor)
        if place is None:
            self.app.tell("There is no ticket to decide on.", "warning")
            return
        from casedesk.tui.screens.triage_mode import TriageModeScreen

        numbers = self.tickets.numbers[place:]
        mode = TriageModeScreen(self.opened, self.look, numbers, self.macros.recording, self.reading.poll_seconds)
        self.app.push_screen(mode, self._after_mode)

    def _after_mode(self, last: int | None) -> None:
        """Back in the list: on the last ticket seen, as everything is now."""
        if last is not None:
            self.tickets.go_to(last)
        self.show_recording()
        self.action_list_reload()

    def action_import_file(self) -> None:
        from casedesk.tui.screens.import_file import ImportScreen

        self.app.push_screen(ImportScreen(), self._show_imported)

    def action_plans_open(self) -> None:
        from casedesk.tui.screens.plans import PlansScreen

        self.app.push_screen(PlansScreen(), self.come_back)

    def action_levels_open(self) -> None:
        from casedesk.tui.screens.service_levels import ServiceLevelsScreen

        self.app.push_screen(ServiceLevelsScreen(), self.come_back)

    def action_configuration_open(self) -> None:
        from casedesk.tui.screens.configuration import ConfigurationScreen

        self.app.push_screen(ConfigurationScreen(), self.come_back)

    def action_assistant_open(self) -> None:
        from casedesk.tui.screens.assistant import AssistantScreen

        self.app.push_screen(AssistantScreen(), self.come_back)

    def action_reports_show(self) -> None:
        from casedesk.tui.screens.reports import ReportsScreen

        poll_seconds = self.reading.poll_seconds
        reports = ReportsScreen(self.opened, self.macros.recording, self._report_view, poll_seconds=poll_seconds)
        self.app.push_screen(reports, self._after_reports)

    def _after_reports(self, view: ReportView | None) -> None:
        self._report_view = view
        self.action_list_reload()

    def action_dashboards_show(self) -> None:
        from casedesk.tui.screens.dashboards import DashboardsScreen

        poll_seconds = self.reading.poll_seconds
        screen = DashboardsScreen(self.opened, self.macros.recording, self.opened.home, poll_seconds=poll_seconds)
        self.app.push_screen(screen, lambda _nothing: self.action_list_reload())

    def _show_imported(self, query: str | None) -> None:
        """After an import: the tickets that it opened, or the list as it is now."""
        if query:
            self.filter.set_text(query)
            self.show_tab("all")
        else:
            self.action_list_reload()
