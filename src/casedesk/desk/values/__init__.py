"""The frozen values that the desk hands to the screens and the command line: never a live row.

Instants are aware `datetime`s in UTC. Texts from outside are as they came; whoever draws them cleans them.
"""

from __future__ import annotations

from casedesk.desk.values.acts import ActLine as ActLine, Outcome as Outcome, Refusal as Refusal
from casedesk.desk.values.macros import Difference as Difference, FieldChange as FieldChange, Macro as Macro
from casedesk.desk.values.origins import FieldOrigin as FieldOrigin
from casedesk.desk.values.people import Account as Account, Contact as Contact, User as User
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
from casedesk.desk.values.setup import (
    CampaignLine as CampaignLine,
    Choices as Choices,
    ListEntry as ListEntry,
    NamedBy as NamedBy,
    RuleLine as RuleLine,
)
from casedesk.desk.values.tickets import (
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
    Examination as Examination,
    ImportSummary as ImportSummary,
    Swept as Swept,
)
from casedesk.desk.values.views import View as View, ViewColumn as ViewColumn, ViewRow as ViewRow
