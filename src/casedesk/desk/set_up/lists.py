"""The desk's own lists in the set-up: statuses, priorities, topics, tags, classifications, close options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from casedesk.desk.list_entries import LISTS, List, same
from casedesk.desk.lists import Place as At
from casedesk.desk.set_up.mistakes import Mistakes
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.removing import removed_if_unused, row_of
from casedesk.desk.set_up.shape import Key, a_flag, a_text, read_table, texts

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class ListPart(Part):
    """A list: the names that are offered, in order, and those that are retired because tickets have them."""

    keys: ClassVar[Sequence[Key]] = (Key("names", texts), Key("retired", texts, []))

    def __init__(self, which: List) -> None:
        self._which = which
        self.key = which.key.replace(" ", "_")  # type: ignore[misc]  # one part a list, of one class
        self.one = which.one  # type: ignore[misc]
        self.ordered = which.ordered  # type: ignore[misc]

    def read(self, desk: Desk) -> list[Entry]:
        listed = desk.lists.entries(self._which.key, retired=True, counted=False)
        entries = [Entry(self._values(each.name, each.state, each.retired)) for each in listed]
        offered = [entry for entry in entries if not entry["retired"]]
        return [*offered, *by_name([entry for entry in entries if entry["retired"]])]

    @staticmethod
    def _values(name: str, state: str | None, retired: bool) -> dict[str, Any]:
        return {"name": name, "retired": retired}

    def parsed(self, value: Any, mistakes: Mistakes) -> list[Entry]:
        table = read_table(value, self.keys, (self.key,), mistakes)
        if table is None:
            return []
        found = [
            Entry(self._values(name, None, which == "retired"), (self.key, which, at))
            for which in ("names", "retired")
            for at, name in enumerate(table[which])
        ]
        self.refuse_twice(found, mistakes)
        return found

    def written(self, entries: Sequence[Entry]) -> Any:
        table = {"names": [entry.name for entry in entries if not entry["retired"]]}
        retired = [entry.name for entry in entries if entry["retired"]]
        return table | ({"retired": retired} if retired else {})

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        lists, key = to.desk.lists, self._which.key
        known = {same(each.name): each for each in lists.entries(key, retired=True, counted=False)}
        for entry in wanted:
            name, state = entry.name, entry.values.get("state")
            found = known.get(same(name))
            if found is None:
                to.do(entry.place, lists.add, key, name, state=state)
                continue
            if found.name != name:
                to.do(entry.place, lists.rename, key, found.name, name)
            if state is not None and found.state != state.strip().casefold():
                to.do((*entry.place, "state"), lists.set_state, name, state)
            if found.retired and not entry["retired"]:
                to.do(entry.place, lists.restore, key, name)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        for entry in self.missing(to, wanted):
            if entry["retired"] or self._retire(to, entry):
                self._remove(to, entry)
        for entry in wanted:
            if entry["retired"]:
                self._retire(to, entry)
        if self.ordered:
            self._arrange(to, [entry for entry in wanted if not entry["retired"]])

    def _retire(self, to: Applying, entry: Entry) -> bool:
        lists, key, name = to.desk.lists, self._which.key, entry.name
        return to.do(entry.place or (self.key,), lists.retire, key, name)

    def _remove(self, to: Applying, entry: Entry) -> None:
        found = to.desk.lists.show(self._which.key, entry.name)
        rows = row_of(self._which.rows, found.id)
        removed = removed_if_unused(to.desk, self.one, found.name, rows, right=self.right, field=self._which.field)
        to.gone(self, entry, removed)

    def _arrange(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Put the entries in the file's order, one after the other."""
        lists, key = to.desk.lists, self._which.key
        for place, entry in enumerate(wanted, 1):
            shown = lists.entries(key, counted=False)
            if [same(each.name) for each in shown] == [same(each.name) for each in wanted]:
                return
            if place <= len(shown) and same(shown[place - 1].name) != same(entry.name):
                to.do(entry.place, lists.move, key, entry.name, At(to=place))


class StatusesPart(ListPart):
    """Statuses, each with the state that it stands for; new ones first, then open, pending and closed ones."""

    keys = (Key("name", a_text), Key("state", a_text), Key("retired", a_flag, False))

    @staticmethod
    def _values(name: str, state: str | None, retired: bool) -> dict[str, Any]:
        return {"name": name, "state": state, "retired": retired}

    def parsed(self, value: Any, mistakes: Mistakes) -> list[Entry]:
        return Part.parsed(self, value, mistakes)

    def written(self, entries: Sequence[Entry]) -> Any:
        return Part.written(self, entries)


LIST_PARTS: Final = tuple((StatusesPart if key == "statuses" else ListPart)(which) for key, which in LISTS.items())
"""A part for each list that a desk keeps itself."""
