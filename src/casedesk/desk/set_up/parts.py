"""The registry of what a set-up holds: a further kind is one module and one line here."""

from __future__ import annotations

from typing import Final

from casedesk.desk.set_up.calendars import CalendarsPart
from casedesk.desk.set_up.campaigns import CampaignsPart
from casedesk.desk.set_up.dashboards import DashboardsPart
from casedesk.desk.set_up.lists import LIST_PARTS
from casedesk.desk.set_up.macros import MacrosPart
from casedesk.desk.set_up.mappings import MappingsPart
from casedesk.desk.set_up.part import Part
from casedesk.desk.set_up.plans import ActionsPart, PlansPart
from casedesk.desk.set_up.policies import PoliciesPart
from casedesk.desk.set_up.roles import RolesPart
from casedesk.desk.set_up.rules import RulesPart
from casedesk.desk.set_up.settings import SettingsPart
from casedesk.desk.set_up.teams import TeamsPart
from casedesk.desk.set_up.users import UsersPart
from casedesk.desk.set_up.views import ViewsPart

PARTS: Final[tuple[Part, ...]] = (
    SettingsPart(),
    RolesPart(),
    UsersPart(),
    TeamsPart(),
    *LIST_PARTS,
    CalendarsPart(),
    ActionsPart(),
    PlansPart(),
    CampaignsPart(),
    RulesPart(),
    PoliciesPart(),
    ViewsPart(),
    MacrosPart(),
    DashboardsPart(),
    MappingsPart(),
)
"""Every kind, in the order of the file: each builds on those before it alone."""
