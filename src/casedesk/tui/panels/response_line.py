"""A line of a view that is open, in two tabs: all that was done, and what can be (S9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casedesk.tui.drawing import instant, line_of
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.actions import write_actions
from casedesk.tui.panels.feed import write_feed
from casedesk.tui.panels.lines import blank, heading, paragraph
from casedesk.tui.panels.overview import write_response
from casedesk.tui.widgets.drawn import cut_line
from casedesk.tui.widgets.page import Page

if TYPE_CHECKING:
    from casedesk.tui.response_reading import Opened

ACTIVITIES: Final = "Activities"
ACTIONS: Final = "Actions"


class ResponsePanel(Page):
    """One response. Another one keeps the tab."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("Response", id=id)
        self.opened: Opened | None = None
        self.tab = ACTIVITIES
        self._look: Look | None = None
        self._refusal = ""

    def show(self, opened: Opened, look: Look, refusal: str) -> None:
        """Show a line. `refusal` says why no action can be added here; empty when one can."""
        same = self.opened is not None and self.opened.response.id == opened.response.id
        self.opened, self._look, self._refusal = opened, look, refusal
        self._write(keep_place=same)

    def say(self, text: str) -> None:
        """Words in place of a response."""
        self.opened = None
        self.set_title([("Response", "text")])
        self.write(lambda width: paragraph(text, width, "muted"))

    def turn(self) -> None:
        """Show the other tab."""
        self.choose(ACTIONS if self.tab == ACTIVITIES else ACTIVITIES)

    def choose(self, tab: str) -> None:
        """Show a tab."""
        self.tab = tab
        self._write(keep_place=False)

    def _write(self, *, keep_place: bool) -> None:
        opened, look = self.opened, self._look
        if opened is None or look is None:
            return
        response = opened.response
        who = f" {line_of(response.contact)}" if response.contact else ""
        self.set_title([(f"Response {response.id}{who}", "text")])

        def writer(width: int) -> list[Line]:
            lines = self._activities if self.tab == ACTIVITIES else self._actions
            return [_head(opened, look, width), _tabs(self.tab, width), *lines(opened, look, width)]

        self.write(writer, fixed=2, keep_place=keep_place)

    def _activities(self, opened: Opened, look: Look, width: int) -> list[Line]:
        lines = [*write_response(opened.response, look, width), blank()]
        if opened.ticket is None:
            return [*lines, *paragraph("Nothing was done with it yet; it has no ticket.", width, "muted")]
        return [*lines, heading(f"Done {len(opened.feed)}", width), *write_feed(opened.feed, look, width)]

    def _actions(self, opened: Opened, look: Look, width: int) -> list[Line]:
        lines = paragraph(self._refusal, width, "warning") if self._refusal else []
        if opened.ticket is not None:
            return [*lines, *write_actions(opened.ticket, look, width)]
        if not opened.plans:
            return [*lines, *paragraph("Its campaign has no action plan.", width, "muted")]
        plan = opened.plans[0]
        lines += [cut_line([(line_of(plan.name), "strong")], width)]
        lines += paragraph("An action opens a ticket for it.", width, "muted")
        for action in plan.actions:
            said = " · ".join(line_of(status) for status in action.statuses)
            sign = "> " if look.plain else "▸ "
            lines.append(cut_line([(sign, "accent"), (line_of(action.name), "text"), (f"  {said}", "muted")], width))
        return lines


def _head(opened: Opened, look: Look, width: int) -> Line:
    """`20 Nov 14:02 · Detractors Q4 · #12 open · ana`."""
    response, ticket = opened.response, opened.ticket
    when = instant(response.answered_at, look.zone, look.now)
    spans: Line = [(when, "muted"), (f" · {line_of(response.campaign)}", "text")]
    if ticket is None:
        spans.append((" · no ticket", "muted"))
    else:
        symbol, role = look.state(ticket.line.state)
        spans += [(" · ", "muted"), (f"#{ticket.number} {symbol} {line_of(ticket.line.status)}", role)]
        if ticket.line.owner:
            spans.append((f" · {line_of(ticket.line.owner)}", "text"))
    return cut_line(spans, width)


def _tabs(shown: str, width: int) -> Line:
    line: Line = []
    for title in (ACTIVITIES, ACTIONS):
        line += [(title, "found" if title == shown else "muted"), ("  ", "text")]
    return cut_line(line, width)
