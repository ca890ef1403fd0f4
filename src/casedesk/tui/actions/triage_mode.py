"""What can be done in the triage mode besides acts: going from one ticket to the next."""

from __future__ import annotations

from typing import Final

from casedesk.tui.actions.action import MODE, Action


def _mode(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"mode.{name}", title, keys, MODE, summary, ("mode",), short)


ACTIONS: Final = (
    _mode("skip", "Skip", ("space", "j"), "Leave the ticket as it is and show the next.", "skip"),
    _mode("back", "Ticket before", ("k",), "Show the ticket before.", "back"),
    _mode("leave", "Summary", ("escape", "q"),
          "Back from a related ticket; or show what was done, and from there back to the list.", "summary"),
    _mode("down", "Down", ("down",), "Scroll down; in Related, go to the next record."),
    _mode("up", "Up", ("up",), "Scroll up; in Related, go to the record before."),
    _mode("page_down", "Page down", ("pagedown",), "Scroll a page down."),
    _mode("page_up", "Page up", ("pageup",), "Scroll a page up."),
    _mode("pane", "Next pane", ("tab",), "Scroll another pane: the ticket, its activity, the contact."),
)  # fmt: skip
