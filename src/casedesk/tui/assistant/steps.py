"""The steps of the assistant in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from casedesk.tui.assistant.close_options import CloseOptions
from casedesk.tui.assistant.desk_step import DeskStep
from casedesk.tui.assistant.first_import import FirstImport
from casedesk.tui.assistant.first_rule import FirstRule
from casedesk.tui.assistant.hours import Hours
from casedesk.tui.assistant.people import People
from casedesk.tui.assistant.summary import Summary

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.assistant.step import Step

STEPS: Final[tuple[Step[Any], ...]] = (
    DeskStep(),
    CloseOptions(),
    Hours(),
    FirstImport(),
    FirstRule(),
    People(),
    Summary(),
)
"""The import comes before the rule, so that a rule can be proposed from what was imported and tried on it."""


def steps_for(desk: Desk) -> tuple[Step[Any], ...]:
    """The steps for which the user has the right."""
    return tuple(step for step in STEPS if desk.can(step.right))
