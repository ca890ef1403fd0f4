"""The frozen values that the desk hands to the screens and the command line: never a live row.

Instants are aware `datetime`s in UTC. Texts from outside are as they came; whoever draws them cleans them.

A value's module is loaded when the value is first named, so that the list doesn't wait for what it doesn't show.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casedesk.desk.values.acts import ActLine as ActLine, Outcome as Outcome, Refusal as Refusal
    from casedesk.desk.values.assistant import (
        AssistantProgress as AssistantProgress,
        Matches as Matches,
        RuleProposal as RuleProposal,
    )
    from casedesk.desk.values.dashboards import Dashboard as Dashboard, DashboardWidget as DashboardWidget
    from casedesk.desk.values.macros import Difference as Difference, FieldChange as FieldChange, Macro as Macro
    from casedesk.desk.values.origins import FieldOrigin as FieldOrigin
    from casedesk.desk.values.people import (
        Account as Account,
        Contact as Contact,
        Role as Role,
        Team as Team,
        User as User,
    )
    from casedesk.desk.values.plans import (
        ActionChoice as ActionChoice,
        ActionDefinition as ActionDefinition,
        PlanDefinition as PlanDefinition,
        PlanOfSome as PlanOfSome,
        PlanState as PlanState,
        RecordedAction as RecordedAction,
    )
    from casedesk.desk.values.related import Related as Related
    from casedesk.desk.values.responses import Answer as Answer, Response as Response, ScorePoint as ScorePoint
    from casedesk.desk.values.rules import (
        Attempt as Attempt,
        EffectCount as EffectCount,
        EffectKind as EffectKind,
        EffectPart as EffectPart,
        RuleDetails as RuleDetails,
        RuleDraft as RuleDraft,
        RuleLine as RuleLine,
        RuleMatches as RuleMatches,
        RuleRunLine as RuleRunLine,
        RuleTotals as RuleTotals,
        TriggerKind as TriggerKind,
    )
    from casedesk.desk.values.service_levels import (
        CalendarDetails as CalendarDetails,
        CalendarEntry as CalendarEntry,
        HolidayEntry as HolidayEntry,
        OwnDate as OwnDate,
        PolicyEntry as PolicyEntry,
        SimpleLevels as SimpleLevels,
        TargetEntry as TargetEntry,
        Week as Week,
        working_time as working_time,
    )
    from casedesk.desk.values.set_up import (
        SetUpChange as SetUpChange,
        SetUpDifference as SetUpDifference,
        SetUpField as SetUpField,
        SetUpMistake as SetUpMistake,
    )
    from casedesk.desk.values.setup import (
        CampaignLine as CampaignLine,
        Choices as Choices,
        LastChange as LastChange,
        ListEntry as ListEntry,
        NamedBy as NamedBy,
    )
    from casedesk.desk.values.tickets import (
        Draft as Draft,
        FeedEntry as FeedEntry,
        Message as Message,
        Note as Note,
        TabCount as TabCount,
        Ticket as Ticket,
        TicketLine as TicketLine,
        TicketRecord as TicketRecord,
    )
    from casedesk.desk.values.timers import (
        Explanation as Explanation,
        TimedSpan as TimedSpan,
        TimerExplanation as TimerExplanation,
        TimerLine as TimerLine,
    )
    from casedesk.desk.values.upkeep import (
        Backup as Backup,
        Check as Check,
        DeskContents as DeskContents,
        Examination as Examination,
        Finding as Finding,
        ImportSummary as ImportSummary,
        Mended as Mended,
        Restoration as Restoration,
        Restored as Restored,
        Swept as Swept,
    )
    from casedesk.desk.values.views import View as View, ViewColumn as ViewColumn, ViewRow as ViewRow

_AREAS = {
    "acts": (
        "ActLine",
        "Outcome",
        "Refusal",
    ),
    "assistant": (
        "AssistantProgress",
        "Matches",
        "RuleProposal",
    ),
    "dashboards": (
        "Dashboard",
        "DashboardWidget",
    ),
    "macros": (
        "Difference",
        "FieldChange",
        "Macro",
    ),
    "origins": ("FieldOrigin",),
    "people": (
        "Account",
        "Contact",
        "Role",
        "Team",
        "User",
    ),
    "plans": (
        "ActionChoice",
        "ActionDefinition",
        "PlanDefinition",
        "PlanOfSome",
        "PlanState",
        "RecordedAction",
    ),
    "related": ("Related",),
    "responses": (
        "Answer",
        "Response",
        "ScorePoint",
    ),
    "rules": (
        "Attempt",
        "EffectCount",
        "EffectKind",
        "EffectPart",
        "RuleDetails",
        "RuleDraft",
        "RuleLine",
        "RuleMatches",
        "RuleRunLine",
        "RuleTotals",
        "TriggerKind",
    ),
    "service_levels": (
        "CalendarDetails",
        "CalendarEntry",
        "HolidayEntry",
        "OwnDate",
        "PolicyEntry",
        "SimpleLevels",
        "TargetEntry",
        "Week",
        "working_time",
    ),
    "set_up": (
        "SetUpChange",
        "SetUpDifference",
        "SetUpField",
        "SetUpMistake",
    ),
    "setup": (
        "CampaignLine",
        "Choices",
        "LastChange",
        "ListEntry",
        "NamedBy",
    ),
    "tickets": (
        "Draft",
        "FeedEntry",
        "Message",
        "Note",
        "TabCount",
        "Ticket",
        "TicketLine",
        "TicketRecord",
    ),
    "timers": (
        "Explanation",
        "TimedSpan",
        "TimerExplanation",
        "TimerLine",
    ),
    "upkeep": (
        "Backup",
        "Check",
        "DeskContents",
        "Examination",
        "Finding",
        "ImportSummary",
        "Mended",
        "Restoration",
        "Restored",
        "Swept",
    ),
    "views": (
        "View",
        "ViewColumn",
        "ViewRow",
    ),
}
_AREA_OF = {name: area for area, names in _AREAS.items() for name in names}


def __getattr__(name: str) -> Any:
    area = _AREA_OF.get(name)
    if area is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"casedesk.desk.values.{area}"), name)
    globals()[name] = found  # from now on it is found without coming here
    return found
