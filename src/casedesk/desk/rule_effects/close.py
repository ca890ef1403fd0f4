"""The effect that closes the ticket (A2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from casedesk.desk.closing import close_ticket
from casedesk.desk.rule_effects.effect import Effect
from casedesk.desk.setup import Named
from casedesk.desk.values import EffectKind, EffectPart
from casedesk.domain import lifecycle
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.rule_effects.beginning import Beginning

_EXIT_STATES = "SELECT DISTINCT name FROM plan_exit_state WHERE NOT retired ORDER BY name COLLATE NOCASE"
_STATES_OF = "SELECT id, name FROM plan_exit_state WHERE plan_id = ? AND NOT retired"
_PARTS = frozenset({"resolution", "exit_state"})


@dataclass(frozen=True, slots=True)
class CloseTicket(Effect):
    """Closes the ticket with a resolution, and its plan where that is open with an exit state (behaviour 1.3)."""

    id: ClassVar[str] = "close"
    sets: ClassVar[str] = "status"
    resolution: Named | None
    exit_state: str

    @classmethod
    def kind(cls, desk: Desk) -> EffectKind:
        options = desk.choices().close_options
        parts = (
            EffectPart("resolution", "Resolution", options, optional=not options),
            EffectPart("exit_state", "Exit state of its plan", _exit_states(desk), optional=True),
        )
        about = "closes the ticket; one with an open plan needs an exit state of that plan, else the rule fails on it"
        return EffectKind(cls.id, "Close", about, parts)

    @classmethod
    def ready(cls, desk: Desk, value: Any) -> Self:
        given = _parts(value)
        options = desk.setup.entries("resolution")
        resolution, exit_state = given.get("resolution", ""), given.get("exit_state", "")
        if options and not resolution:
            raise InvalidInput(f"Closing needs a resolution: {', '.join(option.name for option in options)}.")
        states = _exit_states(desk)
        chosen = next((name for name in states if name.casefold() == exit_state.casefold()), "")
        if exit_state and not chosen:
            raise InvalidInput(f"No plan has the exit state “{exit_state}”; there is {', '.join(states) or 'none'}.")
        return cls(desk.setup.entry("resolution", resolution) if resolution else None, chosen)

    @property
    def stored(self) -> dict[str, str]:
        given = {"resolution": self.resolution.name if self.resolution else "", "exit_state": self.exit_state}
        return {part: name for part, name in given.items() if name}

    @property
    def words(self) -> str:
        how = ", ".join(filter(None, (self.resolution.name if self.resolution else "", self.exit_state)))
        return f"close: {how}" if how else "close"

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        # The exit state is for tickets that have a plan to close.
        exit_state = self.exit_state if ticket.plan_id is not None and ticket.plan_closed_at is None else None
        resolution = self.resolution.name if self.resolution else None
        if ticket.state != lifecycle.CLOSED:
            close_ticket(desk, recorder, ticket, resolution=resolution, exit_state=exit_state or None, by_rule=True)

    def begin(self, desk: Desk, ticket: Beginning) -> None:
        if ticket.values["state"] == lifecycle.CLOSED:
            return
        to = desk.setup.status_for(lifecycle.CLOSED)
        before = desk.setup.status_name(ticket.values["status_id"])
        self._close_plan(desk, ticket)
        at = ticket.values["created_at"]
        ticket.move("state", lifecycle.CLOSED)
        ticket.move("closed_at", at)
        ticket.move("status_id", to.id, kind="status", texts=(before, to.name))
        if self.resolution is not None:
            ticket.move("resolution_id", self.resolution.id, kind="resolution", texts=("", self.resolution.name))

    def _close_plan(self, desk: Desk, ticket: Beginning) -> None:
        plan_id = ticket.values["plan_id"]
        if plan_id is None:
            return
        states = [Named(*row) for row in desk.store.reader().rows(_STATES_OF, (plan_id,))]
        chosen = next((state for state in states if state.name.casefold() == self.exit_state.casefold()), None)
        if states and chosen is None:
            names = ", ".join(state.name for state in states)
            raise InvalidInput(f"Closing the plan of the ticket needs an exit state: {names}.")
        ticket.move("plan_closed_at", ticket.values["created_at"])
        ticket.move("exit_state_id", chosen.id if chosen else None)


def _exit_states(desk: Desk) -> tuple[str, ...]:
    return tuple(row[0] for row in desk.store.reader().rows(_EXIT_STATES))


def _parts(value: Any) -> dict[str, str]:
    """The value's parts; a text alone is the resolution, and true stands for none."""
    if value is True:
        return {}
    if isinstance(value, str):
        return {"resolution": " ".join(value.split())}
    if not isinstance(value, Mapping):
        raise InvalidInput("The effect close takes a resolution, and an exit state where tickets have plans.")
    unknown = [part for part in value if part not in _PARTS]
    if unknown or not all(isinstance(name, str) for name in value.values()):
        raise InvalidInput("The effect close takes a resolution and an exit_state, each a name.")
    return {part: " ".join(name.split()) for part, name in value.items()}
