"""The detail panel: a ticket's head line, its tabs, and the tab that is shown; and the feed under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message

from casedesk.desk.values import Contact, FeedEntry, Ticket
from casedesk.desk.values.related import RELATED_KINDS
from casedesk.domain.rights import TICKETS_RELATE
from casedesk.tui.actions import bindings
from casedesk.tui.drawing import instant, line_of
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.actions import write_actions
from casedesk.tui.panels.contact import write_contact
from casedesk.tui.panels.details import write_details
from casedesk.tui.panels.feed import write_feed
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.panels.overview import write_overview
from casedesk.tui.panels.related import RelatedTab
from casedesk.tui.timing import due_head
from casedesk.tui.widgets.drawn import cut_line
from casedesk.tui.widgets.page import Page

Tab = tuple[str, Callable[[Ticket, Look, int], list[Line]], Callable[[Ticket], bool]]

TABS: tuple[Tab, ...] = (
    ("Overview", write_overview, lambda ticket: True),
    ("Details", write_details, lambda ticket: True),
    ("Actions", write_actions, lambda ticket: ticket.plan is not None or bool(ticket.actions)),
)
"""The tabs: title, what writes them, and for which tickets they have anything to show. Last comes Related."""

RELATED = "Related"


class DetailPanel(Page):
    """One ticket. Another one keeps the tab, where it has it."""

    BINDINGS = bindings("detail")

    closed_below = False

    class TabShown(Message):
        """Another tab is shown."""

    class Followed(Message):
        """The user wants to go to a ticket that this one is related to."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Ticket", id=id)
        self.ticket: Ticket | None = None
        self.tab = TABS[0][0]
        self.related = RelatedTab()
        self._tabs: tuple[Tab, ...] = (*TABS, (RELATED, self.related.write, lambda ticket: True))
        self._look: Look | None = None

    def show(self, ticket: Ticket, look: Look) -> None:
        """Show the ticket; when it is the one shown, its place is kept."""
        same = self.ticket is not None and self.ticket.number == ticket.number
        self.ticket, self._look = ticket, look
        self.set_title([(f"#{ticket.number} {line_of(ticket.line.title)}", "text")])
        self._write(keep_place=same)

    def say(self, text: str) -> None:
        """Words in place of a ticket."""
        self.ticket = None
        self.set_title([("Ticket", "text")])
        self.write(lambda width: paragraph(text, width, "muted"))

    def set_look(self, look: Look) -> None:
        """Another time."""
        self._look = look
        self._write(keep_place=True)

    def turn(self, by: int) -> None:
        """Show the tab after (or before) this one."""
        titles = self._titles()
        place = titles.index(self.tab) if self.tab in titles else 0
        self.choose(titles[(place + by) % len(titles)])

    def choose(self, title: str) -> None:
        """Show the tab of that title."""
        self.tab = title
        self._write(keep_place=False)
        self.post_message(self.TabShown())

    # The tab Related has a cursor

    def show_kinds(self) -> None:
        """Show the kinds of related records that are to be shown now."""
        self._write(keep_place=True)

    @property
    def is_related_empty(self) -> bool:
        """Whether the tab Related is shown and has nothing to move over."""
        return self.ticket is not None and self.tab == RELATED and not self.related.records(self.ticket)

    def action_related_open(self) -> None:
        if self.ticket is None or self.tab != RELATED:
            return
        record = self.related.current(self.ticket)
        if record is not None and record.line is not None:
            self.post_message(self.Followed(record.id))

    def action_move_down(self) -> None:
        self._move_in_related(1) or super().action_move_down()

    def action_move_up(self) -> None:
        self._move_in_related(-1) or super().action_move_up()

    def _move_in_related(self, by: int) -> bool:
        """Move the cursor of the tab Related; False on another tab, or when there is nothing to move over."""
        if self.ticket is None or self.tab != RELATED or not self.related.records(self.ticket):
            return False
        place = self.related.move(self.ticket, by)
        self._write(keep_place=True)
        self.scroll_into_view(place)
        return True

    def _titles(self) -> list[str]:
        ticket = self.ticket
        return [title for title, _write, has in self._tabs if ticket is not None and has(ticket)] or [TABS[0][0]]

    def _write(self, *, keep_place: bool) -> None:
        ticket, look = self.ticket, self._look
        if ticket is None or look is None:
            return
        self._set_related()
        titles = self._titles()
        shown = self.tab if self.tab in titles else titles[0]
        write = next(write for title, write, _has in self._tabs if title == shown)

        def writer(width: int) -> list[Line]:
            return [_head(ticket, look, width), _tabs(titles, shown, width), *write(ticket, look, width)]

        self.write(writer, fixed=2, keep_place=keep_place)

    def _set_related(self) -> None:
        """Tell the tab Related what this user left out, and which keys lead out of it."""
        app, related = self.app, self.related
        related.hidden = frozenset(app.preferences.related_hidden).intersection(RELATED_KINDS)
        related.kinds_key = app.keymap.shown("related.kinds")
        related.relate_key = app.keymap.shown("related.show") if app.desk.can(TICKETS_RELATE) else ""

    def on_click(self, event: events.Click) -> None:
        if self.place_at(event) != 1 or self.ticket is None:
            return
        start = 2
        for title in self._titles():
            if start <= event.x < start + len(title) + 2:
                self.choose(title)
            start += len(title) + 2


def _head(ticket: Ticket, look: Look, width: int) -> Line:
    """`open · high · due in 1h 10m · ana`; several timers that run are said one by one."""
    line = ticket.line
    symbol, role = look.state(line.state)
    spans: Line = [(f"{symbol} {line_of(line.status)}", role)]
    if line.wake_at is not None:
        spans.append((f" until {instant(line.wake_at, look.zone, look.now)}", role))
    if line.merged_into is not None:
        spans.append((f" · merged into #{line.merged_into}", "accent"))
    if line.priority:
        mark, priority_role = look.priority(line.priority)
        spans += [(" · ", "muted"), (f"{mark.strip()} {line_of(line.priority)}".strip(), priority_role)]
    spans += due_head(ticket, look)
    owner = f"→ {line_of(line.owner)}" if line.owner else "nobody's"
    spans += [(" · ", "muted"), (owner, "text" if line.owner else "muted")]
    if line.team:
        spans += [(" · ", "muted"), (line_of(line.team), "text")]
    return cut_line(spans, width)


def _tabs(titles: Sequence[str], shown: str, width: int) -> Line:
    line: Line = []
    for title in titles:
        line.append((title, "found" if title == shown else "muted"))
        line.append(("  ", "text"))
    return cut_line(line, width)


class FeedPanel(Page):
    """The activity feed of the ticket shown. It joins the detail panel above it: they share the line between them."""

    joins_above = True

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Activity", id=id)
        self._entries: Sequence[FeedEntry] = ()
        self._number: int | None = None

    def show(self, number: int, entries: Sequence[FeedEntry], look: Look) -> None:
        """Show the entries, newest first."""
        same, self._number, self._entries = number == self._number, number, entries
        self.set_title([("Activity", "text"), (f" {len(entries)}", "muted")])
        self.write(lambda width: write_feed(entries, look, width), keep_place=same)

    def set_look(self, look: Look) -> None:
        """Another time."""
        entries = self._entries
        self.write(lambda width: write_feed(entries, look, width), keep_place=True)

    def clear(self) -> None:
        """Show nothing."""
        self._number, self._entries = None, ()
        self.set_title([("Activity", "text")])
        self.write(lambda _width: [])


class ContactPanel(Page):
    """The person behind the ticket."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Contact", id=id)
        self._contact: Contact | None = None

    def show(self, contact: Contact, look: Look) -> None:
        """Show the contact."""
        same = self._contact is not None and self._contact.id == contact.id
        self._contact = contact
        self.write(lambda width: write_contact(contact, look, width), keep_place=same)

    def say(self, text: str) -> None:
        """Words in place of a contact."""
        self._contact = None
        self.write(lambda width: paragraph(text, width, "muted"))

    def set_look(self, look: Look) -> None:
        """Another time."""
        if self._contact is not None:
            self.show(self._contact, look)
