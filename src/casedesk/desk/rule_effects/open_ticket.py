"""The effect that opens a ticket for a response (M1, M2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from casedesk.desk.rule_effects.effect import Effect
from casedesk.desk.values import EffectKind
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning


@dataclass(frozen=True, slots=True)
class OpenTicket(Effect):
    """Opens a ticket: one for each response, by the first rule that does (behaviour 4.4)."""

    id: ClassVar[str] = "open_ticket"
    sets: ClassVar[str] = "open_ticket"

    @classmethod
    def kind(cls, desk: Desk) -> EffectKind:
        about = "opens a ticket for the response; the effects of all rules that meet it go to that ticket"
        return EffectKind(cls.id, "Open a ticket", about, of_responses=True)

    @classmethod
    def ready(cls, desk: Desk, value: Any) -> Self:
        if value is not True:
            raise InvalidInput("The effect open_ticket takes no value but true; leave it out to open none.")
        return cls()

    @property
    def stored(self) -> bool:
        return True

    @property
    def words(self) -> str:
        return "open a ticket"

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        """Nothing: it is there."""

    def begin(self, desk: Desk, ticket: Beginning) -> None:
        """Nothing more: whoever writes it looks which rule opens it."""
