"""What can be done in the screen of responses."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import RESPONSES, Action


def _responses(
    name: str, title: str, keys: tuple[str, ...], summary: str, short: str, right: str = rights.TICKETS_VIEW
) -> Action:
    return Action(f"responses.{name}", title, keys, RESPONSES, summary, ("responses",), short, right=right)


ACTIONS: Final = (
    _responses("enter", "Open", ("enter",), "Open the line: what was done, and what can be.", "open"),
    _responses("tab", "Other tab", ("[", "]"), "Show Activities, or Actions.", "tab"),
    _responses("pane", "Other pane", ("tab", "shift+tab"), "Go to the list, or to the line that is open.", "pane"),
    _responses("action", "Add an action", ("a",), "Add an action; a response without a ticket gets one by it.",
               "action", right=rights.TICKETS_ACTION),
    _responses("ticket", "Its ticket", ("#",), "Go to the ticket of the response; leaving it leads back.", "ticket"),
    _responses("views", "Views", ("V",), "Show another view, or change one.", "views"),
    _responses("filter", "Filter", ("/",), "Type a query; the list follows.", "filter"),
    _responses("back", "Back", ("escape", "q"), "Back to the list, and from there to the tickets.", "back"),
)  # fmt: skip
