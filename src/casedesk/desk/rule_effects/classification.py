"""The effect that classifies the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from casedesk import model
from casedesk.desk.rule_effects.entry import EntryEffect
from casedesk.desk.values import EffectKind, EffectPart

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning


@dataclass(frozen=True, slots=True)
class AddClassification(EntryEffect):
    """Adds a classification to those that the ticket has (M12)."""

    id: ClassVar[str] = "classification"
    label: ClassVar[str] = "Classification"
    about: ClassVar[str] = "adds a classification to those that the ticket has"

    @classmethod
    def kind(cls, desk: Desk) -> EffectKind:
        return EffectKind(cls.id, cls.label, cls.about, (EffectPart("", cls.label, cls.choices(desk)),), True)

    @property
    def words(self) -> str:
        return f"classification {self.name}"

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        if recorder.session.get(model.TicketClassification, (ticket.id, self.entry_id)) is None:
            row = model.TicketClassification(ticket_id=ticket.id or 0, classification_id=self.entry_id)
            recorder.add(row, ticket=ticket, kind="classification", text=self.name, cause=cause)

    def begin(self, desk: Desk, ticket: Beginning) -> None:
        link = ("ticket_classification", "classification_id", self.entry_id)
        if link not in ticket.links:
            ticket.links = (*ticket.links, link)
