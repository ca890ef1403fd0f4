"""What a desk holds: the SQLModel tables, one module an area.

Importing this package is cheap: a table's module, and SQLModel with it, is loaded when the table is first
named (`model.Note`), so that reading the list never waits for it. Instants are whole seconds since 1970, UTC.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casedesk.model.activity import Act as Act
    from casedesk.model.activity import Activity as Activity
    from casedesk.model.imports import ImportMapping as ImportMapping
    from casedesk.model.imports import ImportRun as ImportRun
    from casedesk.model.people import Account as Account
    from casedesk.model.people import AccountVariable as AccountVariable
    from casedesk.model.people import Contact as Contact
    from casedesk.model.people import ContactVariable as ContactVariable
    from casedesk.model.plans import Action as Action
    from casedesk.model.plans import ActionStatus as ActionStatus
    from casedesk.model.plans import Plan as Plan
    from casedesk.model.plans import PlanAction as PlanAction
    from casedesk.model.plans import PlanExitState as PlanExitState
    from casedesk.model.rules import Rule as Rule
    from casedesk.model.setup import Classification as Classification
    from casedesk.model.setup import CloseOption as CloseOption
    from casedesk.model.setup import Draft as Draft
    from casedesk.model.setup import Priority as Priority
    from casedesk.model.setup import Setting as Setting
    from casedesk.model.setup import Status as Status
    from casedesk.model.setup import Tag as Tag
    from casedesk.model.setup import Topic as Topic
    from casedesk.model.setup import View as View
    from casedesk.model.surveys import Answer as Answer
    from casedesk.model.surveys import Campaign as Campaign
    from casedesk.model.surveys import Question as Question
    from casedesk.model.surveys import Response as Response
    from casedesk.model.team import Role as Role
    from casedesk.model.team import Team as Team
    from casedesk.model.team import TeamMember as TeamMember
    from casedesk.model.team import User as User
    from casedesk.model.tickets import Note as Note
    from casedesk.model.tickets import Ticket as Ticket
    from casedesk.model.tickets import TicketAction as TicketAction
    from casedesk.model.tickets import TicketClassification as TicketClassification
    from casedesk.model.tickets import TicketField as TicketField
    from casedesk.model.tickets import TicketHelper as TicketHelper
    from casedesk.model.tickets import TicketTag as TicketTag

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
    found = getattr(importlib.import_module(f"casedesk.model.{area}"), name)
    globals()[name] = found  # from now on it is found without coming here
    return found
