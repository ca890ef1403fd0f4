"""The tickets behind a figure or a response, where they can be worked on; leaving them leads back to what is behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk.tui.macros import Macros
from casedesk.tui.screens.triage import TriageScreen

if TYPE_CHECKING:
    from casedesk.settings.preferences import Preferences
    from casedesk.tui.app import CasedeskApp, Opened
    from casedesk.tui.macro_recording import Recording


class CountedTicketsScreen(TriageScreen):
    """The triage screen over another one, with the query of the rows in its filter."""

    def __init__(self, opened: Opened, preferences: Preferences, recording: Recording, query: str, title: str) -> None:
        super().__init__(replace(opened, numbers=(), lines=(), whole=False), preferences)
        self.macros = Macros(recording, self.acting)
        self._query = f"{query} "  # the blank ends the last word, which would be open at its end otherwise
        self._title = title

    def on_mount(self) -> None:
        self.filter.set_text(self._query)

    def show_titles(self) -> None:
        super().show_titles()
        self.head.set_view(self._title)

    def action_program_quit(self) -> None:
        """Back to the list; from the list, back to the report."""
        if self.focused is self.tickets or self.focused is None:
            self.dismiss()
        else:
            self.turn_to(self.tickets)

    def action_pane_back(self) -> None:
        """One step back: to the list, from the marks, from another filter, then to the report."""
        at_rows = self.filter.text.strip() == self._query.strip() or not self.filter.text.strip()
        if self.focused is self.tickets and not self.tickets.marks and at_rows:
            self.dismiss()
        else:
            super().action_pane_back()

    def action_reports_show(self) -> None:
        """The report is right behind."""
        self.dismiss()


def tickets_screen(app: CasedeskApp, query: str, title: str) -> CountedTicketsScreen:
    """The tickets of a query over whatever is shown; a macro that is being recorded goes on there."""
    triage = next(screen for screen in app.screen_stack if isinstance(screen, TriageScreen))
    return CountedTicketsScreen(triage.opened, app.preferences, triage.macros.recording, query, title)
