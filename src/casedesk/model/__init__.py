"""What a desk holds: the SQLModel tables, one module an area.

Importing this package is cheap: a table's module, and SQLModel with it, is loaded when the table is first
named (`model.Note`), so that reading the list never waits for it. Instants are whole seconds since 1970, UTC.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casedesk.model.activity import Act as Act, Activity as Activity
    from casedesk.model.conversations import Message as Message
    from casedesk.model.dashboards import (
        Dashboard as Dashboard,
        DashboardPin as DashboardPin,
        DashboardShare as DashboardShare,
        DashboardWidget as DashboardWidget,
    )
    from casedesk.model.imports import ImportMapping as ImportMapping, ImportRun as ImportRun
    from casedesk.model.people import (
        Account as Account,
        AccountVariable as AccountVariable,
        Contact as Contact,
        ContactVariable as ContactVariable,
    )
    from casedesk.model.plans import (
        Action as Action,
        ActionStatus as ActionStatus,
        Plan as Plan,
        PlanAction as PlanAction,
        PlanExitState as PlanExitState,
    )
    from casedesk.model.rules import Rule as Rule, RuleRun as RuleRun
    from casedesk.model.service_levels import (
        Calendar as Calendar,
        CalendarDate as CalendarDate,
        Policy as Policy,
        PolicyTarget as PolicyTarget,
        TicketBreach as TicketBreach,
        TicketTimer as TicketTimer,
    )
    from casedesk.model.setup import (
        Classification as Classification,
        CloseOption as CloseOption,
        Draft as Draft,
        Macro as Macro,
        Priority as Priority,
        Setting as Setting,
        Status as Status,
        Tag as Tag,
        Topic as Topic,
        View as View,
    )
    from casedesk.model.surveys import (
        Answer as Answer,
        Campaign as Campaign,
        Question as Question,
        Response as Response,
    )
    from casedesk.model.team import Role as Role, Team as Team, TeamMember as TeamMember, User as User
    from casedesk.model.tickets import (
        Note as Note,
        Ticket as Ticket,
        TicketAccount as TicketAccount,
        TicketAction as TicketAction,
        TicketClassification as TicketClassification,
        TicketClosing as TicketClosing,
        TicketContact as TicketContact,
        TicketField as TicketField,
        TicketHelper as TicketHelper,
        TicketTag as TicketTag,
    )

_AREAS = {
    "activity": ("Act", "Activity"),
    "conversations": ("Message",),
    "dashboards": ("Dashboard", "DashboardPin", "DashboardShare", "DashboardWidget"),
    "imports": ("ImportMapping", "ImportRun"),
    "people": ("Account", "AccountVariable", "Contact", "ContactVariable"),
    "plans": ("Action", "ActionStatus", "Plan", "PlanAction", "PlanExitState"),
    "rules": ("Rule", "RuleRun"),
    "service_levels": ("Calendar", "CalendarDate", "Policy", "PolicyTarget", "TicketBreach", "TicketTimer"),
    "setup": (
        "Classification", "CloseOption", "Draft", "Macro", "Priority", "Setting", "Status", "Tag", "Topic", "View",
    ),
    "surveys": ("Answer", "Campaign", "Question", "Response"),
    "team": ("Role", "Team", "TeamMember", "User"),
    "tickets": (
        "Note", "Ticket", "TicketAccount", "TicketAction", "TicketClassification", "TicketClosing", "TicketContact",
        "TicketField", "TicketHelper", "TicketTag",
    ),
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
