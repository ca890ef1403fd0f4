"""The frozen values that the desk hands to the screens and the command line: never a live row.

Instants are aware `datetime`s in UTC. Texts from outside are as they came; whoever draws them cleans them.
"""

from __future__ import annotations

from casedesk.desk.values.acts import ActLine as ActLine, Outcome as Outcome, Refusal as Refusal
from casedesk.desk.values.macros import Difference as Difference, FieldChange as FieldChange, Macro as Macro
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
from casedesk.desk.values.setup import CampaignLine as CampaignLine, Choices as Choices, RuleLine as RuleLine
from casedesk.desk.values.tickets import (
    FeedEntry as FeedEntry,
    Note as Note,
    TabCount as TabCount,
    Ticket as Ticket,
    TicketLine as TicketLine,
    TicketRecord as TicketRecord,
)
from casedesk.desk.values.upkeep import (
    Backup as Backup,
    Check as Check,
    Examination as Examination,
    ImportSummary as ImportSummary,
    Swept as Swept,
)
