"""The responses of a view or a query, with and without a ticket; a line opens into what was done and what can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from casedesk.domain.query.unfinished import unfinished
from casedesk.domain.rights import TICKETS_ACTION, TICKETS_NEW
from casedesk.tui.acting import Acting
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.acts import Act, Guards, Selection, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Look
from casedesk.tui.panels.response_line import ACTIONS, ResponsePanel
from casedesk.tui.recomputing import Recomputing
from casedesk.tui.response_reading import ResponseReading
from casedesk.tui.screens.finding import order_said
from casedesk.tui.views import Screenful, Views
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import Hint, KeyLine
from casedesk.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, PlanOfSome, View
    from casedesk.domain.query import QueryError
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.forms import Form
    from casedesk.tui.modals.add_action import ActionTaken

SHOWN_KEYS: Final = (
    "responses.enter", "responses.tab", "responses.action", "responses.ticket", "responses.filter", "responses.views",
    "acts.undo", "responses.back", "program.help",
)  # fmt: skip


class ResponsesScreen(Screen[bool]):
    """Ends with whether something was changed here.

    `view` is one of responses; without it, all that match `query` are shown in the usual columns, and no action can
    be added: that takes a view that allows it (S7). `title` says what a bare query stands for.
    """

    app: CasedeskApp

    BINDINGS = bindings("responses")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-medium")]
    AUTO_FOCUS = "#responses"

    def __init__(self, *, view: View | None = None, query: str = "", title: str = "") -> None:
        super().__init__()
        self.view = view
        self.changed = False
        self._query = view.query if view is not None else query
        self._title = title or "Responses"
        self._look: Look | None = None
        self._whole = False
        self._searched = ""  # what stood in the filter of the rows that are read
        self._read_whole: str | None = None  # the query whose rows stand in the list, once they all do
        self.filter = FilterBar(id="filter")
        self.panel = ResponsePanel(id="response")
        self.keys = KeyLine(id="keys")

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        self._look = Look(desk.zone, desk.now(), (), self.app.preferences.plain)
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.list = RowList(self._look, id="responses")
        self.reading = ResponseReading(desk)
        self.acting = Acting(Selection)
        self.saved_views = Views(self.acting, self.screenful)
        yield self.head
        yield self.filter
        with Horizontal(id="response-panes"):
            yield self.list
            yield self.panel
        yield self.keys
        yield self.reading
        yield self.acting
        yield self.saved_views

    def on_mount(self) -> None:
        now = self.app.desk.now().astimezone(self.app.desk.zone)
        self.head.set_time(f"{now:%H:%M}")
        self.panel.say("No response is open.")
        self._take(self.view, self._query)

    def _take(self, view: View | None, query: str) -> None:
        """Show a view, or a query in the usual columns."""
        self.view = view
        usual = self.app.desk.views.usual_columns("responses")
        self.list.set_columns(view.shown_columns if view is not None else usual)
        self._show_titles()
        self._show_keys()
        if view is not None and view.problems:
            self.app.tell("\n".join((f"{line_of(view.name, 60)}:", *view.problems)), "warning")
        if self.filter.text != query:
            self.filter.set_text(query)  # which reads the list
        else:
            self._search()

    # Finding

    @property
    def query_text(self) -> str:
        """The filter as it was read last, its last word open at the end, and the view's campaign."""
        own = unfinished(self._searched).strip()
        within = self.view.within if self.view is not None else ""
        return " ".join(part for part in (f"({own})" if own else "", within) if part)

    def _search(self) -> None:
        self._read_whole = None
        self._search_for(self.filter.text)

    def _search_for(self, text: str) -> None:
        self._searched = text
        self._whole = False
        self.reading.search(self.query_text, text.strip())

    @on(FilterBar.Typed)
    def _filter_typed(self, message: FilterBar.Typed) -> None:
        self._search_for(self.filter.text)
        self._show_titles()
        self.reading.complete(message.text, message.cursor)

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.set_focus(self.list)

    @on(ResponseReading.Completed)
    def _offer(self, message: ResponseReading.Completed) -> None:
        self.filter.offer(message.text, message.completions)

    @on(ResponseReading.Found)
    def _show_found(self, message: ResponseReading.Found) -> None:
        self._whole = message.whole
        self._read_whole = self.query_text if message.whole else None
        if message.first:
            self.filter.accept(self._searched)
            self.list.show_ids(message.ids)
        else:
            self.list.add_ids(message.ids)
        if message.whole and not self.list.ids:
            way = f"{self.key_of('responses.filter')} changes the filter."
            self.list.say(f"No response matches. {way}" if self.filter.text.strip() else "There are no responses yet.")
        self.filter.show_count(len(self.list.ids), None, whole=self._whole)

    @on(ResponseReading.Failed)
    def _say_failed(self, message: ResponseReading.Failed) -> None:
        if message.error.code == "query":
            self._keep_good_rows(message.error)  # type: ignore[arg-type]  # the code says that it is a QueryError
        elif message.kind == "search":
            self.list.say(message.error.sentence)
        else:
            self.app.tell(message.error.sentence, "error")

    def _keep_good_rows(self, error: QueryError) -> None:
        """Show the rows of the last text without a mistake: they are there, or they are read again (behaviour 6.2)."""
        if self._searched == self.filter.text:
            self.filter.complain(error)
        failed, self._searched = self._searched, self.filter.good
        if self._read_whole == self.query_text:
            self._whole = True
        elif failed != self.filter.good:
            self._search_for(self.filter.good)
        else:
            self.list.say(error.sentence)

    @on(RowList.RowsWanted)
    def _read_rows(self, message: RowList.RowsWanted) -> None:
        self.reading.rows(self.list.columns, message.ids)

    @on(ResponseReading.RowsRead)
    def _put_rows(self, message: ResponseReading.RowsRead) -> None:
        if message.columns == self.list.columns:
            self.list.put_rows(message.rows)

    @on(RowList.Moved)
    def _read_line(self) -> None:
        if self.list.cursor is None:
            self.panel.say("No response is open.")
        else:
            self.reading.line(self.list.cursor)

    @on(ResponseReading.LineRead)
    def _show_line(self, message: ResponseReading.LineRead) -> None:
        if message.opened.response.id == self.list.cursor and self._look is not None:
            self.panel.show(message.opened, self._look, self.refusal())

    # Titles and keys

    def key_of(self, action_id: str) -> str:
        """The action's key as it is written on a keyboard."""
        return self.app.keymap.shown(action_id)

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here, and does something."""
        if action_id == "responses.action" and self.refusal():
            return False
        return bool({"responses", "page", "app"} & set(BY_ID[action_id].where))

    def _show_titles(self) -> None:
        changed = "*" if self.view is not None and self.filter.text.strip() != self.view.query else ""
        self.head.set_view(f"{self.view.name}{changed}" if self.view is not None else self._title)
        order = order_said(self.filter.meant)
        self.list.set_title([("Responses", "text"), *([(f" · {line_of(order, 40)}", "muted")] if order else [])])

    def _show_keys(self) -> None:
        shown = [name for name in SHOWN_KEYS if name != "responses.action" or self.offers(name)]
        self.keys.show([Hint(name, self.key_of(name), BY_ID[name].short) for name in shown])

    @on(KeyLine.Clicked)
    async def _key_clicked(self, message: KeyLine.Clicked) -> None:
        await self.run_action(BY_ID[message.action_id].call)

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    # Panes

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.set_class(event.widget is self.panel, "-at-detail")

    @on(RowList.Opened)
    def action_responses_enter(self) -> None:
        """Open the line; from the open line, go on to its ticket."""
        if self.focused is self.panel:
            self.action_responses_ticket()
        elif self.list.cursor is not None:
            self.add_class("-at-detail")
            self.set_focus(self.panel)

    def action_responses_pane(self) -> None:
        if self.focused is self.panel:
            self._to_list()
        else:
            self.action_responses_enter()

    def action_responses_ticket(self) -> None:
        """Show the ticket of the response, where it can be worked on; leaving it leads back here."""
        opened = self.panel.opened
        if opened is None or opened.response.id != self.list.cursor:
            self.app.tell("There is no response to go on from.", "warning")
        elif opened.response.ticket is None:
            way = f"; {self.key_of('responses.action')} opens one with an action" if not self.refusal() else ""
            self.app.tell(f"This response has no ticket{way}.", "warning")
        else:
            from casedesk.tui.screens.counted_tickets import tickets_screen

            title = f"Ticket of response {opened.response.id}"
            self.app.push_screen(
                tickets_screen(self.app, f"number:{opened.response.ticket}", title), self._back_from_ticket
            )

    def _back_from_ticket(self, _nothing: None) -> None:
        """It may have been worked on."""
        self.changed = True
        self.list.forget()
        self._search()

    def _to_list(self) -> None:
        self.remove_class("-at-detail")
        self.set_focus(self.list)

    def action_responses_tab(self) -> None:
        self.panel.turn()

    def action_responses_filter(self) -> None:
        self.remove_class("-at-detail")
        self.filter.edit()

    def action_responses_back(self) -> None:
        if self.focused is not self.list:
            self._to_list()
        elif self.filter.bring_back():
            return
        else:
            self.dismiss(self.changed)

    # Views

    def action_responses_views(self) -> None:
        self.saved_views.open()

    def screenful(self) -> Screenful:
        """What the list shows, for the menu of views."""
        from casedesk.tui.modals.change_view import Showing
        from casedesk.tui.modals.view_menu import Shown

        text = self.filter.text.strip()
        campaign = self.view.campaign if self.view is not None else None
        return Screenful(Shown(self.view, text), Showing("responses", text, campaign, self.list.columns))

    @on(Views.Chosen)
    def _choose_view(self, message: Views.Chosen) -> None:
        view = message.view
        if view is not None and view.scope == "tickets":
            self.app.tell(f"“{line_of(view.name, 60)}” is of tickets: choose it in the list of tickets.", "warning")
            return
        self._take(view, view.query if view is not None else "")

    @on(Views.Listed)
    def _follow_view(self, message: Views.Listed) -> None:
        if self.view is None or message.error is not None:
            return
        now = next((view for view in message.views if view.id == self.view.id), None)
        if now is None:
            self.app.tell(f"The view “{line_of(self.view.name, 60)}” is gone.", "warning")
        if now != self.view:
            untouched = self.filter.text.strip() == self.view.query
            self._take(now, now.query if now is not None and untouched else self.filter.text)

    # Actions

    def refusal(self) -> str:
        """Why no action can be added to the line that is open; nothing when one can."""
        if self.view is None:
            return "Actions are added from a view that allows them, or from the list of tickets."
        if not self.view.allow_actions:
            return f"The view “{line_of(self.view.name, 60)}” doesn't allow actions."
        opened, desk = self.panel.opened, self.app.desk
        if not desk.can(TICKETS_ACTION):
            return "You may not act by an action plan. An administrator can allow it."
        if opened is not None and opened.ticket is None and not desk.can(TICKETS_NEW):
            return "You may not open a ticket for it. An administrator can allow it."
        return ""

    def action_responses_action(self) -> None:
        opened, view = self.panel.opened, self.view
        if opened is None or opened.response.id != self.list.cursor:
            self.app.tell("There is no response to act on.", "warning")
            return
        if refusal := self.refusal():
            self.app.tell(refusal, "warning")
            return
        assert view is not None
        self.panel.choose(ACTIONS)
        self.acting.start(action_on(view, opened.response.id, opened.response.ticket))

    def action_acts_undo(self) -> None:
        self.acting.undo()

    def action_acts_redo(self) -> None:
        self.acting.redo()

    @on(Acting.Done)
    def _show_done(self, message: Acting.Done) -> None:
        self.acting.settled()
        self.changed = True
        if not message.outcome.done:
            self.saved_views.take_in(message.request)
        self.list.forget()
        self._search()

    @on(Acting.LookAt)
    def _look_again(self) -> None:
        self._search()

    @on(Recomputing.Ended)
    def _show_recomputed(self) -> None:
        self.list.forget()


def action_on(view: View, response_id: int, ticket: int | None) -> Act[ActionTaken]:
    """The act that adds an action to the response's ticket, which it opens where there is none."""

    def read(desk: Desk, _numbers: Sequence[int]) -> Sequence[PlanOfSome]:
        return desk.response_actions.offered(response_id)

    def form(target: Target) -> Form[ActionTaken]:
        from casedesk.domain.errors import InvalidInput
        from casedesk.tui.modals.add_action import form as action_form

        if not target.more:
            raise InvalidInput("It has no action plan, so there is no action to add.")
        made = action_form(replace(target, numbers=(ticket or 0,)))
        on = f"#{ticket}" if ticket is not None else f"response {response_id}"
        return replace(made, title=f"Add an action · {on}")

    def perform(desk: Desk, target: Target, taken: ActionTaken, guards: Guards) -> Outcome:
        return desk.response_actions.add(
            view, response_id, taken.action, status=taken.status, comment=taken.comment,
            close_plan=taken.close_plan, exit_state=taken.exit_state, resolution=taken.resolution,
        )  # fmt: skip

    return Act("ticket.action", perform, form, read=read, needs_ticket=False, guarded=False, repeatable=False)
