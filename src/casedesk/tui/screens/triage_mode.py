"""Triage mode (X5): one ticket a screen, one key a decision, and the next one is there at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widgets import Static

from casedesk.tui.acting import Acting
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.acts import Selection
from casedesk.tui.look import Line, Look
from casedesk.tui.macro_recording import Recording
from casedesk.tui.macros import Macros
from casedesk.tui.panels.detail import RELATED, ContactPanel, DetailPanel, FeedPanel
from casedesk.tui.reading import Reading
from casedesk.tui.screens.working import Working
from casedesk.tui.triage_round import Round, decision_of
from casedesk.tui.widgets.drawn import Drawn, spread
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import Hint, KeyLine
from casedesk.tui.widgets.page import Page

if TYPE_CHECKING:
    from casedesk.tui.app import Opened

BAR = 20
"""Cells of the bar that shows how much is done."""

HINTS = (
    "mode.skip", "ticket.close", "ticket.status", "ticket.owner", "ticket.action", "macros.open", "mode.back",
    "ticket.note", "ticket.message", "ticket.classify", "ticket.tag", "related.show", "ticket.priority", "acts.undo",
    "contact.show", "ticket.explain", "mode.leave", "program.help",
)  # fmt: skip
"""The actions of the bottom line: those that decide first."""

RELATED_HINTS = ("related.open", "related.show", "related.kinds")
"""Those that come before them while the tab Related is shown."""


# The keys of the panes belong to the decisions here: a pane is scrolled by the screen.


class _Detail(DetailPanel, inherit_bindings=False):
    pass


class _Feed(FeedPanel, inherit_bindings=False):
    pass


class _Contact(ContactPanel, inherit_bindings=False):
    pass


class LeftLine(Drawn):
    """`38 left ━━━┄┄┄┄  2 decided · 1 skipped`, in one line."""

    def __init__(self, round: Round, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._round = round

    def render_line(self, y: int) -> Strip:
        width, round = self.size.width, self._round
        filled = BAR * round.place // max(1, len(round.numbers))
        bar = "" if self.app.preferences.plain else f" {'━' * filled}{'┄' * (BAR - filled)}"
        left: Line = [(f" {round.left:,} left", "strong"), (bar, "accent")]
        right: Line = [(f"{round.decided:,} decided · {round.skipped:,} skipped ", "muted")]
        if round.behind is not None:
            right = [(self.app.keymap.shown("mode.leave"), "accent"), (f" back to #{round.behind} ", "strong")]
        return self.strip_of(spread(left, right, width), width)


class TriageModeScreen(Working):
    """Shows the tickets of a list one by one; dismissed with the number of the last one seen."""

    BINDINGS = bindings("mode")
    PLACES = frozenset({"mode", "app"})
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-medium"), (140, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-high")]
    AUTO_FOCUS = "#detail"

    def __init__(
        self, opened: Opened, look: Look, numbers: Sequence[int], recording: Recording, poll_seconds: float
    ) -> None:
        super().__init__()
        desk = opened.desk
        self.look = look
        self.round = Round(numbers, desk.now())
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.left = LeftLine(self.round, id="left")
        self.detail = _Detail(id="detail")
        self.feed = _Feed(id="feed")
        self.contact = _Contact(id="contact")
        self.keys = KeyLine(id="keys")
        self.reading = Reading(desk, poll_seconds=poll_seconds)
        self.acting = Acting(self.selection)
        self.macros = Macros(recording, self.acting)
        self._summing_up = False

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.left
        with Horizontal(id="panes"):
            with Vertical(id="middle"):
                yield self.detail
                yield self.feed
            yield self.contact
        yield self.keys
        yield Static("This needs 60 columns and 20 lines; make the window larger.", markup=False, id="too-small")
        yield self.reading
        yield self.acting
        yield self.macros

    def on_mount(self) -> None:
        self.head.set_view("Triage mode")
        self.detail.say("Reading…")
        self._tick()
        self.show_keys()
        self.show_recording()
        self._turn()
        self.set_interval(5, self._tick)
        self.macros.reload()
        self.reading.follow(lambda: None)

    # The ticket to decide on

    def _turn(self) -> None:
        """Show the present ticket, or after the last one the summary."""
        self.left.refresh()
        self.show_keys()
        number = self.round.shown
        if number is None:
            self.detail.say("That was the last ticket.")
            self.feed.clear()
            self.contact.say("")
            self._sum_up()
            return
        known = self.reading.ticket(number, self.round.neighbours)
        if known is not None:
            self._show_ticket(known)

    @on(Reading.TicketRead)
    def _show_ticket(self, message: Reading.TicketRead) -> None:
        if message.number == self.round.shown:
            self.show_panels(message)

    def selection(self) -> Selection:
        """An act works on the ticket shown."""
        number, shown = self.round.shown, self.detail.ticket
        if number is None:
            return Selection()
        return Selection((number,), {number: shown.version} if shown and shown.number == number else {})

    @on(Acting.Done)
    def _show_done(self, message: Acting.Done) -> None:
        request, outcome = message.request, message.outcome
        decision = self._decision(message)
        # A decision leaves what was read ahead; anything else may show in the tickets that are related to this one.
        self.reading.forget(outcome.done if decision is not None else None)
        if decision is not None:
            self.round.decide(decision)
        elif request is None and outcome.name == "undo":
            self.round.take_back(outcome.done)
        elif request is None:
            self.round.decide_again(outcome.done)
        self._turn()
        self.acting.settled()  # only now: an act that was asked for meanwhile is for the next ticket

    def _decision(self, message: Acting.Done) -> str | None:
        """What was decided about the ticket to decide on. An act on a related one decides nothing about it."""
        line = next((line for line in message.lines if line.number == self.round.number), None)
        if message.request is None or line is None:
            return None
        return decision_of(message.request, message.outcome, line)

    @on(Acting.LookAt)
    def _look_at(self, message: Acting.LookAt) -> None:
        self.reading.forget()
        self.round.look_aside(message.number)
        self._turn()

    @on(DetailPanel.Followed)
    def _follow_relation(self, message: DetailPanel.Followed) -> None:
        self.round.look_aside(message.number)
        self._turn()

    @on(Reading.Changed)
    def _take_in_changes(self) -> None:
        self.reading.forget()
        self.macros.reload()
        if self.round.number is not None:
            self._turn()

    @on(Reading.Failed)
    def _desk_failed(self, message: Reading.Failed) -> None:
        self.app.tell(message.error.sentence, "error")

    def action_mode_skip(self) -> None:
        self.round.skip()
        self._turn()

    def action_mode_back(self) -> None:
        if self.round.back():
            self._turn()

    # The summary

    def action_mode_leave(self) -> None:
        if self.has_class("-person"):
            self.action_contact_show()
        elif self.round.come_back():
            self._turn()
        else:
            self._sum_up()

    def on_screen_resume(self) -> None:
        if self.round.number is None:
            self._sum_up()

    def _sum_up(self) -> None:
        """Say what was done. Where a form is open over the screen, it waits until that is gone."""
        if not self.is_current or self._summing_up:
            return
        from casedesk.tui.modals.message import MessageModal

        self._summing_up = True
        text = self.round.summary(self.app.desk.now())
        go_on = ("g", "go on") if self.round.number is not None else ("k", "the ticket before")
        self.app.push_screen(MessageModal("Summary", text, [go_on]), self._summed_up)

    def _summed_up(self, answer: str | None) -> None:
        if answer is None:
            self.call_later(self._leave)
            return
        self._summing_up = False
        if answer == "k":
            self.action_mode_back()

    def _leave(self) -> None:
        self.dismiss(self.round.numbers[min(self.round.place, len(self.round.numbers) - 1)])

    # Panes and keys

    def action_contact_show(self) -> None:
        """Show the contact where there is no room for it beside the ticket."""
        if self.has_class("-wide"):
            self.contact.focus()
            return
        self.toggle_class("-person")
        (self.contact if self.has_class("-person") else self.detail).focus()

    def action_related_show(self) -> None:
        """Show what the ticket is related to; where that is shown, relate it."""
        if self.has_class("-person"):
            self.action_contact_show()
        elif self.detail.tab == RELATED:
            self.action_act("ticket.relate")
            return
        self.detail.focus()
        self.detail.choose(RELATED)

    def action_related_open(self) -> None:
        self.detail.action_related_open()

    def action_mode_pane(self) -> None:
        panes = [pane for pane in (self.detail, self.feed, self.contact) if pane.region]
        place = panes.index(self.focused) + 1 if self.focused in panes else 0
        if panes:
            panes[place % len(panes)].focus()

    @property
    def _scrolled(self) -> Page:
        return self.focused if isinstance(self.focused, Page) else self.detail

    def action_mode_down(self) -> None:
        self._scrolled.action_move_down()

    def action_mode_up(self) -> None:
        self._scrolled.action_move_up()

    def action_mode_page_down(self) -> None:
        self._scrolled.action_move_page_down()

    def action_mode_page_up(self) -> None:
        self._scrolled.action_move_page_up()

    def action_detail_next(self) -> None:
        self.detail.turn(1)

    def action_detail_previous(self) -> None:
        self.detail.turn(-1)

    @on(DetailPanel.TabShown)
    def show_keys(self) -> None:
        """Show the keys of what can be done here: first the way back, and what the tab Related has."""
        related = self.detail.tab == RELATED
        words = {"related.show": "relate"} if related else {}
        order = [*(RELATED_HINTS if related else ()), *HINTS]
        if self.round.behind is not None:
            order = ["mode.leave", *(each for each in order if each not in ("mode.skip", "mode.back"))]
            words |= {"mode.leave": "back"}
        offered = [each for each in dict.fromkeys(order) if self.offers(each)]
        self.keys.show([Hint(each, self.key_of(each), words.get(each, BY_ID[each].short)) for each in offered])
