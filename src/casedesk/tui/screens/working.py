"""What the screens share on which tickets are worked on: acts, macros, undo, and which actions there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.screen import Screen

from casedesk.domain.errors import NotFound
from casedesk.tui import acts
from casedesk.tui.acting import Acting
from casedesk.tui.actions import BY_ID
from casedesk.tui.look import Look
from casedesk.tui.macros import Macros
from casedesk.tui.panels.detail import ContactPanel, DetailPanel, FeedPanel
from casedesk.tui.reading import Reading
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp


class Working(Screen[Any]):
    """A screen with tickets to act on. `PLACES` are the places of the registry that it has."""

    app: CasedeskApp
    PLACES: ClassVar[frozenset[str]]

    head: HeadLine
    acting: Acting
    macros: Macros
    look: Look
    detail: DetailPanel
    feed: FeedPanel
    contact: ContactPanel

    def key_of(self, action_id: str) -> str:
        """The action's key as it is written on a keyboard."""
        return self.app.keymap.shown(action_id)

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here and the user has the right to it (M13)."""
        action = BY_ID[action_id]
        if not self.PLACES & set(action.where) or (action.act and action_id not in acts.MODULES):
            return False
        return self.app.may(action_id)

    def show_panels(self, message: Reading.TicketRead) -> None:
        """Show a ticket, its feed and its contact in the panels, or why it can't be shown."""
        if message.ticket is None:
            gone = isinstance(message.error, NotFound)
            self.detail.say(f"Ticket #{message.number} is gone." if gone else str(message.error))
            self.feed.clear()
            return
        self.detail.show(message.ticket, self.look)
        self.feed.show(message.number, message.feed, self.look)
        if message.ticket.contact is not None:
            self.contact.show(message.ticket.contact, self.look)
        else:
            seen = self.app.desk.can("contacts.view")
            self.contact.say("Nobody is known behind this ticket." if seen else "You may not see contacts.")

    def _tick(self) -> None:
        """Show the time, and each minute what has changed by it."""
        now = self.app.desk.now()
        self.head.set_time(f"{now.astimezone(self.look.zone):%H:%M}")
        if now.replace(second=0) != self.look.now.replace(second=0):
            self.set_look(replace(self.look, now=now))

    def set_look(self, look: Look) -> None:
        """Show everything as at another time."""
        self.look = look
        for pane in (self.detail, self.feed, self.contact):
            pane.set_look(look)

    @on(KeyLine.Clicked)
    async def _key_clicked(self, message: KeyLine.Clicked) -> None:
        await self.run_action(BY_ID[message.action_id].call)

    def action_act(self, action_id: str) -> None:
        """Any act of the registry."""
        if action_id in acts.MODULES:
            self.acting.begin(action_id)

    def action_acts_undo(self) -> None:
        self.acting.undo()

    def action_acts_redo(self) -> None:
        self.acting.redo()

    def action_acts_repeat(self) -> None:
        self.acting.repeat()

    def action_related_kinds(self) -> None:
        from casedesk.tui.modals.related_kinds import ask_kinds

        ask_kinds(self.app, frozenset(self.app.preferences.related_hidden), self._hide_kinds)

    def _hide_kinds(self, kinds: frozenset[str]) -> None:
        self.app.keep_hidden_kinds(kinds)
        self.detail.show_kinds()

    def action_ticket_explain(self) -> None:
        """Say why the ticket that is shown is as it is."""
        ticket = self.detail.ticket
        if ticket is None:
            self.app.tell("There is no ticket to explain.", "warning")
            return
        from casedesk.tui.modals.explain import ExplainScreen

        self.app.push_screen(ExplainScreen(ticket.number, self.look))

    def action_program_help(self) -> None:
        from casedesk.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.offers))

    # Macros

    def action_macros_open(self) -> None:
        self.macros.open()

    def on_key(self, event: events.Key) -> None:
        """A key that means no action may run a macro."""
        if not self.app.is_too_small and self.macros.press(event.key, event.character):
            event.stop()
            event.prevent_default()

    @on(Macros.Recorded)
    def show_recording(self) -> None:
        """Say in the head line whether acts are taken down."""
        self.head.set_recording(self.macros.said)

    @on(Acting.Done)
    def _take_down(self, message: Acting.Done) -> None:
        self.macros.take_down(message.request, message.outcome)
