"""What can be done in the screen of service levels."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import LEVELS, Action


def _levels(name: str, title: str, keys: tuple[str, ...], summary: str, short: str) -> Action:
    return Action(f"levels.{name}", title, keys, LEVELS, summary, ("levels",), short, right=rights.LEVELS)


ACTIONS: Final = (
    _levels("simple", "Targets in simple form", ("s",), "One resolution target in hours, and its calendar.", "simple"),
    _levels("switch", "On or off", ("o",), "Time tickets, or none.", "on/off"),
    _levels("policy", "New policy", ("n",), "Give the tickets of a query other targets.", "policy"),
    _levels("calendar", "New calendar", ("N",), "Say when work is done.", "calendar"),
    _levels("enter", "Open", ("enter",), "Go into the policy or calendar; there, change what the cursor stands on.",
            "change"),
    _levels("edit", "Edit", ("e",), "Change the policy or calendar under the cursor.", "edit"),
    _levels("target", "Set targets", ("t",), "Set the targets of one priority, or of every one.", "targets"),
    _levels("date", "Add a date", ("a",), "Give the calendar a date of its own: closed, or with other hours.", "date"),
    _levels("copy", "Copy the calendar", ("c",), "Make another calendar like this one.", "copy"),
    _levels("retire", "Retire", ("d",), "Retire the policy or calendar, or remove the date under the cursor.",
            "retire"),
    _levels("restore", "Bring back", ("b",), "Bring a retired policy or calendar back.", "bring back"),
    _levels("move_up", "Move up", ("K", "shift+up"), "Let the policy match before the one above it.", "up"),
    _levels("move_down", "Move down", ("J", "shift+down"), "Let the policy match after the one below it.", "down"),
    _levels("pane", "Other pane", ("tab", "shift+tab"), "Go to the list, or to what it stands on.", "pane"),
    _levels("back", "Back", ("escape", "q"), "Go back to the list, and from there to the tickets.", "back"),
)  # fmt: skip
