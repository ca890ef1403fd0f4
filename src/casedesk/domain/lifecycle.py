"""A ticket's states and the moves between them (behaviour 1.1 and 1.2)."""

from __future__ import annotations

from typing import Final

from casedesk.domain.errors import InvalidInput

NEW: Final = "new"
OPEN: Final = "open"
PENDING: Final = "pending"
CLOSED: Final = "closed"

STATES: Final = (NEW, OPEN, PENDING, CLOSED)

_MOVES: Final[dict[str, tuple[str, ...]]] = {
    NEW: (OPEN, PENDING, CLOSED),
    OPEN: (PENDING, CLOSED),
    PENDING: (OPEN, CLOSED),
    CLOSED: (OPEN,),
}


def moves_from(state: str) -> tuple[str, ...]:
    """The states that may follow `state`. Leaving `closed` is reopening, which has a right of its own."""
    return _MOVES[state]


def check_move(state: str, to: str) -> None:
    """Raise InvalidInput, naming the allowed states, unless a ticket may go from `state` to `to`.

    A change between two of the desk's own statuses of the same state is always allowed.
    """
    if state == to or to in _MOVES[state]:
        return
    allowed = " or ".join(_MOVES[state])
    raise InvalidInput(f"A ticket can't go from {state} to {to}; from {state} it may become {allowed}.")
