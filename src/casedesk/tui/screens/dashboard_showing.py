"""How the screen of dashboards shows one: over which period, narrowed down by which query, each widget as it comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.domain.query.unfinished import unfinished
from casedesk.reports.grouping import period_of
from casedesk.tui.acting import Acting
from casedesk.tui.acts import Selection
from casedesk.tui.dashboard_reading import DashboardReading, Seen
from casedesk.tui.definition_work import DefinitionWork
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Look
from casedesk.tui.reading import Reading
from casedesk.tui.screens.narrowing import Narrowing
from casedesk.tui.widgets.dashboard_grid import DashboardGrid
from casedesk.tui.widgets.dashboard_panes import ViewWidget
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard
    from casedesk.reports.dashboard import WidgetContent
    from casedesk.reports.period import Period
    from casedesk.tui.app import Opened
    from casedesk.tui.macro_recording import Recording


class DashboardShowing(Narrowing[None]):
    """The part of the screen of dashboards between the dashboard and its widgets."""

    AUTO_FOCUS = ""

    reading: DashboardReading

    def __init__(
        self, opened: Opened, recording: Recording, wanted: int | None = None, *, poll_seconds: float = 1.0
    ) -> None:
        """`wanted` is the id of the dashboard to show first; without it, the pinned one, or the first."""
        super().__init__()
        self.opened = opened
        self.recording = recording
        self.found: list[Dashboard] = []
        self.dashboard: Dashboard | None = None
        self.contents: dict[int, WidgetContent] = {}
        self.chosen_period: Period | None = None  # in the place of the dashboard's own
        self.wanted: int | str | None = wanted
        self._poll_seconds = poll_seconds
        self._again = False

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.filter = FilterBar(id="filter")
        self.grid = DashboardGrid(id="dashboard-grid")
        self.notice = Static(markup=False, id="dashboard-notice")
        self.keys = KeyLine(id="keys")
        self.work = DefinitionWork(desk, read_dashboards)
        self.reading = DashboardReading(desk, self.app.reports, poll_seconds=self._poll_seconds)
        self.acting = Acting(self.selection)
        yield self.head
        yield self.filter
        yield self.notice
        yield self.grid
        yield self.keys
        yield Static("This needs 60 columns and 20 lines; make the window larger.", markup=False, id="too-small")
        yield self.work
        yield self.reading
        yield self.acting

    def on_mount(self) -> None:
        self.head.set_view("Dashboards")
        self.notice.update("Reading…")
        self.start_clock()
        self.show_keys()
        self.work.read()
        self.reading.follow(lambda: None)

    def grow_older(self) -> None:
        """What is shown grows older: it is read again."""
        if self.dashboard is not None:
            self.read_again()

    def narrow_down(self) -> None:
        self.reading.check(self.filter.text)

    @on(DashboardReading.Checked)
    def _take_text(self, message: DashboardReading.Checked) -> None:
        """Narrow down by what was typed; while it has a mistake, what is shown stays (behaviour 6.2)."""
        if message.text != self.filter.text:
            return
        if message.error is not None:
            self.filter.complain(message.error)
        else:
            self.filter.accept()
            self.read_again()
        self._show_titles()

    def selection(self) -> Selection:
        """What an act works on: the ticket of the row under the cursor."""
        pane = self.grid.focused_pane
        row = pane.row if isinstance(pane, ViewWidget) else None
        return Selection((row.ticket,) if row is not None and row.ticket is not None else ())

    # Which dashboard is shown

    @on(DefinitionWork.Shown)
    async def _take_in(self, message: DefinitionWork.Shown) -> None:
        if message.found is not None:
            self.found = message.found
            await self._show_wanted()
        if message.error is not None:
            self.refused(message.error)
        elif message.outcome is not None:
            back = "redo" if message.outcome.name == "undo" else "undo"
            said = f"{message.outcome.summary} · {back}: {self.key_of(f'acts.{back}')}"
            self.app.tell("\n".join([said, *message.outcome.notes]))
        self.show_keys()
        self.work.settled()
        if message.error is None:
            self.accepted()

    def refused(self, error: CasedeskError) -> None:
        """What was asked for can't be done."""
        raise NotImplementedError

    def accepted(self) -> None:
        """What was asked for is done."""
        raise NotImplementedError

    async def _show_wanted(self) -> None:
        """The dashboard that is asked for, by id or name; else the one that is shown, the pinned one, or the first."""
        wanted, self.wanted = self.wanted, None
        present = self.dashboard.id if self.dashboard is not None else None
        orders = (
            lambda each: each.id == wanted or (each.mine and each.name == wanted),
            lambda each: each.id == present,
            lambda each: each.pinned,
            lambda each: True,
        )
        shown = next((each for fits in orders for each in self.found if fits(each)), None)
        if isinstance(wanted, int) and (shown is None or shown.id != wanted):
            self.app.tell("That dashboard is gone, or is no longer shared with you.", "warning")
        await self._show(shown)

    async def _show(self, dashboard: Dashboard | None) -> None:
        before, self.dashboard = self.dashboard, dashboard
        another = dashboard is None or before is None or before.id != dashboard.id
        if another:
            self.chosen_period = None
        untouched = another or (before is not None and self.filter.text.strip() == before.query)
        if untouched and self.filter.text.strip() != (dashboard.query if dashboard else ""):
            self.filter.set_text(dashboard.query if dashboard else "")
            self.filter.accept()  # a mistake in the dashboard's own query stands in its widgets
        widgets = dashboard.widgets if dashboard is not None else ()
        here = {widget.id for widget in widgets}
        self.contents = {id_: content for id_, content in self.contents.items() if id_ in here}
        await self.grid.show_widgets(widgets)
        self._show_seen()
        if self.grid.focused_widget is None and not self.filter.input.has_focus:
            self.grid.focus_first()
        self._show_titles()
        self.read_again()

    async def turn(self, by: int) -> None:
        """Show the next dashboard, or the one before, in a ring."""
        ids = [each.id for each in self.found]
        if self.dashboard is not None and len(ids) > 1:
            self.wanted = ids[(ids.index(self.dashboard.id) + by) % len(ids)]
            await self._show_wanted()
            self.show_keys()

    # Reading

    @property
    def period(self) -> Period | None:
        """The period that every widget looks at; None when the dashboard's own can't be read any more."""
        if self.chosen_period is not None or self.dashboard is None:
            return self.chosen_period
        try:
            return period_of(self.dashboard.period, self.app.desk.now(), self.app.desk.zone)
        except InvalidInput:
            return None

    @property
    def looked_at(self) -> Dashboard | None:
        """The dashboard with the filter's last query without a mistake, its last word open at its end."""
        if self.dashboard is None:
            return None
        return replace(self.dashboard, query=unfinished(self.filter.good).strip())

    def read_again(self) -> None:
        """Read every widget; what they show stays until then."""
        dashboard, period = self.looked_at, self.period
        if dashboard is None or period is None:
            return
        self._again = False
        self._show_titles()
        self.reading.load(dashboard, period)

    def _show_seen(self) -> None:
        """What the widgets showed the last time stands until they are read."""
        dashboard, period, desk = self.looked_at, self.period, self.app.desk
        if dashboard is None or period is None:
            return
        look = Look(desk.zone, desk.now(), (), self.app.preferences.plain)
        for widget in dashboard.widgets:
            seen = self.app.seen_widgets.get(widget.id)
            if widget.id not in self.contents and seen and seen.holds_for(widget, dashboard.query, period):
                self.contents[widget.id] = seen.content
                self.grid.show(seen.content, look)

    @on(DashboardReading.Loaded)
    def _show_content(self, message: DashboardReading.Loaded) -> None:
        if not self.reading.is_wanted(message.generation):
            return
        content, desk = message.content, self.app.desk
        self.contents[content.widget.id] = content
        self.app.seen_widgets[content.widget.id] = Seen(message.query, message.period, content)
        look = Look(desk.zone, desk.now(), (), self.app.preferences.plain)
        self.grid.show(content, look)
        if not message.left and self._again:
            self.read_again()
        if self.grid.focused_widget is not None and self.grid.focused_widget.id == content.widget.id:
            self.show_keys()

    @on(Reading.Changed)
    def _take_in_changes(self) -> None:
        """Somebody changed the desk: the dashboards, and what they show, are read again.

        What is being read is read to its end first, so that a busy desk shows something, too.
        """
        if self.work.busy or self.reading.busy:
            self._again = True
        else:
            self.work.read()

    # The filter

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.grid.focus_first()

    # Titles

    def _show_titles(self) -> None:
        dashboard = self.dashboard
        if dashboard is None:
            self.head.set_view("Dashboards")
            self.filter.show_note("")
            self._notify(f"There are no dashboards yet; {self.key_of('dashboard.new')} makes one.")
            return
        whose = "" if dashboard.mine else f" of {line_of(dashboard.owner, 30)}"
        home = " · opens first" if dashboard.pinned else ""
        changed = "*" if self.is_changed else ""
        self.head.set_view(f"{line_of(dashboard.name, 60)}{changed}{whose}{home}")
        self.filter.show_note(str(self.period or ""))
        if self.period is None:
            way = self.key_of("dashboard.period")
            self._notify(f"The period {line_of(dashboard.period, 40)} can't be read; {way} chooses one.")
        elif not dashboard.widgets:
            way = f"{self.key_of('dashboard.add')} puts a view, a figure or a chart there."
            self._notify(f"Nothing stands on this dashboard yet. {way if dashboard.mine else ''}")
        else:
            self._notify("")

    @property
    def is_changed(self) -> bool:
        """Whether another period or query is looked at than the dashboard keeps."""
        own = self.dashboard.query if self.dashboard is not None else ""
        return self.chosen_period is not None or self.filter.text.strip() != own

    def _notify(self, text: str) -> None:
        self.notice.update(text)
        self.notice.display = bool(text)


def read_dashboards(desk: Desk) -> list[Dashboard]:
    """What the screen goes over."""
    return desk.dashboards.list()
