"""What can be done in the import screen."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import IMPORT, Action


def _import(name: str, title: str, key: str, summary: str, short: str) -> Action:
    return Action(f"import.{name}", title, (key,), IMPORT, summary, ("import",), short, right=rights.IMPORT)


ACTIONS: Final = (
    _import("run", "Import", "i", "Import the file as it is shown.", "import"),
    _import("try", "Dry run", "d", "Count what an import would do, and store nothing.", "dry run"),
    _import("target", "Change the column", "enter", "Say what the column is.", "change"),
    _import("kind", "Change the rows", "r", "Say what the rows are.", "rows"),
    _import("campaign", "Name the campaign", "c", "Name the campaign that the rows belong to.", "campaign"),
    _import("use", "Use a saved mapping", "m", "Read the columns by a mapping saved before.", "mapping"),
    _import("save", "Save the mapping", "s", "Keep what the columns are under a name.", "save"),
    _import("show", "Show the new tickets", "t", "Go to the tickets that the import opened.", "new tickets"),
    _import("back", "Back", "escape", "One step back; a running import is stopped.", "back"),
)  # fmt: skip
