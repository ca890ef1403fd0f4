"""What a desk holds: the SQLModel tables, one module an area.

Importing this package is cheap: a table's module, and SQLModel with it, is loaded when the table is first
named (`model.Note`), so that reading the list never waits for it. Instants are whole seconds since 1970, UTC.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casedesk.model.activity import Act, Activity
    from casedesk.model.imports import ImportMapping, ImportRun
    from casedesk.model.people import Account, AccountVariable, Contact, ContactVariable
    from casedesk.model.plans import Action, ActionStatus, Plan, PlanAction, PlanExitState
    from casedesk.model.rules import Rule
    from casedesk.model.setup import (
        Classification,
        CloseOption,
        Draft,
        Priority,
        Setting,
        Status,
        Tag,
        Topic,
        View,
    )
    from casedesk.model.surveys import Answer, Campaign, Question, Response
    from casedesk.model.team import Role, Team, TeamMember, User
    from casedesk.model.tickets import (
        Note,
        Ticket,
        TicketAction,
        TicketClassification,
        TicketField,
        TicketHelper,
        TicketTag,
    )

_AREAS = {
    "activity": ("Act", "Activity"),
    "imports": ("ImportMapping", "ImportRun"),
    "people": ("Account", "AccountVariable", "Contact", "ContactVariable"),
    "plans": ("Action", "ActionStatus", "Plan", "PlanAction", "PlanExitState"),
    "rules": ("Rule",),
    "setup": (
        "Classification", "CloseOption", "Draft", "Priority", "Setting", "Status", "Tag", "Topic", "View",
    ),
    "surveys": ("Answer", "Campaign", "Question", "Response"),
    "team": ("Role", "Team", "TeamMember", "User"),
    "tickets": ("Note", "Ticket", "TicketAction", "TicketClassification", "TicketField", "TicketHelper", "TicketTag"),
}  # fmt: skip
_AREA_OF = {name: area for area, names in _AREAS.items() for name in names}



def load_all() -> None:
    """Load every area, so that the metadata is complete and later look-ups cost nothing."""
    for area in _AREAS:
        importlib.import_module(f"casedesk.model.{area}")


def __getattr__(name: str) -> Any:
    area = _AREA_OF.get(name)
    if area is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # One table refers to others by name, so SQLAlchemy has to know them all.
    load_all()
    return getattr(importlib.import_module(f"casedesk.model.{area}"), name)
