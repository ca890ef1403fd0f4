"""How the screen of dashboards changes them: each change is asked for by a form, and made by the desk in a thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.message import Message

from casedesk.domain.errors import CasedeskError, InvalidFields, InvalidInput, Unchanged
from casedesk.domain.rights import CONFIGURE, VIEWS_SHARE
from casedesk.tui import dashboard_forms as forms
from casedesk.tui.drawing import line_of
from casedesk.tui.screens.dashboard_showing import DashboardShowing

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard, DashboardWidget
    from casedesk.tui.definition_work import Change
    from casedesk.tui.forms import Form
    from casedesk.tui.modals.form_modal import FormModal

Sources = TypeVar("Sources")
Entry = TypeVar("Entry")


class DashboardChanging(DashboardShowing):
    """The part of the screen of dashboards that asks for changes."""

    class _Ready(Message):
        """What a form needs has been read, or can't be."""

        def __init__(self, then: Callable[[Any], None], found: Any, error: CasedeskError | None) -> None:
            super().__init__()
            self.then = then
            self.found = found
            self.error = error

    _attempted: FormModal[Any] | None = None

    @property
    def widget(self) -> DashboardWidget | None:
        """The widget with the focus, as it was last read."""
        return self.grid.focused_widget

    @property
    def may_change(self) -> bool:
        """Whether the dashboard is the user's to change."""
        return self.dashboard is not None and (self.dashboard.mine or self.app.desk.can(CONFIGURE))

    # Asking and doing

    def _push(self, form: Form[Entry], answered: Callable[[FormModal[Any], Entry], None]) -> None:
        """Show a form; `answered` gets it too, to accept or refuse what was entered."""
        from casedesk.tui.modals.form_modal import FormModal

        modal: FormModal[Any] = FormModal(form.title, form, attempt=lambda entry: answered(modal, entry))
        self.app.push_screen(modal)

    def _ask(
        self, read: Callable[[Desk], Sources], form: Callable[[Sources], Form[Entry]], change: Callable[[Entry], Change]
    ) -> None:
        """Show the form made of what `read` gets from the desk in a thread; then make the change.

        The form stays until the desk has agreed.
        """
        from casedesk.tui.modals.form_modal import FormModal

        def attempt(entry: Entry) -> None:
            self._attempted = modal
            self.work.do(change(entry))

        modal: FormModal[Any] = FormModal("Reading…", attempt=attempt)
        self.app.push_screen(modal)

        async def show(found: Sources) -> None:
            try:
                await modal.show_form(form(found))
            except InvalidInput as error:
                give_up(error)

        def give_up(error: CasedeskError) -> None:
            modal.give_up()
            self.app.tell(error.sentence, "warning")

        def take(found: Any) -> None:
            if isinstance(found, CasedeskError):
                give_up(found)
            elif modal.is_attached:
                self.call_later(show, found)

        self._read(read, take)

    def _read(self, read: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        desk = self.app.desk

        def run() -> None:
            try:
                found = read(desk)
            except CasedeskError as error:
                self.post_message(self._Ready(then, None, error))
            else:
                self.post_message(self._Ready(then, found, None))

        self.run_worker(run, thread=True, group="form")

    @on(_Ready)
    def _go_on(self, message: _Ready) -> None:
        message.then(message.error if message.error is not None else message.found)

    def refused(self, error: CasedeskError) -> None:
        if self._attempted is None or isinstance(error, Unchanged):
            self.app.tell(error.sentence, "warning" if isinstance(error, Unchanged) else "error")
            self.accepted()
            return
        form, self._attempted = self._attempted, None
        form.refuse(error.mistakes if isinstance(error, InvalidFields) else [("", error.sentence)])

    def accepted(self) -> None:
        if self._attempted is not None:
            form, self._attempted = self._attempted, None
            form.accept()

    async def _do(self, change: Change) -> None:
        """Make a change that asks for nothing, once those before it are done."""
        if await self.work.settle():
            self.work.do(change)
        else:
            self.app.tell("The change before is still under way.", "warning")

    async def action_acts_undo(self) -> None:
        await self._do(lambda desk: desk.acts.undo())

    async def action_acts_redo(self) -> None:
        await self._do(lambda desk: desk.acts.redo())

    def _own(self) -> Dashboard | None:
        """The dashboard, if it is the user's to change; else it is said why not."""
        dashboard = self.dashboard
        if dashboard is None:
            self.app.tell(f"There is no dashboard yet; {self.key_of('dashboard.new')} makes one.", "warning")
        elif not self.may_change:
            key, owner = self.key_of("dashboard.copy"), line_of(dashboard.owner, 40)
            self.app.tell(f"This dashboard belongs to {owner}; {key} makes one of your own like it.", "warning")
            return None
        return dashboard

    # Dashboards

    def action_dashboard_period(self) -> None:
        from casedesk.reports.period import last_days
        from casedesk.tui.report_forms import period_form

        desk = self.app.desk
        present = self.period or last_days(30, desk.now(), desk.zone)

        def look(modal: FormModal[Any], period: Any) -> None:
            self.chosen_period = period
            self.read_again()
            modal.accept()

        self._push(period_form(desk.now(), desk.zone, present), look)

    def action_dashboard_choose(self) -> None:
        """Show another one of the list; a retired one that the user may change is brought back by that."""
        may_change = self.app.desk.can(CONFIGURE)
        retired: set[int] = set()

        def read(desk: Desk) -> list[Dashboard]:
            found = [each for each in desk.dashboards.list(retired=True) if not each.retired or each.mine or may_change]
            retired.update(each.id for each in found if each.retired)
            return found

        def form(found: list[Dashboard]) -> Form[int]:
            if not found:
                raise InvalidInput(f"There is no dashboard yet; {self.key_of('dashboard.new')} makes one.")
            return forms.choose_form(found, self.dashboard)

        def show(id_: int) -> Change:
            self.wanted = id_
            return (lambda desk: desk.dashboards.restore(id_)) if id_ in retired else (lambda _desk: None)

        self._ask(read, form, show)

    def action_dashboard_new(self) -> None:
        desk = self.app.desk

        def make(entry: forms.DashboardEntry) -> Change:
            self.wanted = " ".join(entry.name.split())
            return lambda desk: desk.dashboards.make(entry.name, period=entry.period, query=entry.query)

        form = forms.dashboard_form(desk, "New dashboard", "Make it", name="", period="last-30d", query="")
        self._ask(lambda _desk: form, lambda form: form, make)

    def action_dashboard_edit(self) -> None:
        """Its name; and the period and the query that are looked at now are offered to be kept."""
        dashboard = self._own()
        if dashboard is None:
            return
        chosen = self.chosen_period
        period = dashboard.period if chosen is None else f"{chosen.first}..{chosen.last}"
        form = forms.dashboard_form(
            self.app.desk, "Change the dashboard", "Keep it so",
            name=dashboard.name, period=period, query=self.filter.text.strip(),
        )  # fmt: skip

        def change(entry: forms.DashboardEntry) -> Change:
            self.chosen_period = None
            name, period, query = entry.name, entry.period, entry.query
            return lambda desk: desk.dashboards.change(dashboard, new_name=name, period=period, query=query)

        self._ask(lambda _desk: form, lambda form: form, change)

    async def action_dashboard_copy(self) -> None:
        if (dashboard := self.dashboard) is not None:
            await self._do(lambda desk: desk.dashboards.copy(dashboard))

    async def action_dashboard_retire(self) -> None:
        if (dashboard := self._own()) is not None:
            await self._do(lambda desk: desk.dashboards.retire(dashboard))

    async def action_dashboard_home(self) -> None:
        dashboard = self.dashboard
        if dashboard is not None and dashboard.pinned:
            await self._do(lambda desk: desk.dashboards.unpin())
        elif dashboard is not None:
            await self._do(lambda desk: desk.dashboards.pin(dashboard))

    def action_dashboard_share(self) -> None:
        dashboard = self._own()
        if dashboard is None:
            return
        if not self.app.desk.can(VIEWS_SHARE):
            self.app.tell("You may not share dashboards. An administrator can allow it.", "warning")
            return

        def read(desk: Desk) -> tuple[list[str], list[str]]:
            users = [user.login for user in desk.team.users() if user.active and user.login != dashboard.owner]
            return users, list(desk.team.teams())

        self._ask(
            read,
            lambda found: forms.share_form(dashboard, *found),
            lambda changes: lambda desk: desk.dashboards.change_shares(dashboard, **changes),
        )

    def action_dashboard_export(self) -> None:
        from casedesk.tui.screens.reports import present_folder

        dashboard, period = self.looked_at, self.period
        if dashboard is None or period is None:
            self.app.tell("There is nothing to write yet.", "warning")
            return
        reports = self.app.reports

        def write(modal: FormModal[Any], asked: tuple[Path, bool]) -> None:
            def work(desk: Desk) -> Path:
                from casedesk.reports.dashboard import read_dashboard
                from casedesk.reports.export.dashboard_page import write_dashboard

                content = read_dashboard(desk, reports, dashboard, period=period)
                return write_dashboard(desk, content, asked[0], replace=asked[1])

            def done(found: Any) -> None:
                if isinstance(found, CasedeskError):
                    modal.refuse([("path", found.sentence)])
                else:
                    modal.accept()
                    self.app.tell(f"Written to {found}")

            self._read(work, done)

        self._push(forms.page_form(dashboard, present_folder()), write)

    # Widgets

    def action_dashboard_add(self) -> None:
        dashboard = self._own()
        if dashboard is None:
            return

        def change(entry: dict[str, Any]) -> Change:
            return lambda desk: desk.dashboards.add_widget(dashboard, **entry)

        self._ask(self._sources, lambda sources: forms.widget_form(self.app.desk, sources, None), change)

    def action_dashboard_change(self) -> None:
        dashboard, widget = self._own(), self.widget
        if dashboard is None or widget is None:
            return

        def change(entry: dict[str, Any]) -> Change:
            changes = {name: value for name, value in entry.items() if name != "kind"}
            return lambda desk: desk.dashboards.change_widget(dashboard, widget.place, **changes)

        self._ask(self._sources, lambda sources: forms.widget_form(self.app.desk, sources, widget), change)

    def _sources(self, desk: Desk) -> forms.WidgetSources:
        from casedesk.reports.dashboard import offers

        period = self.period
        return forms.WidgetSources(
            [view for view in desk.views.list() if not view.broken],
            offers(self.app.reports, period) if period is not None else (),
        )

    async def action_dashboard_remove(self) -> None:
        dashboard, widget = self._own(), self.widget
        if dashboard is not None and widget is not None:
            await self._do(lambda desk: desk.dashboards.remove_widget(dashboard, widget.place))

    async def _move(self, by: int) -> None:
        dashboard, widget = self._own(), self.widget
        if dashboard is not None and widget is not None:
            await self._do(lambda desk: desk.dashboards.move_widget(dashboard, widget.place, widget.place + by))

    async def action_dashboard_move_up(self) -> None:
        await self._move(-1)

    async def action_dashboard_move_down(self) -> None:
        await self._move(1)
