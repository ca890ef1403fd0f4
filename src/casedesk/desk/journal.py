"""The journal: what was done by everybody, and which act of a user comes next to be taken back or done again (X3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.feed import undone_acts
from casedesk.desk.instants import moment
from casedesk.desk.values import ActLine
from casedesk.domain.errors import NotFound

if TYPE_CHECKING:
    from casedesk.store.reader import Reader

_LATEST = """
    SELECT a.id, a.at, coalesce(u.login, a.actor_kind), a.name, a.summary, a.undoes_id,
           (SELECT count(DISTINCT ticket_id) FROM activity WHERE act_id = a.id)
    FROM act a LEFT JOIN user u ON u.id = a.user_id WHERE a.id < ? ORDER BY a.id DESC LIMIT ?"""
_NEWEST = (1 << 63) - 1

IMPORT_STAYS = (
    "An import can't be taken back; import a corrected file, close the tickets that it opened, or restore a backup from"
    " before it."
)
"""What can be done in place of taking an import back."""

_COLUMNS = ("id", "at", "name", "summary", "actor_kind", "user_id", "behind_id", "undoes_id")


def latest(reader: Reader, limit: int, before: int | None = None) -> list[ActLine]:
    """The latest acts of everybody, newest first; those before the act `before`."""
    rows = reader.rows(_LATEST, (_NEWEST if before is None else before, limit))
    undone = undone_acts(reader, [row[0] for row in rows])
    return [ActLine(row[0], moment(row[1]), row[2], row[3], row[4], row[6], row[0] in undone, row[5]) for row in rows]


def act(reader: Reader, act_id: int) -> model.Act:
    """The act with that id, as it was written. Raises NotFound."""
    row = reader.row(f"SELECT {', '.join(_COLUMNS)} FROM act WHERE id = ?", (act_id,))
    if row is None:
        raise NotFound(f"There is no act {act_id}.")
    return model.Act(**dict(zip(_COLUMNS, row, strict=True)))


def last_to_undo(reader: Reader, user_id: int) -> model.Act:
    """The user's last act that still holds. Raises NotFound."""
    for each in _acts_of(reader, user_id, plain=True):
        if each.id not in undone_acts(reader, [each.id or 0]):
            return each
    imported = reader.value("SELECT max(id) FROM act WHERE user_id = ? AND actor_kind = 'import'", (user_id,))
    raise NotFound(f"There is nothing to undo. {IMPORT_STAYS}" if imported else "There is nothing to undo.")


def last_to_redo(reader: Reader, user_id: int) -> model.Act:
    """The user's last undo, if they have done nothing else since. Raises NotFound."""
    for each in _acts_of(reader, user_id, plain=False):
        if each.undoes_id is None:
            break
        if each.name == "undo" and each.id not in undone_acts(reader, [each.id or 0]):
            return each
    raise NotFound("There is nothing to redo.")


def _acts_of(reader: Reader, user_id: int, *, plain: bool, depth: int = 1000) -> Iterator[model.Act]:
    """The user's acts, newest first; `plain` leaves undo and redo out."""
    rows = reader.rows(
        f"""SELECT id FROM act WHERE user_id = ? AND actor_kind = 'user' AND name <> 'desk made'
            {"AND undoes_id IS NULL" if plain else ""} ORDER BY id DESC LIMIT ?""",
        (user_id, depth),
    )
    for (act_id,) in rows:
        yield act(reader, act_id)
