"""Which module in `modals/` holds which act. A module is loaded when its act is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from casedesk.tui.acting import Act

MODULES: Final[dict[str, str]] = {
    "ticket.action": "add_action",
    "ticket.classify": "classify",
    "ticket.close": "close",
    "ticket.description": "edit_description",
    "ticket.helpers": "change_helpers",
    "ticket.new": "new_ticket",
    "ticket.note": "add_note",
    "ticket.owner": "change_owner",
    "ticket.plan": "give_plan",
    "ticket.priority": "change_priority",
    "ticket.reopen": "reopen",
    "ticket.status": "change_status",
    "ticket.tag": "change_tags",
    "ticket.team": "change_team",
    "ticket.title": "edit_title",
    "ticket.topic": "change_topic",
    "acts.journal": "journal",
}


def load(action_id: str) -> Act[Any]:
    """The act behind an action."""
    act: Act[Any] = import_module(f"casedesk.tui.modals.{MODULES[action_id]}").ACT
    return act
