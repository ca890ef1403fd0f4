"""The effect that assigns the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from casedesk.desk.rule_effects.effect import text_value
from casedesk.desk.rule_effects.entry import EntryEffect

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder


@dataclass(frozen=True, slots=True)
class SetOwner(EntryEffect):
    """Makes a user the owner; the team stays (behaviour 1.8)."""

    id: ClassVar[str] = "owner"
    sets: ClassVar[str] = "owner"
    label: ClassVar[str] = "Owner"
    about: ClassVar[str] = "assigns the ticket to a user; its team stays"

    @classmethod
    def choices(cls, desk: Desk) -> tuple[str, ...]:
        return desk.choices().users

    @classmethod
    def ready(cls, desk: Desk, value: object) -> Self:
        user = desk.team.user(text_value(cls.id, value))
        return cls(user.id, user.login)

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        texts = (desk.team.login(ticket.owner_id), self.name)
        recorder.set(ticket, "owner_id", self.entry_id, kind="owner", texts=texts, cause=cause)
