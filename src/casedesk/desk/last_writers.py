"""Which act gave a place its present value, what was taken back left out of account (X3)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from casedesk.desk.recording import ADD, EVENT, REMOVE

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.store.reader import Reader

Place = tuple[Hashable, ...]
"""A field of a row, or the row itself."""

_LINES = """
    SELECT l.act_id, a.undoes_id, l.record_id, l.field,
           CASE WHEN l.record_id IS NULL THEN coalesce(l.after, l.before) END
    FROM activity l JOIN act a ON a.id = l.act_id
    WHERE l.ticket_id IS ? AND l.record = ? AND l.operation <> ? AND l.act_id <> ? ORDER BY l.id"""


class LastWriters:
    """The writers of places before the act `taking_back`, which is underway.

    A value alone doesn't tell: who sets the priority from high to low and back to high has decided anew, and an older
    act that set it to high can't be taken back without overwriting that.
    """

    def __init__(self, reader: Reader, taking_back: model.Act) -> None:
        self._reader = reader
        self._underway = taking_back
        self._read: dict[tuple[int | None, str], dict[Place, tuple[Any, dict[int, Any]]]] = {}

    def moved_on(self, line: model.Activity, act: model.Act) -> bool:
        """Whether another act has written the line's place after `act`, whose line it is, and stands."""
        if line.record == "ticket" and line.operation in (ADD, REMOVE):
            return False  # a whole ticket has a rule of its own
        key = line.ticket_id, line.record
        if key not in self._read:
            self._read[key] = self._writers(*key)
        place = _place(line.record_id, line.field, line.after if line.operation == ADD else line.before)
        present, after = self._read[key].get(place, (None, {}))
        return bool(present != after.get(act.id or 0))

    def _writers(self, ticket_id: int | None, record: str) -> dict[Place, tuple[Any, dict[int, Any]]]:
        """For each place its present writer, and the writer that each act left there.

        The writer that an undo leaves is the one before what it takes back; a redo takes back an undo.
        """
        present: dict[Place, Any] = {}
        before: defaultdict[Place, dict[int, Any]] = defaultdict(dict)
        after: defaultdict[Place, dict[int, Any]] = defaultdict(dict)
        rows = self._reader.rows(_LINES, (ticket_id, record, EVENT, self._underway.id))
        for act, undoes, record_id, field, whole in rows:
            place = _place(record_id, field, json.loads(whole) if whole else None)
            before[place].setdefault(act, present.get(place))
            present[place] = act if undoes is None else before[place].get(undoes)
            after[place][act] = present[place]
        return {place: (present[place], after[place]) for place in present}


def _place(record_id: int | None, field: str, whole: Any) -> Place:
    """A row without an id is a link, and is known by all that it holds."""
    return (record_id, field) if record_id is not None else (field, json.dumps(whole, sort_keys=True))
