"""The effect that tags the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from casedesk.desk.rule_effects.effect import Effect, text_value
from casedesk.desk.tagging import add_tag, tag_name
from casedesk.desk.values import EffectKind, EffectPart
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning


@dataclass(frozen=True, slots=True)
class AddTag(Effect):
    """Tags the ticket; a tag that the desk doesn't have yet is made when it is given."""

    id: ClassVar[str] = "tag"
    name: str

    @classmethod
    def kind(cls, desk: Desk) -> EffectKind:
        part = EffectPart("", "Tag", desk.choices().tags, free=True)
        return EffectKind(cls.id, "Tag", "tags the ticket; a new tag is made when it is given", (part,), True)

    @classmethod
    def ready(cls, desk: Desk, value: Any) -> Self:
        name = tag_name(text_value(cls.id, value))
        retired = "SELECT 1 FROM tag WHERE retired AND name = ? COLLATE NOCASE"
        if desk.store.reader().value(retired, (name,)):
            raise InvalidInput(f"The tag “{name}” is retired.")
        return cls(name)

    @property
    def stored(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        return f"tag {self.name}"

    @property
    def told(self) -> tuple[str, str] | None:
        return "tag", self.name

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        add_tag(recorder, ticket, self.name, cause=cause)

    def begin(self, desk: Desk, ticket: Beginning) -> None:
        ticket.tags = tuple(dict.fromkeys((*ticket.tags, self.name)))
