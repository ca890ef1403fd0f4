"""Which module in `modals/` holds which act. A module is loaded when its act is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from casedesk.tui.acting import Act

MODULES: Final[dict[str, str]] = {
    "ticket.note": "add_note",
}


def load(action_id: str) -> Act[Any]:
    """The act behind an action."""
    act: Act[Any] = import_module(f"casedesk.tui.modals.{MODULES[action_id]}").ACT
    return act
