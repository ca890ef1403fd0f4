"""A ticket's states and the moves between them (behaviour 1.1 and 1.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from casedesk.domain.errors import InvalidInput

NEW: Final = "new"
OPEN: Final = "open"
PENDING: Final = "pending"
CLOSED: Final = "closed"

STATES: Final = (NEW, OPEN, PENDING, CLOSED)

_DAY: Final = 86_400

_MOVES: Final[dict[str, tuple[str, ...]]] = {
    NEW: (OPEN, PENDING, CLOSED),
    OPEN: (PENDING, CLOSED),
    PENDING: (OPEN, CLOSED),
    CLOSED: (OPEN,),
}


def moves_from(state: str) -> tuple[str, ...]:
    """The states that may follow `state`. Leaving `closed` is reopening, which has a right of its own."""
    return _MOVES[state]


def check_move(state: str, to: str, names: Mapping[str, Sequence[str]] | None = None) -> None:
    """Raise InvalidInput, naming what is allowed, unless a ticket may go from `state` to `to` (behaviour 1.1).

    A change between two of the desk's own statuses of the same state is always allowed. `names` are the desk's
    statuses of each state; the sentence names those.
    """
    if state == to or to in _MOVES[state]:
        return
    allowed = " or ".join(name for each in _MOVES[state] for name in (names or {}).get(each, (each,)))
    raise InvalidInput(f"A ticket can't go from {state} to {to}; from {state} it may become {allowed}.")


def within_reopen_window(closed_at: int, now: int, days: int) -> bool:
    """Whether a customer's message at `now` reopens a ticket closed at `closed_at` (seconds, UTC; behaviour 1.4).

    `floor((now - closed) / 86400) < days`: whole days of 24 hours, so 0 days is never. A clock that runs behind
    counts as no time passed.
    """
    return max(0, now - closed_at) // _DAY < days
