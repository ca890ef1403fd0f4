"""Who changed what of the set-up last, and when: read from the activity, as the configuration screen shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from casedesk.desk.instants import moment
from casedesk.desk.values import LastChange

if TYPE_CHECKING:
    from casedesk.store.reader import Reader

# Named, because SQLite takes the index of tickets for as good: that one has the lines about contacts, too.
LATEST: Final = """
SELECT record, coalesce(CAST(record_id AS TEXT), after ->> '$.key', before ->> '$.key') AS name, max(id)
FROM activity INDEXED BY ix_activity_setup
WHERE ticket_id IS NULL AND contact_id IS NULL AND record <> 'account' GROUP BY 1, 2"""

Key = tuple[str, str]
"""A table's name, and a row's id as text, or a setting's key."""


def last_changes(reader: Reader) -> Mapping[Key, LastChange]:
    """The last change of each record of the set-up that was changed since the desk was made, by table and id.

    The desk's own making is left out: what it brings nobody has changed.
    """
    rows = reader.rows(
        f"""SELECT latest.record, latest.name, act.at, coalesce(user.login, act.actor_kind)
            FROM ({LATEST}) latest JOIN activity ON activity.id = latest."max(id)"
            JOIN act ON act.id = activity.act_id LEFT JOIN user ON user.id = act.user_id
            WHERE act.name <> 'desk made'"""
    )
    return {(record, name): LastChange(moment(at), login) for record, name, at, login in rows}
