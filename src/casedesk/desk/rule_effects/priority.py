"""The effect that sets the priority."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casedesk.desk.rule_effects.entry import EntryEffect


@dataclass(frozen=True, slots=True)
class SetPriority(EntryEffect):
    """Sets the priority."""

    id: ClassVar[str] = "priority"
    sets: ClassVar[str] = "priority"
    label: ClassVar[str] = "Priority"
    about: ClassVar[str] = "gives the ticket a priority"
