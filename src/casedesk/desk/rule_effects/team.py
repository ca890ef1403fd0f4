"""The effect that puts the ticket in a team's queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from casedesk.desk.queues import put_in_team
from casedesk.desk.rule_effects.entry import EntryEffect
from casedesk.desk.setup import Named

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder


@dataclass(frozen=True, slots=True)
class SetTeam(EntryEffect):
    """Puts the ticket in a team's queue; an owner who isn't in that team is cleared (behaviour 1.8)."""

    id: ClassVar[str] = "team"
    sets: ClassVar[str] = "team"
    label: ClassVar[str] = "Team"
    about: ClassVar[str] = "puts the ticket in a team's queue; an owner from another team is cleared"

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        put_in_team(desk, recorder, ticket, Named(self.entry_id, self.name), cause=cause)
