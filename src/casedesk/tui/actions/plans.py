"""What can be done in the editor of action plans."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import PLANS, Action


def _plans(name: str, title: str, keys: tuple[str, ...], summary: str, short: str) -> Action:
    return Action(f"plans.{name}", title, keys, PLANS, summary, ("plans",), short, right=rights.PLANS)


ACTIONS: Final = (
    _plans("new", "New plan", ("n",), "Make a plan.", "new plan"),
    _plans("enter", "Open", ("enter",), "Go into the plan; there, change what the cursor stands on.", "change"),
    _plans("edit", "Edit the plan", ("e",), "Change the plan's name, description and what closing it does.", "edit"),
    _plans("copy", "Copy the plan", ("c",), "Make another plan like this one.", "copy"),
    _plans("campaigns", "Link campaigns", ("m",), "Choose whose new tickets get the plan.", "campaigns"),
    _plans("exit_state", "Add an exit state", ("x",), "Add a state in which the plan can end.", "exit state"),
    _plans("action", "Add an action", ("a",), "Add something that can be done.", "action"),
    _plans("status", "Add a status", ("s",), "Add an outcome to the action under the cursor.", "status"),
    _plans("link", "Share an action", ("l",), "Let the plan have an action of another one, too.", "share"),
    _plans("retire", "Retire", ("d",), "Offer what the cursor stands on no longer; tickets keep it.", "retire"),
    _plans("restore", "Bring back", ("b",), "Bring a retired plan back.", "bring back"),
    _plans("move_up", "Move up", ("K", "shift+up"), "Move what the cursor stands on one place up.", "up"),
    _plans("move_down", "Move down", ("J", "shift+down"), "Move what the cursor stands on one place down.", "down"),
    _plans("pane", "Other pane", ("tab", "shift+tab"), "Go to the list of plans, or to the plan's parts.", "pane"),
    _plans("back", "Back", ("escape", "q"), "Go back to the list of plans, and from there to the tickets.", "back"),
)  # fmt: skip
