"""What a ticket that was merged into another refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk import model


def refuse_if_merged(ticket: model.Ticket) -> None:
    """Raise InvalidInput, naming where it went, for a ticket that was merged into another (behaviour 1.6)."""
    if ticket.merged_into_id is not None:
        raise InvalidInput(f"#{ticket.id} was merged into #{ticket.merged_into_id}; work on that one.")
