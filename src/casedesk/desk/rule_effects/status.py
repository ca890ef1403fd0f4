"""The effect that sets the status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from casedesk.desk.closing import move_to
from casedesk.desk.rule_effects.effect import Effect, text_value
from casedesk.desk.setup import StatusEntry
from casedesk.desk.values import EffectKind, EffectPart
from casedesk.domain import lifecycle
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning


@dataclass(frozen=True, slots=True)
class SetStatus(Effect):
    """Sets a status that doesn't close; a closed ticket is reopened by it (behaviour 1.1)."""

    id: ClassVar[str] = "status"
    sets: ClassVar[str] = "status"
    status: StatusEntry

    @classmethod
    def kind(cls, desk: Desk) -> EffectKind:
        choices = tuple(name for name, state in desk.choices().statuses if state != lifecycle.CLOSED)
        about = "sets the status; a closed ticket is reopened by it. To close one is an effect of its own"
        return EffectKind(cls.id, "Status", about, (EffectPart("", "Status", choices),))

    @classmethod
    def ready(cls, desk: Desk, value: Any) -> Self:
        entry = desk.setup.status(text_value(cls.id, value))
        if entry.state == lifecycle.CLOSED:
            raise InvalidInput(f"The status {entry.name} closes a ticket; use the effect close, with a resolution.")
        return cls(entry)

    @property
    def stored(self) -> str:
        return self.status.name

    @property
    def words(self) -> str:
        return f"status → {self.status.name}"

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        if ticket.status_id != self.status.id:
            move_to(desk, recorder, ticket, self.status, cause=cause)

    def begin(self, desk: Desk, ticket: Beginning) -> None:
        if ticket.values["status_id"] == self.status.id:
            return
        lifecycle.check_move(ticket.values["state"], self.status.state)
        before = desk.setup.status_name(ticket.values["status_id"])
        ticket.move("state", self.status.state)
        ticket.move("status_id", self.status.id, kind="status", texts=(before, self.status.name))
