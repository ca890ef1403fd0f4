"""The effect that sets the topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casedesk.desk.rule_effects.entry import EntryEffect


@dataclass(frozen=True, slots=True)
class SetTopic(EntryEffect):
    """Sets the topic."""

    id: ClassVar[str] = "topic"
    sets: ClassVar[str] = "topic"
    label: ClassVar[str] = "Topic"
    about: ClassVar[str] = "gives the ticket a topic"
