"""What effects have in common that give a ticket an entry of one of the desk's lists in a column of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from casedesk.desk.rule_effects.effect import Effect, text_value
from casedesk.desk.values import EffectKind, EffectPart

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning


@dataclass(frozen=True, slots=True)
class EntryEffect(Effect):
    """Gives a ticket an entry; subclasses name the list and may do more along with it."""

    entry_id: int
    name: str

    label: ClassVar[str]
    about: ClassVar[str]

    @classmethod
    def choices(cls, desk: Desk) -> tuple[str, ...]:
        """The names to choose from."""
        return tuple(entry.name for entry in desk.setup.entries(cls.id))

    @classmethod
    def kind(cls, desk: Desk) -> EffectKind:
        return EffectKind(cls.id, cls.label, cls.about, (EffectPart("", cls.label, cls.choices(desk)),))

    @classmethod
    def ready(cls, desk: Desk, value: object) -> Self:
        entry = desk.setup.entry(cls.id, text_value(cls.id, value))
        return cls(entry.id, entry.name)

    @property
    def stored(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        return f"{self.id} → {self.name}"

    @property
    def told(self) -> tuple[str, str] | None:
        return self.id, self.name

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        column = f"{self.id}_id"
        texts = (desk.setup.name_of(self.id, getattr(ticket, column)), self.name)
        recorder.set(ticket, column, self.entry_id, kind=self.id, texts=texts, cause=cause)

    def begin(self, desk: Desk, ticket: Beginning) -> None:
        ticket.values[f"{self.id}_id"] = self.entry_id
