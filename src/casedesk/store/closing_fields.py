"""What a closing has from its ticket: the fields that reports group by, so that they needn't look up the ticket.

The database keeps the copies in step by itself, whoever writes.
"""

from __future__ import annotations

from typing import Final

FIELDS: Final = (
    "status_id", "priority_id", "topic_id", "campaign_id", "account_id", "owner_id", "team_id", "plan_id",
    "resolution_id", "closed_by_id", "language",
)  # fmt: skip
"""Columns of `ticket` that `ticket_closing` has too."""


def _listed(prefix: str = "") -> str:
    return ", ".join(f"{prefix}{field}" for field in FIELDS)


STATEMENTS: Final = (
    f"""
    CREATE TRIGGER closing_insert AFTER INSERT ON ticket_closing BEGIN
        UPDATE ticket_closing SET ({_listed()}) = (SELECT {_listed()} FROM ticket WHERE id = new.ticket_id)
        WHERE closed_at = new.closed_at AND ticket_id = new.ticket_id;
    END""",
    f"""
    CREATE TRIGGER closing_ticket_update AFTER UPDATE OF {_listed()} ON ticket
    WHEN ({_listed("old.")}) IS NOT ({_listed("new.")}) BEGIN
        UPDATE ticket_closing SET ({_listed()}) = ({_listed("new.")}) WHERE ticket_id = new.id;
    END""",
)

DIFFERING: Final = f"""
    SELECT c.ticket_id FROM ticket_closing c JOIN ticket t ON t.id = c.ticket_id
    WHERE ({_listed("c.")}) IS NOT ({_listed("t.")}) GROUP BY c.ticket_id"""
"""The tickets of which a closing has something else than they have."""

MEND: Final = f"""
    UPDATE ticket_closing SET ({_listed()}) = (SELECT {_listed()} FROM ticket WHERE id = ticket_id)
    WHERE ticket_id IN ({DIFFERING})"""
"""Copies the fields once more."""
