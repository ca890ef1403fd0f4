"""What can be done in the assistant, which sets a desk up step by step."""

from __future__ import annotations

from typing import Final

from casedesk.tui.actions.action import ASSISTANT, Action


def _assistant(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"assistant.{name}", title, keys, ASSISTANT, summary, ("assistant",), short)


ACTIONS: Final = (
    _assistant("next", "Go on", ("enter",), "Keep the step as it is and go to the next.", "go on"),
    _assistant("skip", "Skip", ("s", "right"), "Go to the next step; this one can be done later.", "skip"),
    _assistant("before", "Step before", ("b", "left"), "Go to the step before.", "before"),
    _assistant("add", "Add", ("a",), "Add an entry, or make the rule that is proposed.", "add"),
    _assistant("edit", "Change", ("e",), "Change what the cursor stands on.", "change"),
    _assistant("retire", "Retire", ("d",), "Offer what the cursor stands on no longer.", "retire"),
    _assistant("move_up", "Move up", ("K", "shift+up"), "Move what the cursor stands on one place up."),
    _assistant("move_down", "Move down", ("J", "shift+down"), "Move what the cursor stands on one place down."),
    _assistant("import", "Import a file", ("i",), "Bring in survey answers, contacts or tickets.", "import"),
    _assistant("tickets", "Open tickets", ("t",), "Open a ticket for each response that the rule fits and that has "
               "none.", "open tickets"),
    _assistant("switch", "On or off", ("o",), "Switch the rule under the cursor on or off.", "on/off"),
    _assistant("pane", "Other pane", ("tab", "shift+tab"), "Go to the list of steps, or to the step."),
    _assistant("dismiss", "Set up enough", ("D",), "Leave, and be reminded no more of steps that are left."),
    _assistant("back", "Later", ("escape", "q"), "Leave, and go on here the next time.", "later"),
)  # fmt: skip
