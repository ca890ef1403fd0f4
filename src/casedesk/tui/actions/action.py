"""What an action is, and what actions are called together: their groups, and places that several are done in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casedesk.domain import rights

UNBOUND: Final = "f63"
"""What an action is bound to when it has no key; no keyboard sends it."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can ask for.

    `where` names the places whose bindings it belongs to: `list`, `page` (the panes with text), `triage` (the whole
    triage screen), `mode` (the triage mode, one ticket a screen), `import` (the import screen), `plans` (the
    plan editor), `levels` (the screen of service levels), `config` (the configuration), `assistant` (setting up step by
    step), `reports`, `responses`, `dashboard` or `app`. `right` is what the desk must have granted for it to be
    offered and done (M13); reading tickets is what being here takes.
    `footer` orders the actions of the bottom line; 0 leaves one out.
    `by` names the method of a screen that carries it out together with its like, and is told its id: `act` (a form and
    the desk's acts are behind it, so that it works on all marked tickets), `tab`, `report` or `deed` (what the section
    of the configuration makes of it). Empty, there is a method for it alone.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    group: str
    summary: str
    where: tuple[str, ...] = ("triage",)
    short: str = ""
    footer: int = 0
    right: str = rights.TICKETS_VIEW
    by: str = ""
    palette: bool = True

    @property
    def call(self) -> str:
        """The Textual action that its binding runs."""
        return f"{self.by}('{self.id}')" if self.by else self.id.replace(".", "_")

    @property
    def act(self) -> bool:
        """Whether it is an act on tickets."""
        return self.by == "act"


MOVE, FIND, LOOK, MARK, ACT, PROGRAM = "Move", "Find", "Look", "Mark", "Act on tickets", "Program"
IMPORT = "Import a file"
PLANS = "Action plans"
LEVELS = "Service levels"
CONFIG = "Configuration"
ASSISTANT = "Setting up"
RESPONSES = "Responses"
REPORTS = "Reports"
DASHBOARDS = "Dashboards"
MODE = "Triage mode"
GROUPS: Final = (
    MODE,
    ACT,
    MARK,
    FIND,
    LOOK,
    MOVE,
    PROGRAM,
    REPORTS,
    DASHBOARDS,
    RESPONSES,
    IMPORT,
    CONFIG,
    ASSISTANT,
    PLANS,
    LEVELS,
)

WORK: Final = ("triage", "mode")
"""Where tickets are worked on: in the list, and one a screen."""

UNDOING: Final = (*WORK, "plans", "levels", "config", "assistant", "responses", "dashboard")
"""Where something is done that can be taken back."""
