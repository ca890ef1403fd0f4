"""What the tests of relations and merges share."""

from __future__ import annotations

from dataclasses import replace

from casedesk.desk import Desk


def related_of(desk: Desk, number: int) -> list[tuple[str, int]]:
    """Kind and id of everything that the ticket is related to."""
    return [(record.kind, record.id) for record in desk.tickets.related(number)]


def without(desk: Desk, *rights: str) -> Desk:
    """The same desk for ben without some of an agent's rights."""
    limited = desk.as_user("ben")
    limited.user = replace(limited.user, rights=limited.user.rights - set(rights))
    return limited
