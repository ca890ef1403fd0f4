"""How the panes of the triage screen follow the focus and the width: three, two with one that slides over, or one."""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget

from casedesk.tui.panels.detail import ContactPanel, DetailPanel, FeedPanel
from casedesk.tui.screens.working import Working
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.ticket_list import TicketList


class Panes(Working):
    """The half of the triage screen that moves between its panes."""

    tickets: TicketList
    detail: DetailPanel
    feed: FeedPanel
    contact: ContactPanel
    filter: FilterBar

    pane = "list"
    DEFAULT_CLASSES = "-at-list"  # known before anything is drawn: a class that comes later styles everything again

    @property
    def is_narrow(self) -> bool:
        """One pane at a time."""
        return self.has_class("-narrow")

    def show_pane(self, pane: str) -> None:
        """Show the pane `list`, `detail` or `contact`; it matters where there is room for one only."""
        self.pane = pane
        for each in ("list", "detail", "contact"):
            self.set_class(each == pane, f"-at-{each}")
        self.set_class(pane == "contact", "-person")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        panes: dict[Widget, str] = {
            self.tickets: "list",
            self.detail: "detail",
            self.feed: "detail",
            self.contact: "contact",
        }
        if event.widget in panes:
            self.show_pane(panes[event.widget])

    def _order(self) -> list[Widget]:
        """The panes in the order of Tab; a contact panel that would slide over the detail is left to its own key."""
        order: list[Widget] = [self.tickets, self.detail, self.feed]
        if not self.has_class("-medium") or self.pane == "contact":
            order.append(self.contact)
        return order

    def _go(self, by: int) -> None:
        order = self._order()
        place = order.index(self.focused) + by if self.focused in order else 0
        self.turn_to(order[place % len(order)])

    def turn_to(self, widget: Widget) -> None:
        """Show a pane and give it the focus."""
        panes: dict[Widget, str] = {self.tickets: "list", self.contact: "contact"}
        self.show_pane(panes.get(widget, "detail"))
        self.set_focus(widget)

    def action_pane_next(self) -> None:
        self._go(1)

    def action_pane_previous(self) -> None:
        self._go(-1)

    @on(TicketList.Opened)
    def _enter_ticket(self) -> None:
        self.turn_to(self.detail)

    def action_contact_show(self) -> None:
        if self.focused is self.contact:
            self.turn_to(self.tickets if not self.is_narrow else self.detail)
        else:
            self.turn_to(self.contact)

    def action_detail_next(self) -> None:
        self.detail.turn(1)

    def action_detail_previous(self) -> None:
        self.detail.turn(-1)

    def action_pane_back(self) -> None:
        """One step back: to the list, then from the marks, then from the filter."""
        if self.focused is not self.tickets:
            self.turn_to(self.tickets)
        elif self.tickets.marks:
            self.tickets.clear_marks()
        elif self.filter.text and not self.filter.bring_back():
            self.filter.set_text("")

    def action_program_quit(self) -> None:
        """Back to the list; from the list, leave."""
        if self.focused is self.tickets or self.focused is None:
            self.app.exit()
        else:
            self.turn_to(self.tickets)
