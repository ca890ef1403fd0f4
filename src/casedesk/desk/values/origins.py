"""Where the values of a ticket's fields come from (X6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.desk.values.tickets import FeedEntry


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Who or which rule gave a field the value that it has.

    `history` are the acts that set it and that stand, newest first; the last is the opening, which gave every field its
    first value. `text` says what the value follows from, where it isn't set but worked out.
    """

    field: str
    value: str  # several with commas between them; empty for none
    history: tuple[FeedEntry, ...]
    text: str = ""

    @property
    def latest(self) -> FeedEntry | None:
        """The act that gave it the value; None for what is worked out, and for tickets without a record of opening."""
        return self.history[0] if self.history and not self.text else None
