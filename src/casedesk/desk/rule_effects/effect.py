"""What every effect of a rule is: how a form asks for it, how its value is checked, and what it does (behaviour 4.1).

An effect is a class in a module of its own and a line in `EFFECTS`. Its value in a rule is what the desk's
administrator chose; an instance is that value, looked up in the desk and ready to be given to tickets.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Self

from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning
    from casedesk.desk.values import EffectKind


class Effect(ABC):
    """One effect of one rule, ready to be given."""

    id: ClassVar[str]
    """What the effect is called where rules are stored, written and exported."""

    sets: ClassVar[str] = ""
    """The single value that it sets: of several rules on one event, the first that names it does. Empty: all do."""

    @classmethod
    @abstractmethod
    def kind(cls, desk: Desk) -> EffectKind:
        """The effect as forms show it, with the desk's own choices."""

    @classmethod
    @abstractmethod
    def ready(cls, desk: Desk, value: Any) -> Self:
        """The effect with this value. Raises InvalidInput for one that can't be, with the nearest names."""

    @property
    @abstractmethod
    def stored(self) -> Any:
        """The value as rules keep it."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What it does, in words: `priority → urgent`."""

    @abstractmethod
    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        """Do it to a ticket that is there. Raises CasedeskError where that isn't possible."""

    @abstractmethod
    def begin(self, desk: Desk, ticket: Beginning) -> None:
        """Do it to a ticket that is about to be opened. Raises CasedeskError where that isn't possible."""

    @property
    def told(self) -> tuple[str, str] | None:
        """Kind and text of the line in the feed of a ticket that opened with it; None where it tells by itself."""
        return None


def text_value(effect: str, value: Any) -> str:
    """The value as a name with single spaces. Raises InvalidInput for what isn't text, and for none."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(f"The effect {effect} needs a name.")
    return " ".join(value.split())
