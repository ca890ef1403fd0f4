"""What is behind a row of a dashboard's view: its ticket in the list, or its response; and acting on it (S7, S9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk.tui import acts
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.screens.counted_tickets import CountedTicketsScreen
from casedesk.tui.screens.responses import ResponsesScreen, action_on

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, View, ViewRow
    from casedesk.settings.preferences import Preferences
    from casedesk.tui.app import Opened
    from casedesk.tui.macro_recording import Recording
    from casedesk.tui.modals.add_action import ActionTaken


class TicketsBehindWidget(CountedTicketsScreen):
    """The tickets of a widget, the cursor on one of them."""

    def __init__(
        self, opened: Opened, preferences: Preferences, recording: Recording, query: str, title: str, number: int
    ) -> None:
        super().__init__(opened, preferences, recording, query, title)
        self.opened = replace(self.opened, numbers=(number,))

    def on_mount(self) -> None:
        if self.app.size.width < 100:
            self.call_after_refresh(self.turn_to, self.detail)


class ResponsesBehindWidget(ResponsesScreen):
    """The responses of a widget, the cursor on one of them, which is open; `refused` says why none can be acted on."""

    def __init__(self, view: View, query: str, response_id: int, refused: str) -> None:
        super().__init__(view=view)
        self._query = query
        self._first = response_id
        self._refused = refused

    def on_mount(self) -> None:
        self.list.show_ids([self._first])
        self.call_after_refresh(self.action_responses_enter)

    def refusal(self) -> str:
        return self._refused or super().refusal()


def action_from(dashboard: int, place: int, view: View, row: ViewRow) -> Act[ActionTaken]:
    """The act that adds an action to a row's ticket, or to its response, which gets a ticket by it.

    The desk is asked first whether actions may be started from there.
    """
    act: Act[ActionTaken] = (
        acts.load("ticket.action") if view.scope == "tickets" else action_on(view, row.id, row.ticket)
    )

    def perform(desk: Desk, target: Target, taken: ActionTaken, guards: Guards) -> Outcome:
        desk.dashboards.check_actions(dashboard, place)
        return act.perform(desk, target, taken, guards)

    return replace(act, perform=perform, repeatable=False)
