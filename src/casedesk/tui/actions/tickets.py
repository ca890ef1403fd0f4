"""What can be done to tickets, where they are worked on; and taking it back."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import ACT, UNDOING, WORK, Action


def _act(
    name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "", footer: int = 0, right: str = ""
) -> Action:
    right = f"tickets.{right or name}"
    return Action(f"ticket.{name}", title, keys, ACT, summary, WORK, short, footer, right, by="act")


ACTIONS: Final = (
    _act("action", "Add an action", ("a",), "Add an action of the ticket's plan.", "action", 1),
    _act("status", "Change the status", ("s",), "Choose another status.", "status", 2),
    _act("note", "Add a note", ("n",), "Write a note that other agents see.", "note", 3),
    _act("message", "Log a message", ("m",), "Record what went to the customer, or came, past the desk.", "message", 5),
    _act("classify", "Classify", ("l",), "Choose the classifications.", "classify", 4),
    _act("tag", "Change the tags", ("t",), "Add or remove tags.", "tags", 7),
    _act("priority", "Change the priority", ("i",), "Choose the priority.", "priority", 8),
    _act("owner", "Change the owner", ("o",), "Choose who owns the ticket.", "owner", 6, "assign"),
    _act("close", "Close", ("c",), "Close with a resolution, and with the plan's exit state.", "close", 9),
    _act("reopen", "Reopen", ("C",), "Open a closed ticket again."),
    _act("topic", "Change the topic", ("b",), "Choose the topic."),
    _act("team", "Change the team", (), "Choose the team.", right="assign"),
    _act("helpers", "Change the helpers", ("h",), "Choose who helps the owner.", right="assign"),
    _act("plan", "Give another plan", (), "Choose the action plan."),
    _act("title", "Edit the title", ("E",), "Write another title.", right="edit"),
    _act("description", "Edit the description", ("e",), "Write the description in $EDITOR.", right="edit"),
    _act("new", "New ticket", ("N",), "Open a ticket by hand.", "new", 13),
    _act("relate", "Relate", (), "Add, replace or remove a parent, sub-ticket, contact or account."),
    _act("merge", "Merge", ("=",), "Put everything of the ticket into another one."),
    Action("acts.undo", "Undo", ("u",), ACT, "Take back the last act.", UNDOING,
           "undo", 10, right=rights.ACTS_UNDO),
    Action("acts.redo", "Redo", ("U",), ACT, "Do again what was taken back.", UNDOING, right=rights.ACTS_UNDO),
    Action(
        "acts.journal", "Journal of acts", ("J",), ACT, "See what was done last, and take one of it back.", by="act",
        right=rights.ACTS_JOURNAL,
    ),
    Action("acts.repeat", "Repeat", (".",), ACT, "Do the last act again, on this ticket or the marked ones.", WORK),
    Action("macros.open", "Macros", ("@",), ACT, "Run, record or change acts under a name.", WORK, "macros"),
)  # fmt: skip
