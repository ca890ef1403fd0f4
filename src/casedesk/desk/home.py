"""Which dashboard opens first: asked for at every start, so that this loads nothing that the list doesn't need (S7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.store.reader import Reader

SEEN = """(d.owner_id = ?1 OR EXISTS (
    SELECT 1 FROM dashboard_share s LEFT JOIN team_member m ON m.team_id = s.team_id
    WHERE s.dashboard_id = d.id AND (s.user_id = ?1 OR m.user_id = ?1)))"""
"""Whether the user (the first parameter) sees the dashboard `d`: their own, or shared with them or a team of theirs."""


def pinned_dashboard(reader: Reader, user_id: int) -> int | None:
    """The id of the dashboard that the user has pinned, as long as they see it."""
    found = reader.value(
        f"""SELECT d.id FROM dashboard_pin p JOIN dashboard d ON d.id = p.dashboard_id
            WHERE p.user_id = ?1 AND NOT d.retired AND {SEEN}""",
        (user_id,),
    )
    return None if found is None else int(found)
