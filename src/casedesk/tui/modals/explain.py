"""Explain: which policy times a ticket, what of its time counted, and who set which field (X6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import ModalScreen

from casedesk.desk.values import Explanation, FieldOrigin, Ticket
from casedesk.domain.errors import CasedeskError
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Look
from casedesk.tui.panels.explanation import write_explanation
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.widgets.anchored import AnchoredScreen
from casedesk.tui.widgets.page import Page

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp


class ExplainScreen(ModalScreen[None], AnchoredScreen):
    """One ticket explained. It is read in a thread; the page says so meanwhile, and why when it can't be."""

    app: CasedeskApp

    BINDINGS = [("escape,q,w", "dismiss", "Back")]
    AUTO_FOCUS = "#explain"

    class Read(Message):
        """The ticket with its explanation, or why there is none."""

        def __init__(
            self,
            found: tuple[Ticket, Explanation, tuple[FieldOrigin, ...]] | None,
            error: CasedeskError | None = None,
        ) -> None:
            super().__init__()
            self.found = found
            self.error = error

    def __init__(self, number: int, look: Look) -> None:
        super().__init__()
        self._number = number
        self._look = look
        self.page = Page(f"Explain #{number}", id="explain")

    def compose(self) -> ComposeResult:
        yield self.page

    def on_mount(self) -> None:
        self.page.set_note([("↑ ↓ scroll · Esc back", "muted")])
        self.page.write(lambda width: paragraph("Reading…", width, "muted"))
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        """Read once these words stand on the screen: what is loaded and read in the thread would hold them up."""
        self.run_worker(self._read, thread=True, group="explain", name="explain")

    def _read(self) -> None:
        desk = self.app.desk
        try:
            explanation = desk.service_levels.explain(self._number)
            ticket, origins = desk.tickets.show(self._number), desk.tickets.origins(self._number)
            self.post_message(self.Read((ticket, explanation, origins)))
        except CasedeskError as error:
            self.post_message(self.Read(None, error))

    @on(Read)
    def _show(self, message: Read) -> None:
        if message.found is None:
            sentence = message.error.sentence if message.error else ""
            self.page.write(lambda width: paragraph(sentence, width, "bad"))
            return
        ticket, explanation, origins = message.found
        self.page.set_title([(f"Explain #{ticket.number} {line_of(ticket.line.title)}", "text")])
        self.page.write(lambda width: write_explanation(ticket, explanation, origins, self._look, width))
