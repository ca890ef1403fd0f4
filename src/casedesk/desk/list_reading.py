"""Reading the desk's own lists: their entries in order, how many tickets have each, and what names them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from casedesk.desk.list_entries import LISTS, List, find, place_of
from casedesk.desk.list_references import macros_naming, rules_giving
from casedesk.desk.matching import closest
from casedesk.desk.values import ListEntry, NamedBy
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import CONFIGURE, TICKETS_VIEW

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class _Steps(NamedTuple):
    """A macro as it is searched for names."""

    name: str
    steps: Sequence[Mapping[str, Any]]


class ListReading:
    """The reading half of `desk.lists`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @staticmethod
    def keys() -> tuple[str, ...]:
        """What the lists are called."""
        return tuple(LISTS)

    @staticmethod
    def is_ordered(key: str) -> bool:
        """Whether the entries have an order that people choose; tags come by name."""
        return list_called(key).ordered

    def entries(self, key: str, *, retired: bool = False, counted: bool = True) -> list[ListEntry]:
        """The list in its order, retired entries last where they are wanted.

        Counting the tickets of each entry reads all tickets in some lists: `counted` leaves it out.
        """
        which = list_called(key)
        listed = self._read(which)
        offered = [entry for entry in listed if not entry.retired]
        shown = [replace(entry, position=place if which.ordered else None) for place, entry in enumerate(offered, 1)]
        shown += [entry for entry in listed if entry.retired and retired]
        if not counted:
            return shown
        counts = self._counts(which)
        return [replace(entry, tickets=counts.get(entry.id, 0)) for entry in shown]

    def show(self, key: str, name: str) -> ListEntry:
        """An entry by its name, in any case, retired or not. Raises InvalidInput with the nearest names."""
        return find(self.entries(key, retired=True), list_called(key), name, retired=True)

    def named_by(self, key: str, name: str) -> NamedBy:
        """The rules that give the entry, and the macros that name it; others' own macros for those who configure."""
        which = list_called(key)
        entry = find(self._read(which), which, name, retired=True)
        rows = self._desk.store.reader().rows(
            """SELECT name, steps FROM macro WHERE NOT retired AND (owner_id IS NULL OR owner_id = ? OR ?)
               ORDER BY name, id""",
            (self._desk.user.id, self._desk.can(CONFIGURE)),
        )
        macros = [_Steps(macro, json.loads(steps)) for macro, steps in rows]
        return NamedBy(
            tuple(rule.name for rule in rules_giving(self._desk.rules.list(), which, entry.name)),
            tuple(macro.name for macro in macros_naming(macros, which, entry.name)),
        )

    def _read(self, which: List) -> list[ListEntry]:
        """Every entry in the list's order, retired ones included, without places and counts."""
        self._desk.require(TICKETS_VIEW, CONFIGURE)
        position = "position" if which.ordered else "0"
        state = "state" if which.key == "statuses" else "NULL"
        rows = self._desk.store.reader().rows(f"SELECT id, name, {position}, {state}, retired FROM {which.stored}")
        rows = sorted(rows, key=lambda row: place_of(*row[:4]))
        return [ListEntry(row[0], row[1], None, bool(row[4]), row[3], None) for row in rows]

    def _counts(self, which: List) -> dict[int, int]:
        """How many tickets have each entry, by its id."""
        if which.key == "statuses":
            return self._counts_of_statuses(which)
        table, column = ("ticket", which.column) if which.column else links_of(which)
        rows = self._desk.store.reader().rows(
            f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"
        )
        return dict(rows)

    def _counts_of_statuses(self, which: List) -> dict[int, int]:
        """The same by the index of states, where a state has one status only: the others' tickets have to be read."""
        reader = self._desk.store.reader()
        of_state: dict[str, list[int]] = {}
        for entry in self._read(which):
            of_state.setdefault(entry.state or "", []).append(entry.id)
        counts: dict[int, int] = {}
        for state, ids in of_state.items():
            if len(ids) == 1:
                counts[ids[0]] = int(reader.value("SELECT count(*) FROM ticket WHERE state = ?", (state,)))
            else:
                rows = reader.rows("SELECT status_id, count(*) FROM ticket WHERE state = ? GROUP BY 1", (state,))
                counts |= dict(rows)
        return counts


def list_called(key: str) -> List:
    """The list with this key. Raises InvalidInput with the nearest."""
    found = LISTS.get(key)
    if found is None:
        near = closest(key, LISTS) or [*LISTS]
        raise InvalidInput(f"There is no list “{key}”; there is {', '.join(near)}.")
    return found


def links_of(which: List) -> tuple[str, str]:
    """The table that links tickets with the list's entries, and its column of the entry."""
    return f"ticket_{which.one}", f"{which.one}_id"
