"""The triage screen: the list of tickets, the one under the cursor, its feed and its contact (K1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from casedesk.tui.acting import Acting
from casedesk.tui.actions import ACTIONS, bindings
from casedesk.tui.acts import Selection
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Look
from casedesk.tui.macro_recording import Recording
from casedesk.tui.macros import Macros
from casedesk.tui.panels.detail import RELATED, ContactPanel, DetailPanel, FeedPanel
from casedesk.tui.reading import Reading
from casedesk.tui.recomputing import Recomputing
from casedesk.tui.screens.visiting import Visiting
from casedesk.tui.sweeping import Sweeping, words
from casedesk.tui.views import Views
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import Hint, KeyLine
from casedesk.tui.widgets.tab_line import TabLine
from casedesk.tui.widgets.ticket_list import TicketList
from casedesk.tui.widgets.view_list import ViewList

if TYPE_CHECKING:
    from casedesk.settings.preferences import Preferences
    from casedesk.tui.app import CasedeskApp, Opened

CHECKED_AT_ONCE = 200
"""Tickets whose place in the list is looked up by number after an act; of more the whole list is read again."""


class TriageScreen(Visiting):
    """Everything between the keys and the desk for the daily work."""

    app: CasedeskApp

    BINDINGS = bindings("triage")
    PLACES = frozenset({"list", "detail", "page", "triage", "app"})
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-medium"), (140, "-wide"), (180, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-high")]
    AUTO_FOCUS = "#tickets"

    def __init__(self, opened: Opened, preferences: Preferences, *, poll_seconds: float = 1.0) -> None:
        super().__init__()
        desk = opened.desk
        self.opened = opened
        self.look = Look(desk.zone, desk.now(), opened.choices.priorities, preferences.plain)
        self.tabs = {tab.id: tab for tab in opened.tabs}
        self.head = HeadLine(opened.name, desk.user.login, desk.user.role, id="head")
        self.filter = FilterBar(id="filter")
        self.tab_line = TabLine(opened.tabs, id="tabs")
        self.view_list = ViewList(id="view-list")
        self.tickets = TicketList(self.look, density=preferences.density, id="tickets")
        self.detail = DetailPanel(id="detail")
        self.feed = FeedPanel(id="feed")
        self.contact = ContactPanel(id="contact")
        self.keys = KeyLine(id="keys")
        self.reading = Reading(desk, poll_seconds=poll_seconds)
        self.acting = Acting(self.selection)
        self.macros = Macros(Recording(), self.acting)
        self.saved_views = Views(self.acting, self.screenful)
        self.sweeping = Sweeping(desk)
        self.density = preferences.density
        self.whole = opened.whole
        self.new = 0
        self.total: int | None = None

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.filter
        yield self.tab_line
        with Horizontal(id="panes"):
            yield self.view_list
            yield self.tickets
            with Vertical(id="middle"):
                yield self.detail
                yield self.feed
            yield self.contact
        yield self.keys
        yield Static("This needs 60 columns and 20 lines; make the window larger.", markup=False, id="too-small")
        yield self.reading
        yield self.acting
        yield self.macros
        yield self.saved_views
        yield self.sweeping

    def on_mount(self) -> None:
        self.detail.say("Reading…")
        self.tickets.show_result(self.opened.numbers, self.opened.lines)
        self.show_titles()
        self._tick()
        self.show_keys()
        self.set_interval(5, self._tick)
        self.call_after_refresh(self._read_on)

    def _read_on(self) -> None:
        """Once the first tickets stand on the screen: all the others, the counts, and what others change."""
        self.search()
        self._count()
        self.reading.follow(self.new_query)
        self.macros.reload()
        self.saved_views.reload()

    # The ticket under the cursor

    @on(TicketList.CursorMoved)
    def _read_ticket(self, message: TicketList.CursorMoved) -> None:
        if message.number is not None:
            self._show_number(message.number)

    def _show_number(self, number: int) -> None:
        known = self.reading.ticket(number, self.tickets.neighbours())
        if known is not None:
            self._show_ticket(known)

    @on(TicketList.LinesWanted)
    def _read_lines(self, message: TicketList.LinesWanted) -> None:
        self.reading.lines(message.numbers)

    @on(Reading.LinesRead)
    def _put_lines(self, message: Reading.LinesRead) -> None:
        if message.columns == self.reading.columns:
            self.tickets.put_lines(message.lines, message.cells)

    @on(Reading.TicketRead)
    def _show_ticket(self, message: Reading.TicketRead) -> None:
        if message.number == self.tickets.cursor:
            self.show_panels(message)

    # Acts

    def selection(self) -> Selection:
        """What an act works on: the marked tickets, or the one under the cursor."""
        tickets, marks = self.tickets, self.tickets.marks
        if marks.query is not None:
            return Selection((), tickets.versions(tickets.numbers), marks.query, frozenset(marks.exceptions))
        if marks.numbers:
            numbers = tuple(sorted(marks.numbers))
        else:
            numbers = (tickets.cursor,) if tickets.cursor is not None else ()
        return Selection(numbers, tickets.versions(numbers))

    @on(Acting.Done)
    def _show_done(self, message: Acting.Done) -> None:
        self.tickets.put_lines(message.lines)  # an act that waits is told the versions that are on screen now
        self.acting.settled()
        self._take_in(message.outcome.done)

    @on(Sweeping.Swept)
    def _show_swept(self, message: Sweeping.Swept) -> None:
        self.app.tell(words(message.swept), "warning" if message.swept.breached else "information")
        if message.swept.timed:  # any ticket may have another due time
            self.action_list_reload()
            return
        self.tickets.put_lines(message.lines)
        self._take_in(message.numbers)

    @on(Sweeping.Timing)
    def _say_timing(self, message: Sweeping.Timing) -> None:
        self.app.tell(f"Working out due times: {message.done:,} of {message.total:,} tickets")

    @on(Sweeping.Failed)
    def _say_unswept(self, message: Sweeping.Failed) -> None:
        self.app.tell(message.error.sentence, "error")

    @on(Recomputing.Ended)
    def _show_recomputed(self) -> None:
        self.action_list_reload()

    def _take_in(self, done: Sequence[int]) -> None:
        """Show changed tickets as they are now, and the list without those that no longer belong into it."""
        self.reading.forget()
        cursor = self.tickets.cursor
        if cursor in done and cursor is not None:
            self._show_number(cursor)
        if 0 < len(done) <= CHECKED_AT_ONCE:
            self.reading.still_matching(self.query_text, done)
        elif done:
            self.search()
        self._count()

    @on(Reading.StillMatching)
    def _drop_others(self, message: Reading.StillMatching) -> None:
        gone = [number for number in message.asked if number not in message.matching]
        self.tickets.drop(gone)
        if not self.tickets.numbers and not message.matching:
            self.say_why_empty()
        came = [number for number in message.matching if self.tickets.place_of(number) is None]
        if came:
            self.tickets.go_to(came[0])
            self.search()
        self.show_titles()

    @on(Acting.LookAt)
    def _look_at(self, message: Acting.LookAt) -> None:
        self.reading.forget()
        self.tickets.forget()
        self._go_to(message.number)

    @on(DetailPanel.Followed)
    def _follow_relation(self, message: DetailPanel.Followed) -> None:
        self._go_to(message.number)

    def _go_to(self, number: int) -> None:
        """Show a ticket: in the list, or by its number where the list doesn't have it."""
        if self.tickets.place_of(number) is not None:
            self.tickets.go_to(number)
            self._show_number(number)
            return
        self.filter.set_text(f"number:{number}")
        self.show_tab("all")

    def action_related_show(self) -> None:
        shown = self.detail.tab == RELATED and self.detail.region
        if shown and (self.focused is self.detail or self.detail.is_related_empty):
            self.action_act("ticket.relate")
            return
        self.turn_to(self.detail)
        self.detail.choose(RELATED)

    # What others change, and time

    @on(Reading.Changed)
    def _take_in_changes(self, message: Reading.Changed) -> None:
        self.new = message.new
        self.reading.forget()
        self.tickets.forget()
        if self.tickets.cursor is not None:
            self._show_number(self.tickets.cursor)
        self._count()
        self.macros.reload()
        self.saved_views.reload()
        self.show_titles()

    def _count(self) -> None:
        self.reading.count([(tab.id, tab.query) for tab in self.opened.tabs])
        self.saved_views.count_soon()

    @on(Reading.Counted)
    def _show_count(self, message: Reading.Counted) -> None:
        self.tab_line.set_count(message.tab, message.count)
        if message.tab == "all":
            self.total = message.count
            self.show_titles()

    def set_look(self, look: Look) -> None:
        super().set_look(look)
        self.tickets.set_look(look)

    # Titles and keys

    @on(TicketList.MarksChanged)
    def show_titles(self) -> None:
        tickets = self.tickets
        found = len(tickets.numbers)
        self.filter.show_count(found, self.total, whole=self.whole)
        marked = [(f" · {len(tickets.marks):,} marked", "accent")] if tickets.marks else []
        order = [(f" · {line_of(self.order_said, 40)}", "muted")] if self.order_said else []
        tickets.set_title([("Tickets", "text"), *order, *marked])
        tickets.set_note([(f"{self.new:,} new · {self.key_of('list.reload')} shows", "accent")] if self.new else [])
        self.head.set_view(self.view_said())
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys of what can be done here."""
        marked = len(self.tickets.marks)
        hints = []
        for action in sorted(ACTIONS, key=lambda action: action.footer):
            if action.footer and self.offers(action.id):
                many = f" {marked:,}" if marked and action.act and action.id != "ticket.new" else ""
                hints.append(Hint(action.id, self.key_of(action.id), f"{action.short}{many}"))
        self.keys.show(hints)

    # The list

    def action_list_mark(self) -> None:
        self.tickets.mark_here()

    def action_list_mark_range(self) -> None:
        self.tickets.mark_range()

    def action_list_mark_all(self) -> None:
        self.tickets.mark_all(self.query_text)

    def action_list_reload(self) -> None:
        self.reading.forget()
        self.tickets.forget()
        self._read_on()

    def action_program_density(self) -> None:
        self.app.keep_density("compact" if self.density == "comfortable" else "comfortable")

    def show_density(self, density: str) -> None:
        """Show the list with one or two lines for each ticket."""
        self.density = density
        self.tickets.set_density(density)
