"""Reports: totals, charts and a table of a period; each figure leads to the rows behind it (A5, A6, M14, X10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on

from casedesk.reports.running import REPORTS
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.drawing import line_of
from casedesk.tui.report_words import report_title
from casedesk.tui.screens.counting import CHARTS, Counting
from casedesk.tui.widgets.figure_pane import FigurePane
from casedesk.tui.widgets.key_line import Hint, KeyLine
from casedesk.tui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from casedesk.reports.values import Rows
    from casedesk.tui.forms import Form

SHOWN_KEYS = (
    "reports.open", "reports.define", "reports.period", "reports.group", "reports.view", "reports.export",
    "reports.back", "reports.earlier", "reports.later", "reports.compare", "reports.time",
)  # fmt: skip
"""The keys of the bottom line; the help has all."""


class ReportsScreen(Counting):
    """Ends with what it looked at, so that it can be opened there again."""

    BINDINGS = bindings("reports")

    # Keys

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here."""
        if BY_ID[action_id].by == "report":
            return action_id.removeprefix("reports.") in self.reports
        if action_id == "reports.view":
            return self.report is not None and bool(self.report.charts)
        return bool({"reports", "page", "app"} & set(BY_ID[action_id].where))

    def show_keys(self) -> None:
        """Show the keys of what can be done here."""
        hints = [Hint(name, self.key_of(name), BY_ID[name].short) for name in SHOWN_KEYS if self.offers(name)]
        self.keys.show([*hints, Hint("program.help", self.key_of("program.help"), "help")])

    @on(KeyLine.Clicked)
    async def _key_clicked(self, message: KeyLine.Clicked) -> None:
        await self.run_action(BY_ID[message.action_id].call)

    @on(TabLine.Clicked)
    def _tab_clicked(self, message: TabLine.Clicked) -> None:
        self.turn_to(message.tab)

    def action_report(self, action_id: str) -> None:
        """Show a report with a key of its own, or say why it isn't there."""
        report = action_id.removeprefix("reports.")
        if report in self.reports:
            self.turn_to(report)
        elif report == "sla" and report in REPORTS:
            self.app.tell("Service levels are off, so that there is nothing to report on.", "warning")
        else:
            self.app.tell(f"There is no report {report_title(report)}.", "warning")

    def _turn(self, by: int) -> None:
        place = self.reports.index(self.view.report) + by
        self.turn_to(self.reports[place % len(self.reports)])

    def action_reports_previous(self) -> None:
        self._turn(-1)

    def action_reports_next(self) -> None:
        self._turn(1)

    def action_reports_earlier(self) -> None:
        self.look_at(replace(self.view, period=self.view.period.before()))

    def action_reports_later(self) -> None:
        later = self.view.period.after()
        if self.view.is_ahead(later, self.app.desk.now()):
            self.app.tell("Nothing of the next period has come yet.", "warning")
        else:
            self.look_at(replace(self.view, period=later))

    def action_reports_filter(self) -> None:
        self.filter.edit()

    def action_reports_compare(self) -> None:
        self.look_at(replace(self.view, compare=not self.view.compare))

    def action_reports_time(self) -> None:
        self.look_at(replace(self.view, working=not self.view.working))

    def action_reports_reload(self) -> None:
        self.view = replace(self.view, query=self.filter.text)
        self.count()

    def action_reports_view(self) -> None:
        count = len(self.report.charts[:CHARTS]) if self.report is not None else 0
        if not count:
            self.app.tell("There is no chart here.", "warning")
            return
        self.large = (self.large + 1) % (count + 1)
        self.place_panes()

    def action_reports_back(self) -> None:
        if self.large:
            self.large = 0
            self.place_panes()
        elif not self.filter.bring_back():
            self.dismiss(self.view)

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    # The cursor

    @property
    def pane(self) -> FigurePane:
        """The pane with the cursor."""
        return self.table if self.focused is self.table else self.totals

    def action_reports_left(self) -> None:
        self.pane.go(0, -1)

    def action_reports_right(self) -> None:
        self.pane.go(0, 1)

    def action_reports_pane(self) -> None:
        there = self.table if self.pane is self.totals and self.table.display else self.totals
        self.set_focus(there)

    @on(FigurePane.Opened)
    def action_reports_open(self) -> None:
        """Show the rows behind what the cursor stands on."""
        rows, figure = self.pane.rows, self.pane.figure
        if rows is None or (figure is not None and not figure.n):
            self.app.tell("Nothing was counted here, so that there is nothing to list.", "warning")
        else:
            said = [figure.definition.title if figure is not None else "", self.pane.label]
            title = " · ".join(filter(None, [report_title(self.view.report), *map(line_of, said)]))
            self._open_rows(rows, title)

    def _open_rows(self, rows: Rows, title: str) -> None:
        if rows.scope == "responses":
            from casedesk.tui.screens.responses import ResponsesScreen

            self.app.push_screen(ResponsesScreen(query=rows.query, title=title))
        else:
            from casedesk.tui.screens.counted_tickets import CountedTicketsScreen

            self.app.push_screen(
                CountedTicketsScreen(self.opened, self.app.preferences, self.recording, rows.query, title)
            )

    def action_reports_define(self) -> None:
        figure = self.pane.figure
        if figure is None or self.report is None:
            self.app.tell("Go to a figure first.", "warning")
            return
        from casedesk.tui.modals.figure_meaning import FigureMeaning

        self.app.push_screen(FigureMeaning(figure, self.report, self.pane.label))

    # Forms

    def _ask(self, form: Form[Any], answered: Callable[[Any], None]) -> None:
        from casedesk.tui.modals.form_modal import FormModal

        def take(answer: Any) -> None:
            if answer is not None:
                answered(answer)

        self.app.push_screen(FormModal(form.title, form), take)

    def action_reports_period(self) -> None:
        from casedesk.tui.report_forms import period_form

        desk = self.app.desk
        form = period_form(desk.now(), desk.zone, self.view.period)
        self._ask(form, lambda period: self.look_at(replace(self.view, period=period)))

    def action_reports_group(self) -> None:
        from casedesk.reports.grouping import groupings_of
        from casedesk.tui.report_forms import group_form

        form = group_form(self.view.report, self.view.grouped_by, groupings_of(self.view.report))
        self._ask(form, lambda by: self.look_at(self.view.group(by)))

    def action_reports_export(self) -> None:
        if self.report is None:
            self.app.tell("There is nothing to write yet.", "warning")
            return
        self.exporting.ask(self.report, present_folder())


def present_folder() -> Path:
    """Where files are written unless the user says otherwise: the present folder, or the home of the user."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()
